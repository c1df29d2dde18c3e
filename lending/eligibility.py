"""Who may reserve what, by the centre's rules. Staff may go beyond them; the units decide for everybody."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from lending.calendars import calendar_of, rules_of
from lending.due_dates import Calendar, earliest_pickup, is_open, next_open_day, previous_open_day
from lending.models import Allocation, Line
from lending.models.reservation import HOLDING
from lending.refusals import ClosedDay, LimitReached, TooEarly, TooLate, TooLong
from lending.reservations.wishes import Wanted
from people.models import Institution, User
from people.permissions import may


def is_staff(by: User | None, institution: Institution) -> bool:
    """Whoever may approve need not ask. ``None`` is Leihwerk itself: an import, a task."""
    return by is None or may(by, "lending.approve", on=institution)


def check(wanted: Sequence[Wanted], institution: Institution, *, by: User | None, now: datetime) -> None:
    """Raises ClosedDay, TooLate, TooEarly, TooLong or LimitReached for the first wish that breaks a rule."""
    if is_staff(by, institution):
        return
    calendar = calendar_of(institution.center)
    for it in wanted:
        _check_days(it, institution, calendar, now)
        _check_length(it)
        _check_limit(it, institution, now)


def _check_days(it: Wanted, institution: Institution, calendar: Calendar, now: datetime) -> None:
    for moment in (it.starts_at, it.ends_at):
        day = timezone.localtime(moment).date()
        if not is_open(day, calendar):
            before, after = previous_open_day(day, calendar), next_open_day(day, calendar)
            raise ClosedDay(day=day, before=before, after=after)
    earliest = earliest_pickup(now, rules_of(it.terms), calendar)
    if timezone.localtime(it.starts_at).date() < earliest:
        raise TooLate(lead_days=it.terms.lead_days, earliest=earliest, phone=institution.center.phone)
    opens_at = it.starts_at - timedelta(days=it.terms.horizon_days)
    if opens_at > now:
        raise TooEarly(opens_on=timezone.localtime(opens_at).date())


def _check_length(it: Wanted) -> None:
    longest = it.terms.max_days or it.terms.loan_days
    if it.ends_at - it.starts_at > timedelta(days=longest, hours=23):
        raise TooLong(days=longest)


def _check_limit(it: Wanted, institution: Institution, now: datetime) -> None:
    """How many units of a product an institution may have or expect at the same time."""
    limit = it.terms.max_items
    if limit is None:
        return
    overlapping = Line.objects.filter(
        reservation__institution=institution,
        reservation__state__in=HOLDING,
        product=it.product,
        blocked__overlap=it.blocked,
    )
    walk_ins = Allocation.objects.holding().filter(
        loan__institution=institution, line=None, product=it.product, blocked__overlap=it.blocked
    )
    held = sum(line.claimed - line.given_up for line in overlapping) + walk_ins.count()
    if held + it.quantity > limit:
        raise LimitReached(institution=str(institution), held=held, limit=limit)
