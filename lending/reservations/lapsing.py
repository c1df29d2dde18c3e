"""What lapses by itself: units that nobody collected, and wishes that nobody answered in time."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lending.calendars import calendar_of
from lending.due_dates import Calendar, add_open_days, closing_moment, local_day
from lending.models import Allocation, AllocationKind, Delivery, Line, Loan, Reservation, State
from lending.models.reservation import OPEN
from lending.policies import terms
from lending.refusals import WrongState
from lending.reservations.giving_up import end, give_up, give_up_lines
from lending.reservations.locking import behind_its_gate
from lending.telling import tell_of_reservation
from people import journal, letters

UNANSWERED = tuple(state for state in OPEN if state not in {State.APPROVED, State.READY})


@dataclass(frozen=True)
class Kept:
    """A line with ``planned`` units that are still kept for it; the others are out, given up or missing."""

    line: Line
    planned: int


def uncollected(reservation: Reservation, now: datetime) -> list[Kept]:
    """The lines that something is still kept for although it should have been fetched.

    A pickup lapses at closing time, the rules' no-show days after its own pickup day; what the courier brings, or
    what there was no unit for, only when its period is over: that is nobody's no-show.
    """
    calendar = calendar_of(reservation.center)
    return [kept for kept in _still_kept(reservation) if _kept_until(kept, reservation, calendar) < now]


@transaction.atomic
def release_no_shows(reservation: Reservation, *, now: datetime) -> Reservation:
    """The units of uncollected lines are free again; the other lines stay as they are.

    When nothing is left the state is *not collected* — *expired* if it was not the school that failed to come, and
    as it was if something was collected. Raises WrongState if nothing has lapsed.
    """
    locked, _products = behind_its_gate(reservation, State.APPROVED, State.READY)
    lapsed = uncollected(locked, now)
    if not lapsed:
        raise WrongState(number=locked.number, state=locked.get_state_display())
    is_no_show = locked.delivery == Delivery.PICKUP and any(kept.planned for kept in lapsed)
    give_up_lines([kept.line for kept in lapsed], now=now)
    journal.record("reservation.not_collected", locked, by=None, lines=[kept.line.pk for kept in lapsed])
    if not _still_kept(locked) and not Loan.objects.filter(allocation__line__reservation=locked).exists():
        end(locked, state=State.NO_SHOW if is_no_show else State.EXPIRED, now=now)
        letters.withdraw(locked)
        if is_no_show:
            tell_of_reservation(locked)
    return locked


@transaction.atomic
def expire(reservation: Reservation, *, now: datetime) -> Reservation:
    """Its time is over and nobody has answered it. Raises WrongState.

    An offer lapses when it ends, a place on the list when its period begins, a request when its period is over.
    """
    locked, _products = behind_its_gate(reservation, *UNANSWERED)
    if lapses_at(locked) > now:
        raise WrongState(number=locked.number, state=locked.get_state_display())
    was_waiting = locked.state in {State.WAITLISTED, State.OFFERED}
    give_up(locked, state=State.EXPIRED, now=now)
    journal.record("reservation.expired", locked, by=None)
    letters.withdraw(locked)
    if was_waiting:
        tell_of_reservation(locked)
    return locked


def lapses_at(reservation: Reservation) -> datetime:
    """When an unanswered reservation lapses."""
    if reservation.state == State.OFFERED and reservation.offer_ends_at:
        return reservation.offer_ends_at
    return reservation.starts_at if reservation.state == State.WAITLISTED else reservation.ends_at


def _still_kept(reservation: Reservation) -> list[Kept]:
    rows = Allocation.objects.holding().filter(line__reservation=reservation, kind=AllocationKind.PLAN)
    planned = Counter(rows.values_list("line_id", flat=True))
    lines = reservation.lines.select_related("product")
    return [Kept(line, planned[line.pk]) for line in lines if planned[line.pk] or line.shortfall]


def _kept_until(kept: Kept, reservation: Reservation, calendar: Calendar) -> datetime:
    line = kept.line
    if reservation.delivery == Delivery.COURIER or not kept.planned:
        return line.ends_at
    days = terms(line.product, reservation.institution).no_show_days
    return closing_moment(add_open_days(local_day(line.starts_at), days, calendar), calendar)
