"""When a centre is open, kept by its head. Each edit is a new version: whoever plans by the calendar follows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people import journal
from people.errors import (
    ClosureIsOver,
    ClosureIsTooLong,
    DaysOutOfOrder,
    HolidaysOverlap,
    HoursOverlap,
    NoHoursLeft,
)
from people.models import Center, Closure, OpeningHours, SchoolHoliday, User

LONGEST: Final = timedelta(days=120)
"""A closure that is longer is a slip of the pen: nobody could say when things come back."""
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Hours:
    """One stretch of a weekday (0 is Monday) in which the desk is open."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, order=True)
class Holidays:
    """School holidays, both days included."""

    starts_on: date
    ends_on: date
    name: str
    is_summer: bool = False


@transaction.atomic
def close(
    center: Center, *, starts_on: date, ends_on: date, reason: str, by: User | None, today: date | None = None
) -> Closure:
    """The centre stays closed from ``starts_on`` to ``ends_on``, both included.

    Raises DaysOutOfOrder, ClosureIsOver, ClosureIsTooLong.
    """
    if ends_on < starts_on:
        raise DaysOutOfOrder
    if ends_on < (today or timezone.localdate()):
        raise ClosureIsOver(day=ends_on)
    if ends_on - starts_on > LONGEST:
        raise ClosureIsTooLong(days=LONGEST.days)
    closure = Closure.objects.create(center=center, starts_on=starts_on, ends_on=ends_on, reason=reason)
    new_version(center)
    journal.record("calendar.closed", center, by=by, starts_on=starts_on, ends_on=ends_on)
    return closure


@transaction.atomic
def open_again(closure: Closure, *, by: User | None, today: date | None = None) -> None:
    """The centre is open after all, from today on; days of the closure that are over stay closed. Said twice, it
    changes nothing.

    Raises ClosureIsOver.
    """
    today = today or timezone.localdate()
    known = Closure.objects.filter(pk=closure.pk).select_related("center").first()
    if known is None:
        return
    closure = known
    if closure.ends_on < today:
        raise ClosureIsOver(day=closure.ends_on)
    starts_on, ends_on = max(closure.starts_on, today), closure.ends_on
    if closure.starts_on < today:
        closure.ends_on = today - A_DAY
        closure.save(update_fields=["ends_on"])
    else:
        closure.delete()
    new_version(closure.center)
    journal.record("calendar.opened_again", closure.center, by=by, starts_on=starts_on, ends_on=ends_on)


@transaction.atomic
def keep_hours(center: Center, hours: Sequence[Hours], *, by: User | None) -> None:
    """These are the opening hours from now on. Raises NoHoursLeft, DaysOutOfOrder, HoursOverlap."""
    wanted = sorted(set(hours))
    if not wanted:
        raise NoHoursLeft
    if any(it.closes <= it.opens for it in wanted):
        raise DaysOutOfOrder
    if any(one.weekday == other.weekday and other.opens < one.closes for one, other in pairwise(wanted)):
        raise HoursOverlap
    known = [Hours(row.weekday, row.opens, row.closes) for row in center.opening_hours.all()]
    if sorted(known) == wanted:
        return
    center.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(center=center, weekday=it.weekday, opens=it.opens, closes=it.closes) for it in wanted
    )
    new_version(center)
    journal.record("calendar.hours_kept", center, by=by, days=sorted({it.weekday for it in wanted}))


@transaction.atomic
def keep_school_holidays(center: Center, holidays: Sequence[Holidays], *, by: User | None) -> None:
    """These are the school holidays, all of them. Raises DaysOutOfOrder, HolidaysOverlap."""
    wanted = sorted(set(holidays))
    if any(it.ends_on < it.starts_on for it in wanted):
        raise DaysOutOfOrder
    for one, other in pairwise(wanted):
        if other.starts_on <= one.ends_on:
            raise HolidaysOverlap(one=one.name, other=other.name)
    if sorted(known_holidays(center)) == wanted:
        return
    center.school_holidays.all().delete()
    SchoolHoliday.objects.bulk_create(
        SchoolHoliday(center=center, starts_on=it.starts_on, ends_on=it.ends_on, name=it.name, is_summer=it.is_summer)
        for it in wanted
    )
    new_version(center)
    journal.record("calendar.school_holidays_kept", center, by=by, count=len(wanted))


def known_holidays(center: Center) -> list[Holidays]:
    return [Holidays(row.starts_on, row.ends_on, row.name, row.is_summer) for row in center.school_holidays.all()]


def new_version(center: Center) -> int:
    """The centre's rules are other ones now; the number of the new version."""
    Center.objects.filter(pk=center.pk).update(calendar_version=F("calendar_version") + 1)
    center.refresh_from_db(fields=["calendar_version"])
    return center.calendar_version
