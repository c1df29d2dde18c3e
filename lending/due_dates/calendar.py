"""Which days count: the centre's calendar as plain data, and walking along it.

Days are local days of the centre (Europe/Berlin); moments are aware datetimes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Berlin")
A_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
FURTHEST: Final = 400
"""Days that a search for a day looks ahead before it gives up: a centre without opening hours must not hang."""


@dataclass(frozen=True)
class Span:
    """Days from ``starts_on`` to ``ends_on``, both included, with a name or a reason."""

    starts_on: date
    ends_on: date
    name: str = ""
    is_summer: bool = False

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Calendar:
    """When a centre is open: hours by weekday (0 is Monday), closures, public and school holidays."""

    hours: Mapping[int, Sequence[tuple[time, time]]]
    closures: Sequence[Span] = ()
    public_holidays: Mapping[date, str] = field(default_factory=dict)
    school_holidays: Sequence[Span] = ()


def local_day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def at(day: date, clock: time) -> datetime:
    """A local time of day as a moment; right on both sides of daylight saving."""
    return datetime.combine(day, clock, ZONE)


def shifted(moment: datetime, days: int) -> datetime:
    """The same time of day on another local day: a day over the change of clocks has 23 or 25 hours."""
    local = moment.astimezone(ZONE)
    return at(local.date() + days * A_DAY, local.time())


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
    """Monday to Friday without public holidays: the rhythm of reminders, and what a Verleihordnung calls Arbeitstag."""
    return day.weekday() < SATURDAY and day not in calendar.public_holidays


def school_holiday(day: date, calendar: Calendar) -> Span | None:
    return next((it for it in calendar.school_holidays if day in it), None)


def is_school_day(day: date, calendar: Calendar) -> bool:
    return is_working_day(day, calendar) and school_holiday(day, calendar) is None


def first_day(start: date, suits: Callable[[date], bool]) -> date | None:
    """The first day from ``start`` on, itself included, that ``suits``."""
    return next((it for it in days_from(start) if suits(it)), None)


def next_open_day(day: date, calendar: Calendar) -> date:
    """The first open day after ``day``; simply the next day if there is none for a year."""
    return first_day(day + A_DAY, lambda it: is_open(it, calendar)) or day + A_DAY


def previous_open_day(day: date, calendar: Calendar) -> date:
    """The last open day before ``day``; simply the day before if there is none for a year."""
    before = (day - ahead * A_DAY for ahead in range(1, FURTHEST))
    return next((it for it in before if is_open(it, calendar)), day - A_DAY)


def add_open_days(day: date, days: int, calendar: Calendar) -> date:
    """``days`` open days after (or, negative, before) ``day``; zero leaves the day as it is."""
    step = next_open_day if days > 0 else previous_open_day
    for _ in range(abs(days)):
        day = step(day, calendar)
    return day


def add_working_days(day: date, days: int, calendar: Calendar) -> date:
    """``days`` working days after ``day``."""
    for _ in range(days):
        day = first_day(day + A_DAY, lambda it: is_working_day(it, calendar)) or day + A_DAY
    return day


def closing_moment(day: date, calendar: Calendar) -> datetime:
    """When the desk closes on ``day``; on a closed day, its end."""
    hours = calendar.hours.get(day.weekday()) if is_open(day, calendar) else None
    return at(day, max(closes for _, closes in hours)) if hours else at(day + A_DAY, time())


def days_from(day: date) -> Iterator[date]:
    return (day + ahead * A_DAY for ahead in range(FURTHEST))
