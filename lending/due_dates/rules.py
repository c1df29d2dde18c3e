"""The rules of one loan as plain data, and what they say about pickup, return and the room around them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from lending.due_dates.calendar import (
    ZONE,
    Calendar,
    add_open_days,
    at,
    closing_moment,
    is_open,
    local_day,
    next_open_day,
)


@dataclass(frozen=True)
class Rules:
    """How long, and with how much room before and after.

    ``loan_days`` are counted in ``day_kind``: calendar, open (the centre's), working (Monday to Friday without public
    holidays) or school. ``counts_holidays``: days in the school holidays count, and something can be due then.
    Lead, preparation and turnaround are open days. ``tour_day``: the courier collects on this weekday (0 is Monday).
    """

    loan_days: int = 14
    day_kind: str = "calendar"
    counts_holidays: bool = True
    is_back_before_summer: bool = False
    pickup_time: time = time(10)
    return_time: time = time(10)
    lead_days: int = 0
    preparation_days: int = 0
    turnaround_days: int = 0
    tour_day: int | None = None


def pickup_moment(day: date, rules: Rules) -> datetime:
    """When a day product's period begins that begins on ``day``."""
    return at(day, rules.pickup_time)


def return_moment(day: date, rules: Rules) -> datetime:
    """When a day product's period ends that ends on ``day``."""
    return at(day, rules.return_time)


def grace_ends(due_at: datetime, calendar: Calendar) -> datetime:
    """Return grace: to closing time of the day it is due, never before it is due."""
    return max(due_at, closing_moment(local_day(due_at), calendar))


def earliest_pickup(now: datetime, rules: Rules, calendar: Calendar) -> date:
    """The first day on which something asked for now can be picked up.

    Lead days are open days for packing. Today is one of them while the desk is still open; what is asked for on
    Friday evening or on Sunday is seen on Monday.
    """
    seen_on = local_day(now)
    if not is_open(seen_on, calendar) or now >= closing_moment(seen_on, calendar):
        seen_on = next_open_day(seen_on, calendar)
    return add_open_days(seen_on, rules.lead_days, calendar)


def blocked(period: tuple[datetime, datetime], rules: Rules, calendar: Calendar) -> tuple[datetime, datetime]:
    """The period plus preparation and turnaround, both in open days, at the same times of day."""
    start, end = period
    return (
        _on_open_day(start, -rules.preparation_days, calendar),
        _on_open_day(end, rules.turnaround_days, calendar),
    )


def _on_open_day(moment: datetime, days: int, calendar: Calendar) -> datetime:
    if not days:
        return moment
    return at(add_open_days(local_day(moment), days, calendar), moment.astimezone(ZONE).time())
