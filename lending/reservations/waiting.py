"""Waiting for units (Vorgemerkt): be offered them, or told, as soon as they are free, and say yes in time."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending import eligibility, licensing
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, closing_moment, local_day
from lending.models import Line, Reservation, State
from lending.planning import Planning
from lending.policies import terms
from lending.refusals import OfferIsOver
from lending.reservations.holding import by_todays_rules, claim, hold
from lending.reservations.locking import behind_its_gate
from lending.telling import tell_free, tell_of_reservation
from people import journal, letters
from people.models import User


def seem_free(waiting: Iterable[Reservation], *, now: datetime) -> list[Reservation]:
    """Those of ``waiting`` for whom all units could be had now, each asked by itself. Five queries, without locking:
    a hint, and ``offer`` decides."""
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(reservation__in=waiting).select_related("product"):
        lines[line.reservation_id].append(line)
    products = {line.product for its in lines.values() for line in its}
    outlooks = {pk: planning.outlook() for pk, planning in Planning.read_all(products, now).items()}

    def has_room(its: Iterable[Line]) -> bool:
        periods: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        for line in its:
            periods[line.product_id] += [(line.blocked.lower, line.blocked.upper)] * line.quantity
        return all(outlooks[pk].has_room_for(its_periods) for pk, its_periods in periods.items())

    return [reservation for reservation in waiting if has_room(lines[reservation.pk])]


@transaction.atomic
def offer(reservation: Reservation, *, now: datetime) -> Reservation:
    """Units seem to be free for somebody who waits.

    Where the rules make offers they are held for some open days, and never beyond the pickup; elsewhere the school
    is told, once for each time they come free, and whoever is first gets them. Raises WrongState, and as ``hold``.
    """
    locked, _products = behind_its_gate(reservation, State.WAITLISTED)
    lines = by_todays_rules(locked)
    if days := _days_of(lines, locked):
        hold(lines, now=now, write=lambda: claim(lines))
        locked.state, locked.offer_ends_at = State.OFFERED, _end_of_offer(locked, days, now)
        journal.record("reservation.offered", locked, by=None, until=locked.offer_ends_at)
        tell_of_reservation(locked)
    elif locked.told_free_at is None:
        licensing.seem_free(lines, now=now)
        locked.told_free_at = now
        journal.record("reservation.told_free", locked, by=None)
        tell_free(locked)
    locked.save(update_fields=["state", "offer_ends_at", "told_free_at"])
    return locked


@transaction.atomic
def forget_told(reservation: Reservation) -> Reservation:
    """Somebody else was quicker: when it is free again, that is news again. Raises WrongState."""
    locked, _products = behind_its_gate(reservation, State.WAITLISTED)
    locked.told_free_at = None
    locked.save(update_fields=["told_free_at"])
    letters.withdraw(locked, "reservation_free")
    return locked


@transaction.atomic
def accept(reservation: Reservation, *, by: User, now: datetime | None = None) -> Reservation:
    """Yes, please: to an offer, or to what seems to be free for somebody who waits.

    An offer becomes *approved*; what was not held is held now, and asks for an approval where the rules do. Raises
    WrongState, OfferIsOver, and as ``hold``.
    """
    now = now or timezone.now()
    locked, _products = behind_its_gate(reservation, State.WAITLISTED, State.OFFERED)
    if locked.state == State.WAITLISTED:
        lines = by_todays_rules(locked)
        hold(lines, now=now, write=lambda: claim(lines))
        locked.state = State.REQUESTED if _needs_approval(lines, locked, by) else State.APPROVED
    elif locked.offer_ends_at is None or locked.offer_ends_at <= now:
        raise OfferIsOver(number=locked.number, offer_ends_at=locked.offer_ends_at)
    else:
        locked.state, locked.decided_at = State.APPROVED, now
    locked.save(update_fields=["state", "decided_at"])
    journal.record("reservation.accepted", locked, by=by, state=locked.state)
    letters.withdraw(locked)
    tell_of_reservation(locked)
    return locked


def _needs_approval(lines: Iterable[Line], reservation: Reservation, by: User) -> bool:
    if eligibility.is_staff(by, reservation.institution):
        return False
    return any(terms(line.product, reservation.institution).needs_approval for line in lines)


def _days_of(lines: Iterable[Line], reservation: Reservation) -> int:
    return min(terms(line.product, reservation.institution).offer_days for line in lines)


def _end_of_offer(reservation: Reservation, days: int, now: datetime) -> datetime:
    calendar = calendar_of(reservation.center)
    return min(closing_moment(add_open_days(local_day(now), days, calendar), calendar), reservation.starts_at)
