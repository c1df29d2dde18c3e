"""What was promised before a change that has to be approved: remembered, and had again if the change is rejected.

The change itself holds its units while it waits; of the earlier promise it holds what the two have in common. So a
change that only asks for more can always be taken back, and one that moved only as long as nobody has taken its
earlier units (docs/adr/0007-earlier-promises.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.db import transaction

from inventory.models import Product
from leihwerk.errors import DomainError
from lending.due_dates import local_day, why_closed
from lending.models import Line, Reservation
from lending.refusals import ClosedThen, EarlierPromiseIsGone
from lending.reservations.revising import Revision
from lending.reservations.rewriting import LineChange, Rewriting, rewrite
from lending.rulebook import Rulebook
from lending.wishes import Wish, weigh
from licenses.models import Medium

Promise: TypeAlias = dict[str, dict[str, Any]]
"""By the id of a line that has changed: product, quantity (0: it came with the change), period and pieces."""


@dataclass(frozen=True)
class Promised:
    """One line as it stood promised before the change."""

    product: Product
    quantity: int
    starts_at: datetime
    ends_at: datetime


def promised_before(reservations: Iterable[Reservation]) -> dict[int, list[Promised]]:
    """What holds again if the change of one of these is rejected, by its id: the lines that changed as they stood, the
    others as they are. Those whose lines were never promised are left out."""
    changed = [it for it in reservations if it.was_promised]
    products = Product.objects.in_bulk({pk for it in changed for pk in products_promised(it)})
    found: dict[int, list[Promised]] = {}
    for it in changed:
        notes = it.promised or {}
        same = [line for line in it.lines.all() if str(line.pk) not in notes]
        found[it.pk] = [
            *(
                Promised(products[of["product"]], of["quantity"], *_period(of))
                for of in notes.values()
                if of["quantity"]
            ),
            *(Promised(line.product, line.quantity - line.given_up, line.starts_at, line.ends_at) for line in same),
        ]
    return found


def as_promised(revisions: Sequence[Revision]) -> Promise:
    """The lines as they stand before these changes; to be asked before they are written."""
    return {
        str(it.line.pk): _noted(it.line, it.wanted.was.quantity, it.wanted.was.starts_at, it.wanted.was.ends_at)
        for it in revisions
        if it.wanted.was
    }


def with_new(promise: Promise, new: Sequence[Line]) -> Promise:
    """And these lines came with the change: nothing of them was promised."""
    return promise | {str(line.pk): _noted(line, 0, line.starts_at, line.ends_at) for line in new}


def products_promised(reservation: Reservation) -> set[int]:
    """What the gate of a rejection has to cover beyond the lines: they may have been dropped."""
    return {it["product"] for it in (reservation.promised or {}).values() if it["quantity"]}


def fall_back(locked: Reservation, products: Mapping[int, Product], now: datetime) -> None:
    """The lines are again what was promised, behind the gate of all ``products_promised``.

    Raises EarlierPromiseIsGone if that cannot be served any more: its units are taken or out, its days are over or
    closed.
    """
    try:
        with transaction.atomic():
            _fall_back(locked, products, now)
    except DomainError as refusal:
        if refusal.is_transient:
            raise
        raise EarlierPromiseIsGone(number=locked.number, why=str(refusal)) from refusal
    locked.promised = None


def _fall_back(locked: Reservation, products: Mapping[int, Product], now: datetime) -> None:
    there = {str(pk) for pk in locked.lines.values_list("pk", flat=True)}
    notes = locked.promised or {}
    back = {int(pk): LineChange(it["quantity"], *_period(it)) for pk, it in notes.items() if pk in there}
    gone = [it for pk, it in notes.items() if pk not in there and it["quantity"]]
    wishes = [Wish(products[it["product"]], it["quantity"], *_period(it), it["pieces"], **_licensed(it)) for it in gone]
    book = Rulebook.of(locked.institution.center)
    for day in {local_day(moment) for it in notes.values() if it["quantity"] for moment in _period(it)}:
        if (why := why_closed(day, book.calendar)) is not None:
            raise ClosedThen(day=day, why=why)
    whole = locked.starts_at, locked.ends_at
    revisions = Rewriting(locked, now, back, book).revisions(*whole)
    added = weigh(wishes, locked.institution, *whole, book=book, now=now) if wishes else []
    rewrite(locked, products, revisions, [it.line() for it in added], now)


def _noted(line: Line, quantity: int, starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    return {
        "product": line.product_id,
        "quantity": quantity,
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "pieces": line.pieces,
        "medium": line.medium_id,
        "slots": line.slots,
    }


def _licensed(noted: Mapping[str, Any]) -> dict[str, Any]:
    """What came with it, of which older notes say nothing."""
    if not (medium := noted.get("medium")):
        return {}
    return {"medium": Medium.objects.get(pk=medium), "slots": noted["slots"]}


def _period(noted: Mapping[str, Any]) -> tuple[datetime, datetime]:
    starts_at, ends_at = (datetime.fromisoformat(noted[name]) for name in ("starts_at", "ends_at"))
    return starts_at, ends_at
