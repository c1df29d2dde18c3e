"""Who reserves for whom, and how: what all dates of a series have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lending import eligibility
from lending.due_dates import answered_by
from lending.models import BookingChannel, Delivery, Line, Reservation, State
from lending.rulebook import Rulebook
from lending.wishes import Wanted
from people.memberships import is_waiting_at
from people.models import Contact, Institution, User


@dataclass(frozen=True, kw_only=True)
class Booking:
    """``responsible`` (a member) or ``contact`` answers for it; ``channel`` is the way by which it came."""

    responsible: User | None = None
    contact: Contact | None = None
    channel: str = BookingChannel.WEB
    purpose: str = ""
    delivery: str = Delivery.PICKUP
    series: UUID | None = None

    def reservation(
        self,
        institution: Institution,
        wanted: Sequence[Wanted],
        period: tuple[datetime, datetime],
        *,
        by: User | None,
        book: Rulebook,
        now: datetime,
    ) -> Reservation:
        """Not saved. *Submitted* as long as nobody has activated ``by``; else *requested* where the rules ask for an
        approval and ``by`` is not staff; else *approved*."""
        state = State.APPROVED
        if by is not None and is_waiting_at(institution, by):
            state = State.SUBMITTED
        elif any(it.terms.needs_approval for it in wanted) and not eligibility.is_staff(by, institution):
            state = State.REQUESTED
        days = max(it.terms.answer_days for it in wanted)
        return Reservation(
            center_id=institution.center_id,
            institution=institution,
            responsible=self.responsible,
            contact=self.contact,
            booked_by=by,
            channel=self.channel,
            state=state,
            starts_at=period[0],
            ends_at=period[1],
            purpose=self.purpose,
            delivery=self.delivery,
            series=self.series,
            answer_on=None if state == State.APPROVED else answered_by(now, days, book.calendar),
        )


def write(planned: Sequence[tuple[Reservation, Sequence[Line]]]) -> None:
    """The reservations with their lines, which claim their units in all states that hold. Two statements."""
    Reservation.objects.bulk_create([reservation for reservation, _ in planned])
    for reservation, lines in planned:
        for line in lines:
            line.reservation = reservation
            line.claimed = line.quantity if reservation.is_holding else 0
    Line.objects.bulk_create([line for _, lines in planned for line in lines])
