"""From events to figures of a month, day by day, by the rules of licenses/counter/counting.py in the words of SQL.

A pseudonym lasts an hour, so nothing that belongs together crosses midnight, and a day can be counted once and for all:
its numbers are added to those of its month in the transaction that marks it as counted. Who counts twice adds nothing.
Days of one month that follow each other are counted together: a row that all of them add to is written once.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from licenses.counter.counting import DOUBLE_CLICK, ZONE
from licenses.models import UseDay
from licenses.models.monthly_use import COLUMNS

#: An event may still be on its way when its day ends.
SETTLED: Final = timedelta(hours=1)

#: Events are sorted once, in the order in which they are grouped. Somebody's events at a medium within a session stand
#: together, by kind and then by time, so ``next_code`` and ``next_at`` tell whether a click stays (nothing of its kind
#: follows within 30 seconds), and which is the last of its kind: that one always stays, and it stands for the session
#: in the uniques. Investigation and request are neighbours, for a request is an investigation, too.
#: Rows come in the order of ``use_of_a_month_is_told_once``: neighbours meet on the same page of the index, and two who
#: count different days of a month meet in the same order, so that there is no deadlock.
USES: Final = """
WITH coded AS (
    SELECT center_id, institution_id, medium_id, is_by_pupil, session, at,
           CASE kind WHEN 'investigation' THEN 1 WHEN 'request' THEN 2 WHEN 'no_license' THEN 3 ELSE 4 END AS code
      FROM licenses_useevent WHERE at >= %(start)s AND at < %(end)s
), clicks AS (
    SELECT center_id, institution_id, medium_id, is_by_pupil, code, at,
           lead(code) OVER link AS next_code, lead(at) OVER link AS next_at
      FROM coded
    WINDOW link AS (PARTITION BY institution_id, medium_id, center_id, is_by_pupil, session ORDER BY code, at)
), judged AS (
    SELECT center_id, institution_id, medium_id, is_by_pupil, code, next_code,
           next_code IS DISTINCT FROM code OR next_at > at + %(seconds)s * interval '1 second' AS stays
      FROM clicks
)
SELECT center_id, institution_id, medium_id, is_by_pupil, %(month)s,
       count(*) FILTER (WHERE code <= 2 AND stays),
       count(*) FILTER (WHERE code <= 2 AND (next_code IS NULL OR next_code > 2)),
       count(*) FILTER (WHERE code = 2 AND stays),
       count(*) FILTER (WHERE code = 2 AND next_code IS DISTINCT FROM 2),
       count(*) FILTER (WHERE code = 3 AND stays),
       count(*) FILTER (WHERE code = 4 AND stays)
  FROM judged GROUP BY institution_id, medium_id, center_id, is_by_pupil
 ORDER BY center_id, institution_id, medium_id, is_by_pupil
"""
_NUMBERS: Final = COLUMNS.values()  # in the order in which USES tells them

COUNT: Final = f"""
INSERT INTO licenses_monthlyuse (center_id, institution_id, medium_id, is_by_pupils, month, {", ".join(_NUMBERS)})
{USES}
ON CONFLICT (center_id, month, institution_id, medium_id, is_by_pupils)
DO UPDATE SET {", ".join(f"{it} = licenses_monthlyuse.{it} + excluded.{it}" for it in _NUMBERS)}
"""

#: A foreign key is proved row by row with a plan that the connection makes once. Of a small table (a hundred schools)
#: PostgreSQL would read all rows each time, for it thinks of one question and not of a million.
BY_INDEX: Final = "SET LOCAL enable_seqscan = off"


def count_days(now: datetime) -> int:
    """Count every day that is over and was not counted; how many there were. Each run is a transaction of its own."""
    return sum(count_together(days, now) for days in _runs(days_to_count(now)))


def days_to_count(now: datetime) -> list[date]:
    over = (now.astimezone(ZONE) - SETTLED).date()
    return list(UseDay.objects.filter(day__lt=over, counted_at__isnull=True).values_list("day", flat=True))


@transaction.atomic
def count_together(days: Iterable[date], now: datetime) -> int:
    """Add the numbers of these days to their months, and forget what their pseudonyms were made with; how many of them
    had not been counted."""
    waiting = UseDay.objects.select_for_update().filter(day__in=days, counted_at__isnull=True).order_by("day")
    left = list(waiting.values_list("day", flat=True))
    for run in _runs(left):  # somebody else may have counted some in between
        _add(run[0], run[-1])
    UseDay.objects.filter(day__in=left).update(counted_at=now, salt=None)
    return len(left)


def _runs(days: Iterable[date]) -> Iterator[list[date]]:
    """Days (in their order) that follow each other within a month."""
    numbered = enumerate(days)
    for _key, run in groupby(numbered, key=lambda it: (it[1].year, it[1].month, it[1].toordinal() - it[0])):
        yield [day for _number, day in run]


def _add(first: date, last: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        cursor.execute(COUNT, facts_of(first, last))


def facts_of(first: date, last: date) -> dict[str, Any]:
    """What USES asks for: both days and those between, in one month."""
    return {
        "start": _midnight(first, ZONE),
        "end": _midnight(last + timedelta(days=1), ZONE),
        "month": first.replace(day=1),
        "seconds": DOUBLE_CLICK.total_seconds(),
    }


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
