"""Who may reserve what, by the centre's rules. Staff may go beyond them; the units decide for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from lending.calendars import rules_of
from lending.due_dates import Calendar, earliest_pickup, is_open, next_open_day, previous_open_day
from lending.limits import Limits
from lending.models import Suspension
from lending.refusals import ClosedDay, OutsideHours, TooEarly, TooLate, TooLong
from lending.suspending import in_force, refuse_suspended
from lending.wishes import Wanted
from people.models import Institution, User
from people.permissions import may


def is_staff(by: User | None, institution: Institution) -> bool:
    """Whoever may approve need not ask. ``None`` is Leihwerk itself: an import, a task."""
    return by is None or may(by, "lending.approve", on=institution)


@dataclass
class Asker:
    """An institution and whoever asks for it: what the rules want to know of them, each thing read once."""

    institution: Institution
    by: User | None
    now: datetime

    @cached_property
    def is_staff(self) -> bool:
        return is_staff(self.by, self.institution)

    @cached_property
    def suspensions(self) -> list[Suspension]:
        return in_force(self.institution, self.now)


def check(
    wanted: Sequence[Wanted], institution: Institution, *, by: User | None, calendar: Calendar, now: datetime
) -> None:
    """Raises ClosedDay, OutsideHours, TooLate, TooEarly, TooLong, InstitutionSuspended or LimitReached for the first
    wish that breaks a rule.

    Of a line that stands already only what is new about it is looked at: having it shorter, or fewer of it, breaks no
    rule, as long as its new days are open ones.
    """
    check_rules(wanted, Asker(institution, by, now), calendar)
    check_limits(wanted, institution, by=by)


def check_rules(wanted: Sequence[Wanted], asker: Asker, calendar: Calendar) -> None:
    """Everything but the limits. Raises ClosedDay, OutsideHours, TooLate, TooEarly, TooLong or InstitutionSuspended."""
    if asker.is_staff:
        return
    for it in wanted:
        _check_days(it, asker.institution, calendar, asker.now)
        if it.is_longer:
            _check_length(it)
        if it.grows:
            refuse_suspended(asker.suspensions, it.product)


def check_limits(wanted: Sequence[Wanted], institution: Institution, *, by: User | None) -> None:
    """Raises LimitReached. Certain only behind the gate of what is wanted; before it, a quick answer."""
    if not is_staff(by, institution):
        Limits.read(institution, wanted).check(wanted)


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
