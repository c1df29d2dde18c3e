"""A month of events as recording.py writes them, by SQL: schools in their hours, favourites, repeats, double clicks."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import connection, transaction

from bench.generator.walls import Walls
from licenses.counter.counting import ZONE
from licenses.models import UseDay, UseEvent
from licenses.usage import months
from licenses.usage.recording import SALT_BYTES

EVENTS: Final = UseEvent._meta.db_table
DAYS: Final = 31
#: Eight events a session, two by two at the same medium: somebody looks, and within a minute and a half opens it, looks
#: once more, or is refused. Chance is a hash.
DAY: Final = """
WITH school AS (
    SELECT id, center_id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS schools
      FROM people_institution WHERE center_id = %(center)s AND kind = 'school'
), medium AS (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM licenses_medium WHERE center_id = %(center)s
), click AS (
    SELECT number / 8 AS session, (number %% 8) / 2 AS pair, number %% 2 = 1 AS is_second,
           hashint8extended(number / 8, %(salt)s) & 65535 AS person,
           (hashint8extended(number / 2, %(salt)s + 1) & 65535) / 65536.0 AS taste,
           hashint8extended(number, %(salt)s + 2) & 65535 AS chance
      FROM generate_series(0, %(events)s - 1) AS number
)
INSERT INTO licenses_useevent (center_id, institution_id, medium_id, kind, session, at, is_by_pupil)
SELECT school.center_id, school.id, medium.id,
       CASE WHEN NOT is_second OR chance %% 10 IN (6, 7) THEN 'investigation' WHEN chance %% 10 < 6 THEN 'request'
            WHEN chance %% 10 = 8 THEN 'no_license' ELSE 'limit_exceeded' END,
       md5(%(salt)s || '-' || session)::uuid,
       %(starts_at)s + (7 + person %% 12) * interval '1 hour' + (person %% 40 + 5 * pair) * interval '1 minute'
           + (chance %% 10 + CASE WHEN is_second THEN 10 + chance %% 80 ELSE 0 END) * interval '1 second',
       person %% 3 = 0
  FROM click
  JOIN school ON school.place = person %% school.schools
  JOIN medium ON medium.place = floor(%(used)s * taste ^ 2)
"""


def latest_month(today: date) -> date:
    """The first day of the latest month of 31 days that is over."""
    first = today.replace(day=1)
    while True:
        last = first - timedelta(days=1)
        first = last.replace(day=1)
        if last.day == DAYS:
            return first


def fill(month: date, *, center: int, events: int, used: int) -> int:
    """Write so many events of a centre and a month, evenly over its days; how many there are."""
    months.open_ahead(_midnight(month - timedelta(days=1)))  # in UTC, the first hours belong to the month before
    days = [month + timedelta(days=number) for number in range(DAYS)]
    with transaction.atomic():
        walls = replace(Walls.of([EVENTS]), indexes=[], triggers=[])
        _execute(walls.take_down())
        for day in days:
            UseDay.objects.create(day=day, salt=secrets.token_bytes(SALT_BYTES))
            _fill_day(day, center=center, events=events // DAYS, used=used)
        _execute(walls.put_up())
    _execute([f"ANALYZE {EVENTS}"])
    return UseEvent.objects.count()


def _fill_day(day: date, *, center: int, events: int, used: int) -> None:
    facts: dict[str, int | datetime] = {
        "center": center, "events": events, "used": used, "salt": 10 * day.toordinal(), "starts_at": _midnight(day),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(DAY, facts)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
