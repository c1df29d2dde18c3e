"""When something is picked up, due and free again: pure functions on a plain calendar and plain rules.

Days are local days of the centre (Europe/Berlin); moments are aware datetimes. A due date comes with its reasons.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Berlin")
A_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
FURTHEST: Final = 400
"""Days that a search for an open day looks ahead before it gives up and takes the day as it is."""


@dataclass(frozen=True)
class Span:
    """Days from ``starts_on`` to ``ends_on``, both included, with a name or a reason."""

    starts_on: date
    ends_on: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Calendar:
    """When a centre is open: hours by weekday (0 is Monday), closures, public and school holidays."""

    hours: Mapping[int, Sequence[tuple[time, time]]]
    closures: Sequence[Span] = ()
    public_holidays: Mapping[date, str] = field(default_factory=dict)
    school_holidays: Sequence[Span] = ()


@dataclass(frozen=True)
class Rules:
    """How long, and with how much room before and after. ``day_kind`` is calendar, open or school."""

    loan_days: int = 14
    day_kind: str = "calendar"
    counts_holidays: bool = True
    pickup_time: time = time(10)
    return_time: time = time(10)
    lead_days: int = 0
    preparation_days: int = 0
    turnaround_days: int = 0
    tour_day: int | None = None


@dataclass(frozen=True)
class Reason:
    """One step on the way to a due date: a stable code and its facts."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Due:
    at: datetime
    reasons: tuple[Reason, ...]


def local_day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def at(day: date, clock: time) -> datetime:
    """A local time of day as a moment; right on both sides of daylight saving."""
    return datetime.combine(day, clock, ZONE)


def pickup_moment(day: date, rules: Rules) -> datetime:
    """When a day product's period begins that begins on ``day``."""
    return at(day, rules.pickup_time)


def return_moment(day: date, rules: Rules) -> datetime:
    """When a day product's period ends that ends on ``day``."""
    return at(day, rules.return_time)


def why_closed(day: date, calendar: Calendar) -> str | None:
    """The name of the holiday, the reason of the closure, or "" for a weekday without hours; None if it is open."""
    if day in calendar.public_holidays:
        return calendar.public_holidays[day]
    for closure in calendar.closures:
        if day in closure:
            return closure.name
    return None if calendar.hours.get(day.weekday()) else ""


def is_open(day: date, calendar: Calendar) -> bool:
    return why_closed(day, calendar) is None


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Monday to Friday without public holidays: the rhythm of reminders (DESIGN section 3)."""
    return day.weekday() < SATURDAY and day not in calendar.public_holidays


def next_open_day(day: date, calendar: Calendar) -> date:
    """The first open day after ``day``."""
    return next((it for it in _days(day + A_DAY) if is_open(it, calendar)), day + A_DAY)


def previous_open_day(day: date, calendar: Calendar) -> date:
    """The last open day before ``day``."""
    return next((it for it in _days(day - A_DAY, back=True) if is_open(it, calendar)), day - A_DAY)


def add_open_days(day: date, days: int, calendar: Calendar) -> date:
    """``days`` open days after (or, negative, before) ``day``; zero leaves the day as it is."""
    step = next_open_day if days > 0 else previous_open_day
    for _ in range(abs(days)):
        day = step(day, calendar)
    return day


def add_working_days(day: date, days: int, calendar: Calendar) -> date:
    for _ in range(days):
        day = next(it for it in _days(day + A_DAY) if is_working_day(it, calendar))
    return day


def closing_moment(day: date, calendar: Calendar) -> datetime:
    """When the desk closes on ``day``; on a closed day, its end."""
    hours = calendar.hours.get(day.weekday()) if is_open(day, calendar) else None
    return at(day, max(closes for _, closes in hours)) if hours else at(day + A_DAY, time())


def grace_ends(due_at: datetime, calendar: Calendar) -> datetime:
    """Return grace: to closing time of the day it is due, never before it is due."""
    return max(due_at, closing_moment(local_day(due_at), calendar))


def earliest_pickup(now: datetime, rules: Rules, calendar: Calendar) -> date:
    """The first day on which something asked for now can be picked up."""
    today = local_day(now)
    if rules.lead_days:
        return add_open_days(today, rules.lead_days, calendar)
    return today if is_open(today, calendar) else next_open_day(today, calendar)


def blocked(period: tuple[datetime, datetime], rules: Rules, calendar: Calendar) -> tuple[datetime, datetime]:
    """The period plus preparation and turnaround, both in open days."""
    start, end = period
    if rules.preparation_days:
        day = add_open_days(local_day(start), -rules.preparation_days, calendar)
        start = at(day, start.astimezone(ZONE).time())
    if rules.turnaround_days:
        day = add_open_days(local_day(end), rules.turnaround_days, calendar)
        end = at(day, end.astimezone(ZONE).time())
    return start, end


def due_at(pickup_on: date, rules: Rules, calendar: Calendar) -> Due:
    """When a loan that begins on ``pickup_on`` is due, and why then."""
    day = _count(pickup_on, rules, calendar)
    reasons = [Reason("period", {"days": rules.loan_days, "kind": rules.day_kind})]
    if rules.tour_day is not None and day.weekday() != rules.tour_day:
        day = next(it for it in _days(day) if it.weekday() == rules.tour_day)
        reasons.append(Reason("tour_day", {"day": day}))
    if not is_open(day, calendar):
        moved = next_open_day(day, calendar)
        reasons.append(Reason("closed", {"day": day, "why": why_closed(day, calendar), "moved_to": moved}))
        day = moved
    return Due(at(day, rules.return_time), tuple(reasons))


def _count(day: date, rules: Rules, calendar: Calendar) -> date:
    for _ in range(rules.loan_days):
        day = next(it for it in _days(day + A_DAY) if _counts(it, rules, calendar))
    return day


def _counts(day: date, rules: Rules, calendar: Calendar) -> bool:
    is_holiday = any(day in holiday for holiday in calendar.school_holidays)
    if is_holiday and not rules.counts_holidays:
        return False
    if rules.day_kind == "open":
        return is_open(day, calendar)
    if rules.day_kind == "school":
        return is_working_day(day, calendar) and not is_holiday
    return True


def _days(day: date, *, back: bool = False) -> Iterator[date]:
    for number in range(FURTHEST):
        yield day - number * A_DAY if back else day + number * A_DAY
