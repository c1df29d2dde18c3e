"""Changing a reservation: keep it longer, or let it go."""

from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from lending.allocation import Claim, Refusal
from lending.calendars import blocked_by
from lending.gate import expect_behind, gate
from lending.models import Allocation, AllocationKind, Line, Loan, Reservation, State
from lending.models.reservation import HOLDING, OPEN
from lending.planning import ClaimOf, Planning, PlanOf, extent
from lending.refusals import EndsBeforeItStarts
from lending.reservations.giving_up import give_up
from lending.reservations.locking import locked_in
from lending.telling import tell_of_change, tell_of_reservation
from lending.ways_out import refuse
from people import journal, letters
from people.models import User


@transaction.atomic
def cancel(reservation: Reservation, *, by: User | None, reason: str = "", now: datetime | None = None) -> Reservation:
    """Let go of everything that is not out. With something out the reservation stays, and only the rest is given up.

    Raises WrongState.
    """
    now = now or timezone.now()
    gate(reservation.lines.values_list("product_id", flat=True))
    locked = locked_in(reservation, *OPEN)
    locked.reason = reason
    was_collected = Loan.objects.filter(allocation__line__reservation=locked).exists()
    give_up(locked, state=State(locked.state) if was_collected else State.CANCELED, now=now)
    journal.record("reservation.canceled", locked, by=by, was_collected=was_collected)
    letters.withdraw(locked)
    if not was_collected:
        tell_of_reservation(locked)
    return locked


@transaction.atomic
def extend(reservation: Reservation, *, until: datetime, by: User, now: datetime | None = None) -> Reservation:
    """Move the end of every line that ends with the reservation, if nobody else is harmed.

    Loans that are out already are renewed, not extended. Raises WrongState, EndsBeforeItStarts, and as ``hold``.
    """
    now = now or timezone.now()
    locked_products = gate(reservation.lines.values_list("product_id", flat=True))
    locked = locked_in(reservation, *HOLDING)
    lines = list(locked.lines.lock().filter(ends_at=locked.ends_at))
    expect_behind(locked_products, (line.product_id for line in lines))
    for line in lines:
        if until <= line.starts_at:
            raise EndsBeforeItStarts
        line.ends_at = until
        line.blocked = DateTimeTZRange(*blocked_by(line, locked.institution))
    for product in {line.product_id: locked_products[line.product_id] for line in lines}.values():
        _extend_lines([line for line in lines if line.product_id == product.pk], Planning.read(product, now))
    Line.objects.bulk_update(lines, ["ends_at", "blocked"])
    locked.ends_at = until
    locked.save(update_fields=["ends_at"])
    journal.record("reservation.extended", locked, by=by, until=until)
    tell_of_change(locked)
    return locked


def _extend_lines(lines: list[Line], planning: Planning) -> None:
    line_of: dict[int | None, Line] = {line.pk: line for line in lines}
    rows = list(Allocation.objects.holding().filter(line__in=lines, kind=AllocationKind.PLAN))
    for row in rows:
        row.block(row.blocked.lower, line_of[row.line_id].blocked.upper)
    planning.forget(*rows)
    answer = planning.admit([_longer(row) for row in rows])
    if isinstance(answer, Refusal):
        refuse(answer, lines, planning)
    _write(planning, answer, rows)


def _longer(row: Allocation) -> ClaimOf:
    return Claim(("row", row.pk, 0), *extent(row), current=row.item_id, is_pinned=row.pinned)


def _write(planning: Planning, answer: PlanOf, rows: list[Allocation]) -> None:
    with planning.writing(answer):
        Allocation.objects.bulk_update(rows, ["blocked"])
