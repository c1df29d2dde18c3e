"""What is late still blocks: until when an item that should be back must be taken as out (DESIGN 3.8)."""

from datetime import datetime
from typing import Final

from lending.due_dates import Calendar, add_open_days, closing_moment, grace_ends, local_day
from lending.models import Loan

DAYS_MORE: Final = 5
"""Open days that a late item is expected to stay away, and again each time they are over."""


def taken_until(loan: Loan, calendar: Calendar, now: datetime) -> datetime:
    """Within grace (to closing time of the day it is due) the end of it; later what the desk was promised by phone,
    else some open days from now."""
    grace = grace_ends(loan.due_at, calendar)
    if now < grace:
        return grace
    if loan.expected_back_at and loan.expected_back_at > now:
        return loan.expected_back_at
    return closing_moment(add_open_days(local_day(now), DAYS_MORE, calendar), calendar)
