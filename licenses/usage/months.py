"""The tables of events, one a month: opened before they are needed, emptied and dropped when their time is over.

The owner of the tables made two functions for this (migration 0004), for the app's own role may not make tables.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from licenses.counter.months import following
from licenses.models import UseDay, UseEvent

AHEAD: Final = 3
REMEMBERED: Final = timedelta(days=60)


def open_ahead(now: datetime) -> None:
    """Tables for this month and those ahead. Can be run twice."""
    last = now.date().replace(day=1)
    for _ in range(AHEAD):
        last = following(last)
    with connection.cursor() as cursor:
        cursor.execute("SELECT licenses_open_months(%s, %s)", [now.date(), last])


def forget(now: datetime) -> int:
    """Delete events older than 60 days, whole tables where every row is; how many single events that were."""
    before = now - REMEMBERED
    with connection.cursor() as cursor:
        cursor.execute("SELECT licenses_drop_months(%s)", [before.date()])
    UseDay.objects.filter(day__lt=before.date(), counted_at__isnull=False).delete()
    return UseEvent.objects.filter(at__lt=before).delete()[0]
