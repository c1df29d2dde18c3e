"""When something is picked up, due and free again: pure functions on a plain calendar and plain rules."""

from lending.due_dates.calendar import (
    ZONE,
    Calendar,
    Span,
    add_open_days,
    add_working_days,
    at,
    closing_moment,
    is_open,
    is_school_day,
    is_working_day,
    local_day,
    next_open_day,
    previous_open_day,
    shifted,
    why_closed,
)
from lending.due_dates.due import Due, Reason, due_at
from lending.due_dates.rules import Rules, blocked, earliest_pickup, grace_ends, pickup_moment, return_moment

__all__ = [
    "ZONE",
    "Calendar",
    "Due",
    "Reason",
    "Rules",
    "Span",
    "add_open_days",
    "add_working_days",
    "at",
    "blocked",
    "closing_moment",
    "due_at",
    "earliest_pickup",
    "grace_ends",
    "is_open",
    "is_school_day",
    "is_working_day",
    "local_day",
    "next_open_day",
    "pickup_moment",
    "previous_open_day",
    "return_moment",
    "shifted",
    "why_closed",
]
