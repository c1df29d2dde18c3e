"""What the catalogue says about time: when is there room again?"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from lending import availability
from lending.calendars import rules_of
from lending.due_dates import (
    Calendar,
    Rules,
    add_open_days,
    closing_moment,
    earliest_pickup,
    is_open,
    next_open_day,
    pickup_moment,
    return_moment,
)
from lending.policies import usual_terms
from people.models import Center, Institution

DAYS_AHEAD: Final = 30
"""Open days that are looked at before the answer is: not soon."""

Period = tuple[datetime, datetime]


def usual_rules(center: Center) -> Rules:
    """What holds at ``center`` as long as neither a product nor an institution is in question."""
    return rules_of(usual_terms(Institution(center=center)))


def period_of(starts_on: date, ends_on: date, rules: Rules, calendar: Calendar) -> Period:
    """From the pickup time of the first day to the return time of the last; within one day to its closing time."""
    start, end = pickup_moment(starts_on, rules), return_moment(ends_on, rules)
    return start, (end if start < end else closing_moment(ends_on, calendar))


def coming_periods(rules: Rules, calendar: Calendar, days: int, now: datetime) -> Iterator[Period]:
    """Periods of ``days`` days, from the earliest pickup on, one for each open day; they end on open days."""
    day = earliest_pickup(now, rules, calendar)
    for number in range(DAYS_AHEAD):
        starts_on = add_open_days(day, number, calendar)
        ends_on = starts_on + timedelta(days=days)
        if not is_open(ends_on, calendar):
            ends_on = next_open_day(ends_on, calendar)
        yield pickup_moment(starts_on, rules), return_moment(ends_on, rules)


def soonest(products: Iterable[int], periods: Iterable[Period]) -> dict[int, Period]:
    """The first of ``periods`` in which at least one unit of each product is free. One query a period, until all
    have one; products that have none are left out."""
    waiting, found = set(products), dict[int, Period]()
    for period in periods:
        if not waiting:
            break
        free = availability.free(waiting, *period)
        served = {product for product in waiting if free[product].available > 0}
        found.update(dict.fromkeys(served, period))
        waiting -= served
    return found
