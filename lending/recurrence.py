"""On which days something is to be repeated: a rule of RFC 5545 (RRULE), read on local days, pure.

Only what people say of rooms is understood: daily, weekly or monthly, so many times or until a day, on weekdays or on
days of the month. The clock is no part of it: ten o'clock stays ten o'clock on both sides of daylight saving.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Final, Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday

from lending.due_dates import local_day
from lending.refusals import NoRule, TooManyDates

MOST_DATES: Final = 60
OFTEN: Final[Mapping[str, Literal[1, 2, 3]]] = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY}
WEEKDAYS: Final = {name: weekday(number) for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
PART: Final = re.compile(r"(FREQ|INTERVAL|COUNT|UNTIL|BYDAY|BYMONTHDAY|WKST)=([A-Z0-9,+-]{1,80})", re.ASCII)
BYDAY: Final = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
UNTIL: Final = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)


def occurrences(rule: str, first: date) -> list[date]:
    """The days of ``rule`` from ``first`` on, which is one of them whatever the rule says.

    Raises NoRule for what is not understood or has no end, and TooManyDates.
    """
    parts = _parts(rule)
    if "COUNT" not in parts and "UNTIL" not in parts:
        raise NoRule
    try:
        repeated = rrule(
            OFTEN[parts["FREQ"]],
            dtstart=datetime.combine(first, time()),
            interval=_number(parts.get("INTERVAL", "1"), 1, 52),
            count=_number(parts["COUNT"], 1, 10_000) if "COUNT" in parts else None,
            until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
            wkst=WEEKDAYS[parts.get("WKST", "MO")],
            byweekday=_weekdays(parts) if "BYDAY" in parts else None,
            bymonthday=_month_days(parts) if "BYMONTHDAY" in parts else None,
        )
        days = [found.date() for found in islice(repeated, MOST_DATES + 1)]
    except (KeyError, ValueError, OverflowError) as error:
        raise NoRule from error
    if len(days) > MOST_DATES:
        raise TooManyDates(most=MOST_DATES)
    return days if first in days else [first, *days][:MOST_DATES]


def _parts(rule: str) -> Mapping[str, str]:
    """Raises NoRule for anything but the parts above, each once."""
    typed = rule.strip().upper().removeprefix("RRULE:").rstrip(";").split(";")
    found = [PART.fullmatch(part) for part in typed]
    parts = {match[1]: match[2] for match in found if match}
    if len(parts) != len(typed) or {"COUNT", "UNTIL"} <= parts.keys() or {"BYDAY", "BYMONTHDAY"} <= parts.keys():
        raise NoRule
    return parts


def _number(typed: str, least: int, most: int) -> int:
    """Raises ValueError."""
    if not typed.isdecimal() or not least <= int(typed) <= most:
        raise ValueError(typed)
    return int(typed)


def _until(typed: str) -> datetime:
    """The end of the day that is meant. Raises ValueError."""
    match = UNTIL.fullmatch(typed)
    if match is None:
        raise ValueError(typed)
    day = datetime.strptime(match[1], "%Y%m%d").date()  # noqa: DTZ007  a day, not a moment
    if match[3]:
        day = local_day(datetime.strptime(f"{match[1]}{match[2]}", "%Y%m%d%H%M%S").replace(tzinfo=UTC))
    return datetime.combine(day, time.max)


def _weekdays(parts: Mapping[str, str]) -> list[weekday]:
    """ "MO,WE", or of a month "1MO" and "-1FR". Raises ValueError."""
    found = [BYDAY.fullmatch(typed) for typed in parts["BYDAY"].split(",")]
    days = [WEEKDAYS[match[2]](int(match[1])) if match[1] else WEEKDAYS[match[2]] for match in found if match]
    if len(days) != len(found) or (parts["FREQ"] != "MONTHLY" and any(match and match[1] for match in found)):
        raise ValueError(parts["BYDAY"])
    return days


def _month_days(parts: Mapping[str, str]) -> list[int]:
    """Days from the beginning of a month, or from its end. Raises ValueError."""
    days = [int(typed) for typed in parts["BYMONTHDAY"].split(",")]
    if parts["FREQ"] != "MONTHLY" or any(not 1 <= abs(day) <= 31 for day in days):
        raise ValueError(parts["BYMONTHDAY"])
    return days
