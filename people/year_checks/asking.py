"""Every school is asked, by whoever manages the centre or by its plan."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from people import journal, letters
from people.errors import NotEnoughTime
from people.models import Center, User, YearCheck
from people.year_checks.reach import reached, school_year_of

KIND: Final = "school_year_check"
SHORTEST: Final = timedelta(days=14)
LONGEST: Final = timedelta(days=180)


@transaction.atomic
def ask(center: Center, *, ends_on: date, by: User | None, now: datetime | None = None) -> list[YearCheck]:
    """Each school is written to at its official address; those that were asked in this school year are not again.

    Raises NotEnoughTime if ``ends_on`` is less than two weeks or more than half a year away.
    """
    today = timezone.localdate(now or timezone.now())
    expect_time(today, ends_on)
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)  # two people press the button at once
    asked = []
    for school in reached(center, today=today).schools:
        check = YearCheck.objects.create(
            center=center, institution=school, school_year=school_year_of(today), asked_on=today, ends_on=ends_on
        )
        letters.intend(KIND, check, school, ends_on=ends_on)
        asked.append(check)
    if asked:
        journal.record_all("members.asked_about", ((check, {"ends_on": ends_on}) for check in asked), by=by)
    return asked


@transaction.atomic
def ask_by_plan(center: Center, *, now: datetime | None = None) -> list[YearCheck]:
    """Ask if the day of the centre's plan has come, and plan the next year. Twice asks nobody twice.

    A day that was missed for so long that nobody could answer in time is passed over.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    on, ends_on = center.year_check_on, center.year_check_ends_on
    if on is None or ends_on is None or today < on:
        return []
    next_on, next_ends_on = on, ends_on
    while next_on <= today:
        next_on, next_ends_on = _next_year(next_on), _next_year(next_ends_on)
    center.year_check_on, center.year_check_ends_on = next_on, next_ends_on
    center.save(update_fields=["year_check_on", "year_check_ends_on"])
    return ask(center, ends_on=ends_on, by=None, now=now) if ends_on >= today + SHORTEST else []


def expect_time(asked_on: date, ends_on: date) -> None:
    """Raises NotEnoughTime."""
    if not asked_on + SHORTEST <= ends_on <= asked_on + LONGEST:
        raise NotEnoughTime(first=asked_on + SHORTEST, last=asked_on + LONGEST)


def _next_year(day: date) -> date:
    """The same day; 28 February for the 29th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)
