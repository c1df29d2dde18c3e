"""Who may reserve what, by the centre's rules. Staff may go beyond them; the units decide for everybody."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from lending.calendars import rules_of
from lending.due_dates import Calendar, earliest_pickup, is_open, next_open_day, previous_open_day
from lending.models import Allocation, Line
from lending.models.reservation import HOLDING
from lending.notices import latest_notice
from lending.policies import Terms
from lending.refusals import ClosedDay, LimitReached, NoticesUnanswered, OutsideHours, TooEarly, TooLate, TooLong
from lending.reservations.wishes import Wanted
from people.models import Institution, User
from people.permissions import may


def is_staff(by: User | None, institution: Institution) -> bool:
    """Whoever may approve need not ask. ``None`` is Leihwerk itself: an import, a task."""
    return by is None or may(by, "lending.approve", on=institution)


def check(
    wanted: Sequence[Wanted], institution: Institution, *, by: User | None, calendar: Calendar, now: datetime
) -> None:
    """Raises ClosedDay, OutsideHours, TooLate, TooEarly, TooLong, NoticesUnanswered or LimitReached for the first wish
    that breaks a rule.

    Of a line that stands already only what is new about it is looked at: having it shorter, or fewer of it, breaks no
    rule, as long as its new days are open ones.
    """
    if is_staff(by, institution):
        return
    for it in wanted:
        _check_days(it, institution, calendar, now)
        if it.is_longer:
            _check_length(it)
        if it.grows:
            check_notices(it.terms, institution, now)
    check_limits(wanted, institution, by=by)


def check_limits(wanted: Sequence[Wanted], institution: Institution, *, by: User | None) -> None:
    """Raises LimitReached. Certain only behind the gate of what is wanted; before it, a quick answer."""
    if is_staff(by, institution):
        return
    for it in wanted:
        if it.grows:
            _check_limit(it, wanted, institution)


def check_notices(resolved: Terms, institution: Institution, now: datetime) -> None:
    """Raises NoticesUnanswered if the rules let nothing go out after so many notices about what is late."""
    limit = resolved.max_notices
    if limit is not None and latest_notice(institution, now) >= limit:
        raise NoticesUnanswered(institution=str(institution), notices=limit, phone=institution.center.phone)


def _check_days(it: Wanted, institution: Institution, calendar: Calendar, now: datetime) -> None:
    moments = [it.starts_at] * it.starts_otherwise + [it.ends_at] * it.ends_otherwise
    for moment in moments:
        day = timezone.localtime(moment).date()
        if not is_open(day, calendar):
            before, after = previous_open_day(day, calendar), next_open_day(day, calendar)
            raise ClosedDay(day=day, before=before, after=after)
        if it.product.is_by_the_hour and not _is_within_hours(moment, calendar):
            raise OutsideHours(day=day, hours=_hours_in_words(day, calendar))
    earliest = earliest_pickup(now, rules_of(it.terms), calendar)
    if (it.starts_earlier or it.is_more) and timezone.localtime(it.starts_at).date() < earliest:
        raise TooLate(lead_days=it.terms.lead_days, earliest=earliest, phone=institution.center.phone)
    opens_at = it.starts_at - timedelta(days=it.terms.horizon_days)
    if it.starts_otherwise and opens_at > now:
        raise TooEarly(opens_on=timezone.localtime(opens_at).date())


def _is_within_hours(moment: datetime, calendar: Calendar) -> bool:
    local = timezone.localtime(moment)
    return any(opens <= local.time() <= closes for opens, closes in calendar.hours[local.weekday()])


def _hours_in_words(day: date, calendar: Calendar) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in calendar.hours[day.weekday()])


def _check_length(it: Wanted) -> None:
    longest = it.terms.max_days or it.terms.loan_days
    if it.ends_at - it.starts_at > timedelta(days=longest, hours=23):
        raise TooLong(days=longest)


def _check_limit(it: Wanted, wanted: Sequence[Wanted], institution: Institution) -> None:
    """How many units of a product an institution may have or expect at the same time."""
    limit = it.terms.max_items
    if limit is None:
        return
    overlapping = Line.objects.filter(
        reservation__institution=institution,
        reservation__state__in=HOLDING,
        product=it.product,
        blocked__overlap=it.blocked,
    ).exclude(pk__in=[other.was.line for other in wanted if other.was])
    walk_ins = Allocation.objects.holding().filter(
        loan__institution=institution, line=None, product=it.product, blocked__overlap=it.blocked
    )
    held = sum(line.claimed - line.given_up for line in overlapping) + walk_ins.count()
    beside = sum(other.quantity for other in wanted if other is not it and _meet(other, it))
    if held + beside + it.quantity > limit:
        raise LimitReached(institution=str(institution), held=held, limit=limit)


def _meet(one: Wanted, other: Wanted) -> bool:
    (start, end), (starts, ends) = one.blocked, other.blocked
    return one.product == other.product and start < ends and starts < end
