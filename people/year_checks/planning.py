"""On which day of every year the schools are asked by themselves."""

from datetime import date

from django.db import transaction

from people import journal
from people.models import Center, User
from people.year_checks.asking import expect_time


@transaction.atomic
def plan(center: Center, *, on: date | None, ends_on: date | None, by: User) -> Center:
    """Ask on ``on`` and on that day of every year; who is not ticked leaves after ``ends_on``. Without a day: never.

    Raises NotEnoughTime.
    """
    if on is None or ends_on is None:
        on = ends_on = None
    else:
        expect_time(on, ends_on)
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    if (center.year_check_on, center.year_check_ends_on) != (on, ends_on):
        center.year_check_on, center.year_check_ends_on = on, ends_on
        center.save(update_fields=["year_check_on", "year_check_ends_on"])
        journal.record("year_check.planned", center, by=by, on=on, ends_on=ends_on)
    return center
