"""Letting whole reservations go: one, or several dates of a series at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending.gate import expect_behind, gate
from lending.models import Line, Loan, Reservation, State
from lending.models.reservation import OPEN
from lending.reservations.giving_up import give_up_lines
from lending.reservations.locking import behind_its_gate
from lending.telling import tell_of_canceled
from people import journal, letters
from people.models import User


@transaction.atomic
def cancel(
    reservation: Reservation,
    *,
    by: User | None,
    reason: str = "",
    only: tuple[State, ...] = OPEN,
    now: datetime | None = None,
) -> Reservation:
    """Let go of everything that is not out. With something out the reservation stays, and only the rest is given up.

    Raises WrongState, also if it is not in one of the states ``only``.
    """
    locked, _products = behind_its_gate(reservation, *only)
    _let_go([locked], by=by, reason=reason, now=now or timezone.now())
    return locked


@transaction.atomic
def cancel_series(
    reservations: Sequence[Reservation], *, by: User | None, reason: str = "", now: datetime | None = None
) -> list[Reservation]:
    """Let go of several dates at once: all of them or, if anything goes wrong, none; those that are over or canceled
    already stay as they are. As many statements for sixty dates as for one."""
    dates = Reservation.objects.filter(pk__in=[reservation.pk for reservation in reservations])
    products = gate(dates.values_list("lines__product_id", flat=True))
    locked = [it for it in dates.lock() if it.state in OPEN]
    expect_behind(products, dates.values_list("lines__product_id", flat=True))
    if locked:
        _let_go(locked, by=by, reason=reason, now=now or timezone.now())
    return locked


def _let_go(locked: Sequence[Reservation], *, by: User | None, reason: str, now: datetime) -> None:
    """Behind the gate of their products."""
    lines = list(Line.objects.filter(reservation__in=locked).select_related("product"))
    give_up_lines(lines, now=now)
    loans = Loan.objects.filter(allocation__line__in=lines)
    collected = set(loans.values_list("allocation__line__reservation", flat=True))
    for it in locked:
        it.reason, it.ended_at = reason, now
        it.state = it.state if it.pk in collected else State.CANCELED
    Reservation.objects.bulk_update(locked, ["state", "ended_at", "reason"])
    facts = ((it, {"was_collected": it.pk in collected}) for it in locked)
    journal.record_all("reservation.canceled", facts, by=by)
    letters.withdraw_all(locked)
    tell_of_canceled([it for it in locked if it.pk not in collected], lines)
