"""Placing a reservation: all of it, or a refusal that says why and offers a way out."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending import eligibility
from lending.models import BookingChannel, Delivery, Line, Reservation, State
from lending.reservations.holding import hold
from lending.reservations.wishes import Wish, weigh
from lending.telling import tell_of_reservation
from people import journal
from people.memberships import is_waiting_at
from people.models import Contact, Institution, User


@transaction.atomic
def place(
    institution: Institution,
    *,
    wishes: Sequence[Wish],
    starts_at: datetime,
    ends_at: datetime,
    by: User | None,
    contact: Contact | None = None,
    responsible: User | None = None,
    channel: str = BookingChannel.WEB,
    purpose: str = "",
    delivery: str = Delivery.PICKUP,
    now: datetime | None = None,
) -> Reservation:
    """Claim units for an institution.

    The state is *approved*, or *requested* where the rules ask for an approval, or *submitted* (holding nothing) as
    long as nobody has activated the member who asks. Raises the refusals of wishes.weigh, eligibility.check and
    holding.hold; then nothing was written.
    """
    now = now or timezone.now()
    wanted = weigh(wishes, institution, starts_at, ends_at, now)
    eligibility.check(wanted, institution, by=by, now=now)
    reservation = Reservation(
        center_id=institution.center_id,
        institution=institution,
        responsible=responsible,
        contact=contact,
        booked_by=by,
        channel=channel,
        starts_at=starts_at,
        ends_at=ends_at,
        purpose=purpose,
        delivery=delivery,
    )
    lines = [it.line() for it in wanted]
    if by is not None and is_waiting_at(institution, by):
        reservation.state = State.SUBMITTED
        _write(reservation, lines)
    else:
        needs_approval = any(it.terms.needs_approval for it in wanted) and not eligibility.is_staff(by, institution)
        reservation.state = State.REQUESTED if needs_approval else State.APPROVED
        hold(lines, now=now, write=lambda: _write(reservation, lines, is_claimed=True))
    journal.record("reservation.placed", reservation, by=by, state=reservation.state, channel=channel)
    tell_of_reservation(reservation)
    return reservation


def _write(reservation: Reservation, lines: Sequence[Line], *, is_claimed: bool = False) -> None:
    reservation.save()
    for line in lines:
        line.reservation = reservation
        line.claimed = line.quantity if is_claimed else 0
    Line.objects.bulk_create(lines)
