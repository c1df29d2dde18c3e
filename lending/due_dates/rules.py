"""The rules of one loan as plain data, and what they say about pickup, return and the room around them."""

from dataclasses import dataclass, replace
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
    holidays) or school, and so are ``renewal_days`` (None: a renewal is as long as the loan). ``counts_holidays``: days
    in the school holidays count, and something can be due then.
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
    renewal_days: int | None = None

    @property
    def of_renewal(self) -> "Rules":
        """The rules by which a renewed loan is due, counted from the day it was due before."""
        return replace(self, loan_days=self.renewal_days or self.loan_days)


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
    return add_open_days(_seen_on(now, calendar), rules.lead_days, calendar)


def answered_by(asked_at: datetime, days: int, calendar: Calendar) -> date:
    """The open day by which a request is answered: ``days`` open days after it is seen."""
    return add_open_days(_seen_on(asked_at, calendar), days, calendar)


def _seen_on(moment: datetime, calendar: Calendar) -> date:
    """The open day on which the desk finds what comes in at ``moment``."""
    day = local_day(moment)
    is_too_late = not is_open(day, calendar) or moment >= closing_moment(day, calendar)
    return next_open_day(day, calendar) if is_too_late else day


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
