"""When a loan is due, and why then: the date is never shown without its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lending.due_dates.calendar import (
    A_DAY,
    Calendar,
    Span,
    closing_moment,
    days_from,
    first_day,
    is_open,
    is_school_day,
    is_working_day,
    school_holiday,
    why_closed,
)
from lending.due_dates.rules import Rules, pickup_moment, return_moment


@dataclass(frozen=True)
class Reason:
    """One step on the way to a due date: a stable code and its facts.

    * ``period``: ``days`` of ``kind``; always the first
    * ``holidays``: the school holidays ``names`` do not count
    * ``tour_day``: the courier comes on ``day``
    * ``closed``: on ``day`` the centre is closed (``why``, may be empty), so it is due on ``moved_to``
    * ``summer``: everything is back before the holidays ``name`` begin on ``day``
    """

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Due:
    at: datetime
    reasons: tuple[Reason, ...]


def due_at(pickup_on: date, rules: Rules, calendar: Calendar) -> Due:
    """When a loan that begins on ``pickup_on`` is due, and why then.

    The last day of the period, or the first one after it on which the centre is open and, if there is one, the
    courier comes. Always after the pickup: what is due on the very day is due at closing time, if the return time is
    not later than the pickup time. A centre that is never open gets things back on the day that was counted.
    """
    return _Loan(pickup_on, rules, calendar).due()


@dataclass(frozen=True)
class _Loan:
    pickup_on: date
    rules: Rules
    calendar: Calendar

    def due(self) -> Due:
        counted = self._last_day_of_period()
        target = counted if self._is_collected(counted) else first_day(counted, self._is_collected) or counted
        day = first_day(target, self._suits) or first_day(counted, self._can_be_back) or target
        reasons = self._period()
        summer = self._summer_before(day)
        if summer and (last := self._last_day_before(summer.starts_on)):
            reasons.append(Reason("summer", {"day": summer.starts_on, "name": summer.name}))
            return Due(self._back_at(last), tuple(reasons))
        if skipped := self._uncounted_holidays(until=day):
            reasons.append(Reason("holidays", {"names": skipped}))
        if target != counted and self._is_collected(day):
            reasons.append(Reason("tour_day", {"day": target}))
        if day != target and (why := why_closed(target, self.calendar)) is not None:
            reasons.append(Reason("closed", {"day": target, "why": why, "moved_to": day}))
        return Due(self._back_at(day), tuple(reasons))

    def _period(self) -> list[Reason]:
        return [Reason("period", {"days": self.rules.loan_days, "kind": self.rules.day_kind})]

    def _last_day_of_period(self) -> date:
        day = self.pickup_on
        for _ in range(self.rules.loan_days):
            day = first_day(day + A_DAY, self._counts) or day + A_DAY
        return day

    def _counts(self, day: date) -> bool:
        if self._is_uncounted_holiday(day):
            return False
        match self.rules.day_kind:
            case "open":
                return is_open(day, self.calendar)
            case "working":
                return is_working_day(day, self.calendar)
            case "school":
                return is_school_day(day, self.calendar)
        return True

    def _is_uncounted_holiday(self, day: date) -> bool:
        leaves_out = not self.rules.counts_holidays or self.rules.day_kind == "school"
        return leaves_out and school_holiday(day, self.calendar) is not None

    def _uncounted_holidays(self, until: date) -> tuple[str, ...]:
        return tuple(
            it.name
            for it in self.calendar.school_holidays
            if it.starts_on <= until and self.pickup_on < it.ends_on and self._is_uncounted_holiday(it.ends_on)
        )

    def _is_collected(self, day: date) -> bool:
        return self.rules.tour_day in (None, day.weekday())

    def _suits(self, day: date) -> bool:
        return self._is_collected(day) and not self._is_uncounted_holiday(day) and self._can_be_back(day)

    def _can_be_back(self, day: date) -> bool:
        return is_open(day, self.calendar) and self._back_at(day) > pickup_moment(self.pickup_on, self.rules)

    def _back_at(self, day: date) -> datetime:
        back = return_moment(day, self.rules)
        return back if back > pickup_moment(self.pickup_on, self.rules) else closing_moment(day, self.calendar)

    def _summer_before(self, day: date) -> Span | None:
        """The summer holidays that begin between pickup and ``day``, if everything must be back by then."""
        if not self.rules.is_back_before_summer:
            return None
        summers = [it for it in self.calendar.school_holidays if it.is_summer]
        return next((it for it in summers if self.pickup_on < it.starts_on <= day), None)

    def _last_day_before(self, limit: date) -> date | None:
        """The last day that suits before ``limit``, with or else without the courier; None if that is too soon."""
        days = [it for it in days_from(self.pickup_on) if it < limit and self._can_be_back(it)]
        return max((it for it in days if self._is_collected(it)), default=max(days, default=None))
