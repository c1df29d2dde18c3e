"""The counting rules a second time, in the words of a database: nothing is shared with licenses/counter/counting.py."""

from collections.abc import Iterable

from django.db import connection

from licenses.counter.clicks import Click

RULES = """
WITH clicks AS (
    SELECT medium, use, session, at, lead(at) OVER (PARTITION BY session, medium, use ORDER BY at) AS next_at
      FROM unnest(%(media)s::int[], %(uses)s::text[], %(sessions)s::text[], %(moments)s::timestamptz[])
           AS event (medium, use, session, at)
), stayed AS (
    SELECT medium, use, session, date_trunc('hour', at AT TIME ZONE %(zone)s) AS hour,
           date_trunc('month', at AT TIME ZONE %(zone)s)::date AS month
      FROM clicks
     WHERE next_at IS NULL OR next_at > at + interval '30 seconds'
), by_medium AS (
    SELECT medium, month,
           count(*) FILTER (WHERE use IN ('investigation', 'request')) AS "Total_Item_Investigations",
           count(*) FILTER (WHERE use = 'request') AS "Total_Item_Requests",
           count(DISTINCT (session, hour)) FILTER (WHERE use IN ('investigation', 'request'))
               AS "Unique_Item_Investigations",
           count(DISTINCT (session, hour)) FILTER (WHERE use = 'request') AS "Unique_Item_Requests",
           count(*) FILTER (WHERE use = 'no_license') AS "No_License",
           count(*) FILTER (WHERE use = 'limit_exceeded') AS "Limit_Exceeded"
      FROM stayed GROUP BY medium, month
)
SELECT medium, month, key, value::int FROM by_medium, jsonb_each(to_jsonb(by_medium) - 'medium' - 'month')
 WHERE value <> '0'
"""


def counted(clicks: Iterable[Click], *, zone: str) -> dict[tuple, int]:
    people = [click for click in clicks if not click.is_by_robot]
    with connection.cursor() as cursor:
        cursor.execute(
            RULES,
            {
                "media": [click.medium for click in people],
                "uses": [str(click.use) for click in people],
                "sessions": [click.session for click in people],
                "moments": [click.at for click in people],
                "zone": zone,
            },
        )
        return {(medium, month, metric): number for medium, month, metric, number in cursor.fetchall()}
