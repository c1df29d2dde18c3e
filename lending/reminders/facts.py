"""What the words of a reminder need to know about a loan."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.dateparse import parse_date

from lending.due_dates import Calendar, add_open_days, local_day
from lending.models import Allocation, AllocationKind, Loan
from lending.notices import as_fact
from lending.reminders.looking import Watched, kind_of
from lending.reminders.rhythm import Told
from lending.renewals import longest_renewal
from lending.telling import thing

#: Open days to bring it back, from the day the letter is written.
DAYS_TO_BRING_IT: Final = {"overdue_2": 3, "overdue_3": 4}


def facts_for(watch: Watched, step: int, calendar: Calendar, *, now: datetime) -> dict[str, Any]:
    loan, kind = watch.loan, kind_of(step)
    facts = {**thing(loan), "due_at": as_fact(loan.due_at), "asked_on": _asked_on(watch, now)}
    if watch.is_by_hand:
        facts["is_by_hand"] = True
    if kind == "overdue_1":
        return facts
    facts["awaited_on"] = awaited_on(loan)
    if kind == "due_soon":
        return {**facts, "renewable_until_at": longest_renewal(loan, now)}
    facts["until_on"] = _until(watch, add_open_days(local_day(now), DAYS_TO_BRING_IT[kind], calendar), now)
    if kind == "overdue_3":
        facts |= {
            "slip": loan.handover.number,
            "handed_over_at": loan.handed_over_at,
            "told_on": _days(watch.told),
            "value": loan.item.product.replacement_value,
        }
    return facts


def awaited_on(loan: Loan) -> date | None:
    """The day from which this very item is kept for somebody else."""
    plans = Allocation.objects.holding().filter(item=loan.item_id, kind=AllocationKind.PLAN)
    starts_at = plans.order_by("line__starts_at").values_list("line__starts_at", flat=True).first()
    return local_day(starts_at) if starts_at else None


def _asked_on(watch: Watched, now: datetime) -> date:
    """The day it was brought up, however often it is looked at until it has gone out."""
    return watch.waiting.due_on if watch.waiting and watch.waiting.due_on else local_day(now)


def _until(watch: Watched, day: date, now: datetime) -> date:
    """A day that was once named stays, as long as there is still time: what is printed already stays right."""
    named = parse_date(watch.waiting.facts.get("until_on") or "") if watch.waiting else None
    return named if named and named > local_day(now) else day


def _days(told: Sequence[Told]) -> list[date]:
    return sorted({it.on for it in told if it.step > 0})
