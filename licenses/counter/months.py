"""Months, as days: the first of each. Reports of COUNTER know nothing shorter."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final

_NAMES: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GERMAN: Final = {"Mär": "Mar", "Mrz": "Mar", "Mai": "May", "Okt": "Oct", "Dez": "Dec"}
_LABEL: Final = re.compile(r"(?P<name>[A-Za-zä]{3})[-. ]{1,2}(?P<year>[0-9]{4}|[0-9]{2})")
#: Nobody counted before, and nobody reads this after: other years are slips of the pen, and days end with 9999.
YEARS: Final = range(1990, 2100)
_KEY: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])")


def month_of(moment: datetime, zone: tzinfo) -> date:
    """The month a moment falls into on the clocks of ``zone``."""
    return moment.astimezone(zone).date().replace(day=1)


def label(month: date) -> str:
    """``Jan-2026``, the heading of a month's column; English in every language, as the standard wants it."""
    return f"{_NAMES[month.month - 1]}-{month.year:04}"


def from_label(words: str) -> date | None:
    """The month of a heading; None for any other. ``Mär 26`` is what a German spreadsheet makes of ``Mar-2026``."""
    found = _LABEL.fullmatch(words.strip())
    if found is None:
        return from_key(words.strip())
    name = _GERMAN.get(found["name"].capitalize(), found["name"].capitalize())
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    return date(year, _NAMES.index(name) + 1, 1) if name in _NAMES and year in YEARS else None


@lru_cache(maxsize=1_200)  # a report says each month thousands of times
def key(month: date) -> str:
    """``2026-01``, a month in JSON."""
    return f"{month.year:04}-{month.month:02}"


def from_key(words: str) -> date | None:
    """The month of ``2026-01``; None for anything else."""
    found = _KEY.fullmatch(words)
    return date(int(found["year"]), int(found["month"]), 1) if found and int(found["year"]) in YEARS else None


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def following(month: date) -> date:
    return last_day(month) + timedelta(days=1)


def previous(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def between(first: date, last: date) -> Iterator[date]:
    """The months from ``first`` to ``last``, both included; none if they stand the wrong way round."""
    month = first
    while month <= last:
        yield month
        month = following(month)
