"""What staff do about a line at risk: take a proposal, swap the unit, prepare the letter."""

from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from inventory.models import Item, Product
from lending.allocation import Refusal
from lending.at_risk.proposing import Proposal
from lending.at_risk.swapping import swapped
from lending.gate import gate
from lending.models import Allocation, AllocationKind, Line, Reservation
from lending.refusals import ForeignThing, NoLongerPlanned, UnitIsNeeded
from lending.reservations import LineChange, Wish, change
from lending.telling import tell_cannot_be_kept
from people import journal
from people.models import Intent, User


@transaction.atomic
def help_out(line: Line, proposal: Proposal, *, by: User, now: datetime | None = None) -> Reservation:
    """Carry out ``proposal``. Raises as ``change`` and ``swap``."""
    now = now or timezone.now()
    if proposal.kind == "swap" and proposal.item is not None and proposal.row is not None:
        return swap(line, proposal.row, proposal.item, by=by, now=now)
    if proposal.kind == "similar" and proposal.product and proposal.quantity:
        rest = LineChange(quantity=line.quantity - line.given_up - proposal.quantity)
        product = Product.objects.get(pk=proposal.product, center=line.center_id)
        instead = Wish(product, proposal.quantity, line.starts_at, line.ends_at)
        return change(line.reservation, lines={line.pk: rest}, add=[instead], by=by, now=now)
    asked = LineChange(proposal.quantity, proposal.starts_at, proposal.ends_at)
    return change(line.reservation, lines={line.pk: asked}, by=by, now=now)


@transaction.atomic
def swap(line: Line, row: int, item: Item, *, by: User, now: datetime | None = None) -> Reservation:
    """The planned ``row`` of ``line`` gets ``item``, by name: planning moves it no more.

    Raises NoLongerPlanned, ForeignThing, and UnitIsNeeded if whoever is planned on it could not be served otherwise.
    """
    now = now or timezone.now()
    gate({line.product_id})
    planned = Allocation.objects.holding().filter(line=line, kind=AllocationKind.PLAN, pk=row)
    found = planned.select_related("product", "line__reservation").first()
    if found is None:
        raise NoLongerPlanned
    if item.product_id != found.product_id or not item.lendable:
        raise ForeignThing
    planning, answer = swapped(found, item, now)
    if isinstance(answer, Refusal):
        raise UnitIsNeeded(item=str(item))
    before = found.item_id
    with planning.writing(answer):
        blocked = DateTimeTZRange(max(found.blocked.lower, now), found.blocked.upper)
        Allocation.objects.filter(pk=row).update(item=item, blocked=blocked, pinned=True)
    journal.record("allocation.swapped", line.reservation, by=by, line=line.pk, item=item.pk, instead_of=before)
    return line.reservation


@transaction.atomic
def prepare_letter(line: Line, *, by: User, next_on: datetime | None = None) -> Intent | None:
    """A letter that says that the line cannot be kept; a person reads and releases it."""
    journal.record("reservation.cannot_be_kept", line.reservation, by=by, line=line.pk)
    return tell_cannot_be_kept(line, next_on=next_on)
