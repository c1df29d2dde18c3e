from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inventory.life import note_life
from inventory.models import Item, Part
from inventory.models.item import Life
from lending import licensing
from lending.findings import find_missing
from lending.gate import expect_behind, gate
from lending.models import Allocation, Loan
from lending.moments import happened
from lending.planning import settle
from lending.refusals import NotOnLoan
from lending.rulebook import Rulebook
from people import journal, letters
from people.models import User


@dataclass(frozen=True)
class Return:
    """One item on the return desk: which parts are missing, and how many of each."""

    item: Item
    missing: Mapping[Part, int] = field(default_factory=dict)
    note: str = ""


@transaction.atomic
def take_back(
    item: Item,
    *,
    by: User | None,
    missing: Mapping[Part, int] | None = None,
    note: str = "",
    happened_at: datetime | None = None,
    now: datetime | None = None,
) -> Loan:
    """The item is back: its loan ends, its turnaround begins, and whoever was short may have it.

    Missing parts become findings; below a part's minimum the item is out of service. Raises NotOnLoan, and as
    ``moments.happened``.
    """
    now = now or timezone.now()
    at = happened(happened_at, now=now)
    products = gate({item.product_id})
    loan = Loan.objects.open().filter(item=item).lock().select_related("item__product").first()
    if loan is None:
        raise NotOnLoan(item=str(item))
    item = loan.item
    expect_behind(products, {item.product_id})
    loan.returned_at = max(at, loan.handed_over_at)
    loan.dropped_off_at = loan.dropped_off_at or loan.returned_at
    loan.save(update_fields=["returned_at", "dropped_off_at"])
    if item.life == Life.LOST:
        note_life(item, Life.ACTIVE, by=by)
    row = Allocation.objects.select_related("line").get(pk=loan.allocation_id)
    _end_with_turnaround(row, loan, loan.returned_at)
    journal.record(
        "loan.returned",
        loan,
        by=by,
        item=item.pk,
        institution=loan.institution_id,
        happened_at=loan.returned_at,
        missing=[part.pk for part in missing or {}],
    )
    letters.withdraw(loan)
    if missing or note:
        find_missing(loan, missing or {}, note=note, by=by, now=now)
    licensing.follow([row.line] if row.line else [], now=now)
    settle(products[item.product_id], now)
    return loan


@transaction.atomic
def take_back_together(
    returns: Sequence[Return], *, by: User, happened_at: datetime | None = None, now: datetime | None = None
) -> list[Loan]:
    """Several items at once: all, or none. Raises what ``take_back`` raises for the first that cannot be taken."""
    gate(it.item.product_id for it in returns)
    return [
        take_back(it.item, missing=it.missing, note=it.note, by=by, happened_at=happened_at, now=now) for it in returns
    ]


def _end_with_turnaround(row: Allocation, loan: Loan, returned_at: datetime) -> None:
    """After a return the row blocks until its turnaround is over; without one it ends at once."""
    book = Rulebook.of(loan.institution.center)
    end = book.blocked_until(loan.item.product, loan.institution, returned_at)
    if end > returned_at:
        row.block(row.blocked.lower, end)
    else:
        row.let_go(returned_at)
    row.save(update_fields=["blocked", "holds"])
