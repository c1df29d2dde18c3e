"""Placing a reservation: all of it, or a refusal that says why and offers a way out."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lending import eligibility
from lending.due_dates import answered_by
from lending.models import BookingChannel, Delivery, Line, Reservation, State
from lending.refusals import NotAvailable
from lending.reservations.holding import hold
from lending.reservations.wishes import Wanted, Wish, weigh
from lending.rulebook import Rulebook
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
    may_wait: bool = False,
    series: UUID | None = None,
    book: Rulebook | None = None,
    now: datetime | None = None,
) -> Reservation:
    """Claim units for an institution.

    The state is *approved*, or *requested* where the rules ask for an approval, or *submitted* (holding nothing) as
    long as nobody has activated the member who asks. What is not free is refused, or with ``may_wait`` put down as
    *waitlisted* (holding nothing). ``book``: the rules of the centre, for whoever has read them already. Raises the
    refusals of wishes.weigh, eligibility.check and holding.hold; then nothing was written.
    """
    now = now or timezone.now()
    book = book or Rulebook.of(institution.center)
    wanted = weigh(wishes, institution, starts_at, ends_at, book=book, now=now)
    eligibility.check(wanted, institution, by=by, calendar=book.calendar, now=now)
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
        series=series,
    )
    lines = [it.line() for it in wanted]
    if by is not None and is_waiting_at(institution, by):
        reservation.state, reservation.answer_on = State.SUBMITTED, _answered_by(wanted, book, now)
        _write(reservation, lines)
    else:
        needs_approval = any(it.terms.needs_approval for it in wanted) and not eligibility.is_staff(by, institution)
        reservation.state = State.REQUESTED if needs_approval else State.APPROVED
        reservation.answer_on = _answered_by(wanted, book, now) if needs_approval else None
        try:
            hold(lines, now=now, write=lambda: _write_within_limits(reservation, lines, wanted, by))
        except NotAvailable:
            if not may_wait:
                raise
            reservation.state, reservation.answer_on = State.WAITLISTED, None
            _write(reservation, lines)
    journal.record("reservation.placed", reservation, by=by, state=reservation.state, channel=channel)
    tell_of_reservation(reservation, lines=lines, book=book)
    return reservation


def _answered_by(wanted: Sequence[Wanted], book: Rulebook, now: datetime) -> date:
    return answered_by(now, max(it.terms.answer_days for it in wanted), book.calendar)


def _write_within_limits(
    reservation: Reservation, lines: Sequence[Line], wanted: Sequence[Wanted], by: User | None
) -> None:
    """Asked again: behind the gate nobody else books for the same institution."""
    eligibility.check_limits(wanted, reservation.institution, by=by)
    _write(reservation, lines, is_claimed=True)


def _write(reservation: Reservation, lines: Sequence[Line], *, is_claimed: bool = False) -> None:
    reservation.save()
    for line in lines:
        line.reservation = reservation
        line.claimed = line.quantity if is_claimed else 0
    Line.objects.bulk_create(lines)
