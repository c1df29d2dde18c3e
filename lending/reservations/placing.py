"""Placing a reservation: all of it, or a refusal that says why and offers a way out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from lending import eligibility, licensing
from lending.models import Line, Reservation, State
from lending.refusals import NotAvailable
from lending.reservations.booking import Booking, write
from lending.reservations.holding import hold
from lending.rulebook import Rulebook
from lending.telling import tell_of_all
from lending.wishes import Wanted, Wish, weigh
from people import journal
from people.models import Institution, User


@transaction.atomic
def place(
    institution: Institution,
    *,
    wishes: Sequence[Wish],
    starts_at: datetime,
    ends_at: datetime,
    by: User | None,
    may_wait: bool = False,
    book: Rulebook | None = None,
    now: datetime | None = None,
    **booking: Any,
) -> Reservation:
    """Claim units for an institution; ``booking`` as for ``Booking``.

    The state is *approved*, or *requested* where the rules ask for an approval, or *submitted* (holding nothing) as
    long as nobody has activated the member who asks. What is not free is refused, or with ``may_wait`` put down as
    *waitlisted* (holding nothing). ``book``: the rules of the centre, for whoever has read them already. Raises the
    refusals of wishes.weigh, eligibility.check, licensing.check and holding.hold; then nothing was written.
    """
    now = now or timezone.now()
    book = book or Rulebook.of(institution.center)
    wanted = weigh(wishes, institution, starts_at, ends_at, book=book, now=now)
    eligibility.check(wanted, institution, by=by, calendar=book.calendar, now=now)
    licensing.check(wanted, institution)
    reservation = Booking(**booking).reservation(institution, wanted, (starts_at, ends_at), by=by, book=book, now=now)
    lines = [it.line() for it in wanted]

    if reservation.is_holding:
        try:
            hold(lines, now=now, write=lambda: _write_within_limits(reservation, lines, wanted, by))
        except NotAvailable:
            if not may_wait:
                raise
            reservation.state, reservation.answer_on = State.WAITLISTED, None
    if not reservation.is_holding:
        write([(reservation, lines)])
    journal.record("reservation.placed", reservation, by=by, state=reservation.state, channel=reservation.channel)
    tell_of_all([(reservation, lines)], book)
    return reservation


def _write_within_limits(
    reservation: Reservation, lines: Sequence[Line], wanted: Sequence[Wanted], by: User | None
) -> None:
    """Asked again: behind the gate nobody else books for the same institution."""
    eligibility.check_limits(wanted, reservation.institution, by=by)
    write([(reservation, lines)])
