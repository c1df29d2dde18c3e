"""Deciding about a reservation: yes, no, packed, not collected."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending.gate import gate
from lending.models import Allocation, AllocationKind, Delivery, Line, Reservation, State
from lending.refusals import WrongState
from lending.reservations.giving_up import give_up
from lending.reservations.holding import hold
from lending.reservations.locking import locked_in
from lending.telling import tell_of_reservation
from people import journal, letters
from people.models import User


@transaction.atomic
def approve(reservation: Reservation, *, by: User, now: datetime | None = None) -> Reservation:
    """Promise what was requested; what was only submitted is planned now. Raises WrongState, or as ``hold``."""
    now = now or timezone.now()
    if reservation.state == State.SUBMITTED:
        lines = list(reservation.lines.all())
        hold(lines, now=now, write=lambda: _claim(lines))
    locked = locked_in(reservation, State.SUBMITTED, State.REQUESTED)
    _decide(locked, State.APPROVED, now)
    journal.record("reservation.approved", locked, by=by)
    tell_of_reservation(locked)
    return locked


@transaction.atomic
def reject(reservation: Reservation, *, reason: str, by: User, now: datetime | None = None) -> Reservation:
    """Say no, with a reason for the school. Raises WrongState."""
    now = now or timezone.now()
    gate(reservation.lines.values_list("product_id", flat=True))
    locked = locked_in(reservation, State.SUBMITTED, State.REQUESTED, State.WAITLISTED)
    locked.reason = reason
    give_up(locked, state=State.REJECTED, now=now)
    journal.record("reservation.rejected", locked, by=by)
    tell_of_reservation(locked)
    return locked


@transaction.atomic
def make_ready(reservation: Reservation, *, by: User, now: datetime | None = None) -> Reservation:
    """Everything is packed: the units are pinned, and the school is told. Raises WrongState."""
    now = now or timezone.now()
    gate(reservation.lines.values_list("product_id", flat=True))
    locked = locked_in(reservation, State.APPROVED)
    Allocation.objects.holding().filter(line__reservation=locked, kind=AllocationKind.PLAN).update(pinned=True)
    locked.state, locked.ready_at = State.READY, now
    locked.save(update_fields=["state", "ready_at"])
    journal.record("reservation.ready", locked, by=by)
    tell_of_reservation(locked)
    return locked


@transaction.atomic
def release_no_shows(reservation: Reservation, *, now: datetime) -> Reservation:
    """Not collected: the units are free again. Never for the courier. Raises WrongState."""
    gate(reservation.lines.values_list("product_id", flat=True))
    locked = locked_in(reservation, State.APPROVED, State.READY)
    if locked.delivery == Delivery.COURIER:
        raise WrongState(number=locked.number, state=locked.get_state_display())
    give_up(locked, state=State.NO_SHOW, now=now)
    journal.record("reservation.not_collected", locked, by=None)
    letters.withdraw(locked)
    tell_of_reservation(locked)
    return locked


def _decide(reservation: Reservation, state: State, now: datetime) -> None:
    reservation.state, reservation.decided_at = state, now
    reservation.save(update_fields=["state", "decided_at"])


def _claim(lines: list[Line]) -> None:
    for line in lines:
        line.claimed = line.quantity
    Line.objects.bulk_update(lines, ["claimed"])
