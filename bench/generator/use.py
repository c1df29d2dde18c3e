"""How often media were used in the twelve months before this one, and a program that may fetch reports."""

import hashlib
from datetime import datetime
from typing import Final

from django.db import connection

from bench.generator.accounts import HARVESTER_KEY, requestor
from bench.generator.sheets import Sheet
from bench.generator.sizes import Size
from licenses.models import Harvester, MonthlyUse

#: A school sees a handful of media often and most only once; what one sees the others like to see, too. One look in
#: eight is a pupil's; one in twenty is at something that the school has no licence for. Chance is a hash: the same for
#: the same rows.
USES: Final = """
WITH medium AS (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM licenses_medium WHERE center_id = %(center)s
), look AS (
    SELECT school.id AS institution, (date_trunc('month', %(now)s) - ago * interval '1 month')::date AS month, number,
           (hashint8extended(school.id * 100000 + ago * 1000 + number, 1) & 65535) / 65536.0 AS which,
           (hashint8extended(school.id * 100000 + ago * 1000 + number, 2) & 65535) / 65536.0 AS often
      FROM people_institution AS school, generate_series(1, 12) AS ago, generate_series(1, %(looks)s) AS number
     WHERE school.center_id = %(center)s AND school.kind = 'school'
), seen AS (
    SELECT DISTINCT ON (institution, medium.id, month, is_by_pupils)
           institution, medium.id AS medium, month, number %% 8 = 0 AS is_by_pupils, number %% 20 = 0 AS is_denied,
           1 + (12 * often ^ 4)::int AS often
      FROM look JOIN medium ON medium.place = floor(%(used)s * which ^ 2)
     ORDER BY institution, medium.id, month, is_by_pupils, number
)
INSERT INTO licenses_monthlyuse (
           center_id, institution_id, medium_id, is_by_pupils, month,
           total_investigations, unique_investigations, total_requests, unique_requests, no_license)
SELECT %(center)s, institution, medium, is_by_pupils, month, 2 * often, often, often, (often + 1) / 2, is_denied::int
  FROM seen ORDER BY month, institution, medium
"""


class Use:
    tables: Final = (MonthlyUse._meta.db_table,)

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.harvesters = Sheet(Harvester, "center", "name", "requestor_id", "digest", "created_at", now=now)
        self.sheets = [self.harvesters]

    def admit_harvester(self, center: int) -> None:
        digest = hashlib.sha256(HARVESTER_KEY.encode()).hexdigest()
        self.harvesters.add(center, "Statistik der Schulträger", requestor(center), digest, self.now)

    def count(self, center: int, size: Size) -> None:
        """Write what a centre counted whose schools and media are in the database."""
        facts: dict[str, int | datetime] = {"center": center, "now": self.now, "looks": size.looks, "used": size.used}
        with connection.cursor() as cursor:
            cursor.execute(USES, facts)
