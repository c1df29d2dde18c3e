"""Edits of a centre's calendar. Each is short and plans nothing; what is planned follows when it is committed."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from lending.rules.edits import edited
from people import calendar
from people.calendar import Holidays, Hours, known_holidays
from people.models import Center, Closure, SchoolHoliday, User


@transaction.atomic
def close(
    center: Center, *, starts_on: date, ends_on: date, reason: str, by: User | None, today: date | None = None
) -> Closure:
    """The centre stays closed on these days, both included. Raises as ``people.calendar.close``."""
    with edited(center):
        return calendar.close(center, starts_on=starts_on, ends_on=ends_on, reason=reason, by=by, today=today)


@transaction.atomic
def open_again(closure: Closure, *, by: User | None, today: date | None = None) -> None:
    """The centre is open after all, from today on. What nobody was told of goes back to where it was."""
    with edited(closure.center):
        calendar.open_again(closure, by=by, today=today)


@transaction.atomic
def keep_hours(center: Center, hours: Sequence[Hours], *, by: User | None) -> None:
    """Raises as ``people.calendar.keep_hours``."""
    with edited(center):
        calendar.keep_hours(center, hours, by=by)


@transaction.atomic
def keep_school_holidays(center: Center, holidays: Sequence[Holidays], *, by: User | None) -> None:
    """They count for what is lent from now on. Raises as ``people.calendar.keep_school_holidays``."""
    with edited(center):
        calendar.keep_school_holidays(center, holidays, by=by)


@transaction.atomic
def add_school_holidays(center: Center, holidays: Sequence[Holidays], *, by: User | None) -> None:
    """What is known of the same days is replaced. Raises as ``people.calendar.keep_school_holidays``."""
    known = [it for it in known_holidays(center) if not any(_overlap(it, new) for new in holidays)]
    keep_school_holidays(center, [*known, *holidays], by=by)


@transaction.atomic
def drop_school_holiday(row: SchoolHoliday, *, by: User | None) -> None:
    others = [it for it in known_holidays(row.center) if it.starts_on != row.starts_on]
    keep_school_holidays(row.center, others, by=by)


def _overlap(one: Holidays, other: Holidays) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
