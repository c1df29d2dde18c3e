"""When a period ends, until when it can be given up, and when the next one would run. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

A_DAY = timedelta(days=1)
DAYS_OF_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Span:
    """Days, both included; ``ends_on`` None: no end."""

    starts_on: date
    ends_on: date | None


def months_later(day: date, months: int) -> date:
    """The same day of another month, or its last one where there is no such day (31 January + 1: 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def notice_until(ends_on: date | None, months: int | None) -> date | None:
    """The last day on which a period that ends on ``ends_on`` can be given up, ``months`` whole months before its end.

    Three months before the end of 31 July: 30 April. None where there is no end or nothing was agreed.
    """
    if ends_on is None or months is None:
        return None
    return months_later(ends_on + A_DAY, -months) - A_DAY


def months_of(starts_on: date, ends_on: date) -> int:
    """How many months the days from ``starts_on`` to ``ends_on`` come to, at least one: a school year is twelve."""
    return max(round(((ends_on - starts_on).days + 1) / DAYS_OF_A_MONTH), 1)


def following(ends_on: date, months: int) -> Span:
    """The next period, of so many months, from the day after ``ends_on``."""
    starts_on = ends_on + A_DAY
    return Span(starts_on, months_later(starts_on, months) - A_DAY)
