"""Where a pickup or a return goes when the centre turns out to be closed on its day."""

from dataclasses import dataclass
from datetime import date, datetime

from lending.due_dates.calendar import (
    A_DAY,
    Calendar,
    first_day,
    is_open,
    local_day,
    next_open_day,
    school_holiday,
    shifted,
)


@dataclass(frozen=True)
class Edit:
    """The calendar before and after an edit."""

    before: Calendar
    after: Calendar

    def has_closed(self, moment: datetime) -> bool:
        """Only days that were open: what was agreed for a Saturday stays on it."""
        day = local_day(moment)
        return is_open(day, self.before) and not is_open(day, self.after)


@dataclass(frozen=True)
class Way:
    """How things change hands: on any open day, or with the courier of ``tour_day`` (0 is Monday); not in the school
    holidays, if ``avoids_holidays``."""

    tour_day: int | None = None
    avoids_holidays: bool = False

    def next_day(self, day: date, calendar: Calendar) -> date:
        """The first day after ``day`` that will do; the next open day if the courier never comes on one."""
        return first_day(day + A_DAY, lambda it: self._suits(it, calendar)) or next_open_day(day, calendar)

    def _suits(self, day: date, calendar: Calendar) -> bool:
        is_avoided = self.avoids_holidays and school_holiday(day, calendar) is not None
        return is_open(day, calendar) and self.tour_day in (None, day.weekday()) and not is_avoided


def moved(moment: datetime, edit: Edit, way: Way) -> datetime:
    """The same time on the next day that will do if ``edit`` has closed its day; else ``moment`` itself."""
    return later(moment, edit.after, way) if edit.has_closed(moment) else moment


def later(moment: datetime, calendar: Calendar, way: Way) -> datetime:
    day = local_day(moment)
    return shifted(moment, (way.next_day(day, calendar) - day).days)


def moved_period(
    period: tuple[datetime, datetime], edit: Edit, *, pickup: Way, back: Way, has_begun: bool = False
) -> tuple[datetime, datetime]:
    """Pickup and return each on a day that will do. What has begun keeps its start; what lies on one day stays on one
    day; and never does the period end before it starts."""
    start, end = period
    if local_day(start) == local_day(end):
        target = start if has_begun else moved(start, edit, pickup)
        return target, shifted(end, (local_day(target) - local_day(start)).days)
    new_start = start if has_begun else moved(start, edit, pickup)
    new_end = moved(end, edit, back)
    while new_end <= new_start:
        new_end = later(new_end, edit.after, back)
    return new_start, new_end
