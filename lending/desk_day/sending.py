"""Once a day and centre, on open days only."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from lending.calendars import calendar_of
from lending.desk_day.listing import facts_of_day
from lending.desk_day.switch import KIND
from lending.due_dates import is_open
from people import letters
from people.models import Center, Intent

LAST_HOUR: Final = 12
"""What is not sent by noon is not sent that day: a list of the morning is no news in the afternoon."""


def centers_due(now: datetime) -> list[Center]:
    """Those whose hour has come today."""
    hour = timezone.localtime(now).hour
    return list(Center.objects.filter(desk_day_hour__lte=hour).exclude(email="")) if hour < LAST_HOUR else []


@transaction.atomic
def tell_desk(center: Center, *, now: datetime | None = None) -> Intent | None:
    """Today's list goes to the centre's mailbox; None if the centre is closed, or has it already."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    if _is_told(center, today) or not is_open(today, calendar_of(center)):
        return None
    letters.withdraw(center, KIND, now=now)  # yesterday's list, if it has not gone out, is no news any more
    return letters.intend(KIND, center, center, step=today.toordinal(), **facts_of_day(center, now=now))


def _is_told(center: Center, today: date) -> bool:
    return Intent.objects.about(center).filter(kind=KIND, step=today.toordinal()).exists()
