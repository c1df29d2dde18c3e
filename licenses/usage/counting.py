"""From events to figures of a month, day by day, by the rules of licenses/counter/counting.py in the words of SQL.

A pseudonym lasts an hour, so nothing that belongs together crosses midnight, and a day can be counted once and for all:
its numbers are added to those of its month in the transaction that marks it as counted. Who counts twice adds nothing.
"""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from licenses.counter.counting import DOUBLE_CLICK, ZONE
from licenses.models import UseDay

#: An event may still be on its way when its day ends.
SETTLED: Final = timedelta(hours=1)

COUNT: Final = """
WITH clicks AS (
    SELECT center_id, institution_id, medium_id, is_by_pupil, kind, session, at,
           lead(at) OVER (PARTITION BY session, medium_id, institution_id, kind ORDER BY at) AS next_at
      FROM licenses_useevent WHERE at >= %(start)s AND at < %(end)s
), by_session AS (
    SELECT center_id, institution_id, medium_id, is_by_pupil,
           count(*) FILTER (WHERE kind IN ('investigation', 'request')) AS investigations,
           count(*) FILTER (WHERE kind = 'request') AS requests,
           count(*) FILTER (WHERE kind = 'no_license') AS unlicensed,
           count(*) FILTER (WHERE kind = 'limit_exceeded') AS exceeded
      FROM clicks WHERE next_at IS NULL OR next_at > at + %(seconds)s * interval '1 second'
     GROUP BY center_id, institution_id, medium_id, is_by_pupil, session
), by_medium AS (
    SELECT center_id, institution_id, medium_id, is_by_pupil,
           sum(investigations) AS investigations, sum(requests) AS requests,
           sum(unlicensed) AS unlicensed, sum(exceeded) AS exceeded,
           count(*) FILTER (WHERE investigations > 0) AS looked, count(*) FILTER (WHERE requests > 0) AS used
      FROM by_session GROUP BY center_id, institution_id, medium_id, is_by_pupil
)
INSERT INTO licenses_monthlyfigure (center_id, institution_id, medium_id, is_by_pupils, month, metric, number)
SELECT center_id, institution_id, medium_id, is_by_pupil, %(month)s, metric, number
  FROM by_medium, LATERAL (VALUES
           ('Total_Item_Investigations', investigations), ('Unique_Item_Investigations', looked),
           ('Total_Item_Requests', requests), ('Unique_Item_Requests', used),
           ('No_License', unlicensed), ('Limit_Exceeded', exceeded)
       ) AS told (metric, number)
 WHERE number > 0
 ORDER BY center_id, institution_id, medium_id, is_by_pupil, metric
ON CONFLICT (center_id, month, metric, source_id, institution_id, medium_id, title_id, is_by_pupils)
DO UPDATE SET number = licenses_monthlyfigure.number + excluded.number
"""


def count_days(now: datetime) -> int:
    """Count every day that is over and was not counted; how many there were. Each is its own transaction."""
    return sum(count_day(day, now) for day in days_to_count(now))


def days_to_count(now: datetime) -> list[date]:
    over = (now.astimezone(ZONE) - SETTLED).date()
    return list(UseDay.objects.filter(day__lt=over, counted_at__isnull=True).values_list("day", flat=True))


@transaction.atomic
def count_day(day: date, now: datetime) -> bool:
    """Add a day's numbers to its month, and forget what its pseudonyms were made with; False: it had been counted."""
    if not UseDay.objects.select_for_update().filter(day=day, counted_at__isnull=True).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT,
            {
                "start": _midnight(day, ZONE),
                "end": _midnight(day + timedelta(days=1), ZONE),
                "month": day.replace(day=1),
                "seconds": DOUBLE_CLICK.total_seconds(),
            },
        )
    UseDay.objects.filter(day=day).update(counted_at=now, salt=None)
    return True


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
