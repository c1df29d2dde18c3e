"""The dates of a series: on which days, at which times, and what stands against them from the start."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leihwerk.errors import DomainError
from lending.due_dates import Calendar, local_day, school_holiday, shifted, why_closed
from lending.recurrence import occurrences
from lending.refusals import ClosedThen, HolidaysThen
from lending.wishes import Wish
from people.models import Institution
from people.models.institution import InstitutionKind


@dataclass(frozen=True)
class Date:
    """One date of a series. ``obstacle`` says why it does not come about, or what stands against it so far."""

    starts_at: datetime
    ends_at: datetime
    wishes: Sequence[Wish]
    obstacle: DomainError | None = None


def dates_of(
    institution: Institution,
    calendar: Calendar,
    *,
    rule: str,
    wishes: Sequence[Wish],
    starts_at: datetime,
    ends_at: datetime,
) -> list[Date]:
    """Every date of ``rule`` at the same local times of day. Raises NoRule and TooManyDates."""
    first = local_day(starts_at)
    return [
        _date(institution, wishes, (starts_at, ends_at), (day - first).days, calendar)
        for day in occurrences(rule, first)
    ]


def _date(
    institution: Institution,
    wishes: Sequence[Wish],
    period: tuple[datetime, datetime],
    days: int,
    calendar: Calendar,
) -> Date:
    starts_at, ends_at = (shifted(moment, days) for moment in period)
    moved = [
        replace(
            wish,
            starts_at=shifted(wish.starts_at, days) if wish.starts_at else None,
            ends_at=shifted(wish.ends_at, days) if wish.ends_at else None,
        )
        for wish in wishes
    ]
    return Date(starts_at, ends_at, moved, _obstacle(institution, (starts_at, ends_at), calendar))


def _obstacle(institution: Institution, period: tuple[datetime, datetime], calendar: Calendar) -> DomainError | None:
    for moment in period:
        day = local_day(moment)
        why = why_closed(day, calendar)
        if why is not None:
            return ClosedThen(day=day, why=why)
        holiday = school_holiday(day, calendar)
        if holiday is not None and institution.kind == InstitutionKind.SCHOOL:
            return HolidaysThen(day=day, why=holiday.name)
    return None
