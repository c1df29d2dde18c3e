"""Letting a whole reservation go."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending.models import Loan, Reservation, State
from lending.models.reservation import OPEN
from lending.reservations.giving_up import give_up
from lending.reservations.locking import behind_its_gate
from lending.telling import tell_of_reservation
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
    now = now or timezone.now()
    locked, _products = behind_its_gate(reservation, *only)
    locked.reason = reason
    was_collected = Loan.objects.filter(allocation__line__reservation=locked).exists()
    give_up(locked, state=State(locked.state) if was_collected else State.CANCELED, now=now)
    journal.record("reservation.canceled", locked, by=by, was_collected=was_collected)
    letters.withdraw(locked)
    if not was_collected:
        tell_of_reservation(locked)
    return locked
