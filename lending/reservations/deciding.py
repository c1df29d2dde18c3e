"""Deciding about a reservation: yes, no, packed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending.gate import expect_behind
from lending.models import Allocation, AllocationKind, Reservation, State
from lending.reservations.falling_back import fall_back, products_promised
from lending.reservations.giving_up import give_up
from lending.reservations.holding import by_todays_rules, claim, hold
from lending.reservations.locking import behind_its_gate
from lending.telling import tell_of_rejected_change, tell_of_reservation
from people import journal
from people.models import User


@transaction.atomic
def approve(reservation: Reservation, *, by: User, now: datetime | None = None) -> Reservation:
    """Promise what was requested; what was only submitted is planned now. Raises WrongState, or as ``hold``."""
    now = now or timezone.now()
    locked, _products = behind_its_gate(reservation, State.SUBMITTED, State.REQUESTED)
    if locked.state == State.SUBMITTED:
        lines = by_todays_rules(locked)
        hold(lines, now=now, write=lambda: claim(lines))
    _decide(locked, State.APPROVED, now)
    journal.record("reservation.approved", locked, by=by)
    tell_of_reservation(locked)
    return locked


@transaction.atomic
def reject(
    reservation: Reservation, *, reason: str, by: User, lets_go: bool = False, now: datetime | None = None
) -> Reservation:
    """Say no, with a reason for the school.

    What was promised before it was changed is promised again, unless the desk ``lets_go`` of that, too. Raises
    WrongState, and EarlierPromiseIsGone if it cannot be kept any more; then nothing was written.
    """
    now = now or timezone.now()
    states = State.SUBMITTED, State.REQUESTED, State.WAITLISTED
    locked, products = behind_its_gate(reservation, *states, also=products_promised(reservation))
    locked.reason = reason
    if locked.was_promised and not lets_go:
        expect_behind(products, products_promised(locked))
        fall_back(locked, products, now)
        _decide(locked, State.APPROVED, now)
        journal.record("reservation.change_rejected", locked, by=by)
        tell_of_rejected_change(locked, reason)
        return locked
    give_up(locked, state=State.REJECTED, now=now)
    journal.record("reservation.rejected", locked, by=by)
    tell_of_reservation(locked)
    return locked


@transaction.atomic
def make_ready(reservation: Reservation, *, by: User, now: datetime | None = None) -> Reservation:
    """Everything is packed: the units are pinned, and the school is told. Raises WrongState."""
    now = now or timezone.now()
    locked, _products = behind_its_gate(reservation, State.APPROVED)
    Allocation.objects.holding().filter(line__reservation=locked, kind=AllocationKind.PLAN).update(pinned=True)
    locked.state, locked.ready_at = State.READY, now
    locked.save(update_fields=["state", "ready_at"])
    journal.record("reservation.ready", locked, by=by)
    tell_of_reservation(locked)
    return locked


def _decide(reservation: Reservation, state: State, now: datetime) -> None:
    reservation.state, reservation.decided_at, reservation.promised = state, now, None
    reservation.save(update_fields=["state", "decided_at", "promised"])
