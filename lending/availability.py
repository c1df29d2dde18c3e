"""Free or not: capacity less the peak of what holds, for a whole catalogue in one query or for one product in steps.

An upper bound where units are fixed in the future (DESIGN 3.4): the catalogue shows it, the booking decides.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inventory.models import Product
from lending.allocation import Step, free_steps
from lending.models import Allocation, AllocationKind
from lending.planning import Planning


@dataclass(frozen=True)
class Free:
    """``capacity`` lendable units, of which ``available`` are free at every moment of the period asked for."""

    capacity: int
    available: int


@dataclass(frozen=True)
class Reason:
    """Why units are not free: ``count`` of them, ``code`` one of loan, overdue, outage, plan, shortfall.

    Never says who has them: others see busy, not who.
    """

    code: str
    count: int

    def __str__(self) -> str:
        return str(_REASONS[self.code]).format(n=self.count)


_REASONS: Final = {
    "plan": _("{n} reserviert"),
    "loan": _("{n} ausgeliehen"),
    "overdue": _("{n} noch nicht zurück"),
    "outage": _("{n} in Reparatur oder gesperrt"),
}

# Overlapping rows of one unit (a defect entered while it is out) count once: range_agg. A unit that ends where
# another begins is free in between: ends sort before starts.
CAPACITY_LESS_PEAK: Final = """
WITH units AS (
    SELECT product_id, count(*) AS capacity FROM inventory_item
    WHERE lendable AND product_id = ANY(%(products)s::bigint[]) GROUP BY product_id
), taken AS (
    SELECT row.product_id, unnest(range_agg(row.blocked * tstzrange(%(start)s, %(end)s))) AS period
    FROM lending_allocation AS row JOIN inventory_item AS item ON item.id = row.item_id AND item.lendable
    WHERE row.holds AND row.product_id = ANY(%(products)s::bigint[]) AND lower(row.blocked) < %(end)s
      AND (upper(row.blocked) > %(start)s OR upper_inf(row.blocked))
    GROUP BY row.product_id, row.item_id
    UNION ALL
    SELECT line.product_id, line.blocked * tstzrange(%(start)s, %(end)s)
    FROM lending_line AS line CROSS JOIN generate_series(1, line.shortfall)
    WHERE line.shortfall > 0 AND line.product_id = ANY(%(products)s::bigint[])
      AND line.blocked && tstzrange(%(start)s, %(end)s)
), changes AS (
    SELECT product_id, lower(period) AS at, 1 AS change FROM taken
    UNION ALL
    SELECT product_id, upper(period), -1 FROM taken
), peaks AS (
    SELECT product_id, max(used) AS peak FROM (
        SELECT product_id, sum(change) OVER (PARTITION BY product_id ORDER BY at, change) AS used FROM changes
    ) AS running GROUP BY product_id
)
SELECT product_id, capacity, greatest(0, capacity - coalesce(peak, 0))
FROM units LEFT JOIN peaks USING (product_id)
"""


def free(products: Iterable[int], start: datetime, end: datetime) -> dict[int, Free]:
    """Capacity and what is free of each product throughout ``[start, end)``, by product id, in one query."""
    ids = list(products)
    if not ids:
        return {}
    listed = f"{{{','.join(map(str, ids))}}}"  # psycopg takes 1.5 ms to write three lists of 500
    with connection.cursor() as cursor:
        cursor.execute(CAPACITY_LESS_PEAK, {"products": listed, "start": start, "end": end})
        found = {product: Free(capacity, available) for product, capacity, available in cursor.fetchall()}
    return {product: found.get(product, Free(0, 0)) for product in ids}


def steps(product: Product, start: datetime, end: datetime, now: datetime | None = None) -> list[Step[datetime]]:
    """How many units are free when, from ``start`` (not before now) to ``end``, without gaps."""
    planning = Planning.read(product, now or timezone.now())
    whole = free_steps(planning.items, planning.taken, list(planning.claims.values()), planning.now)
    return [
        Step(max(step.start, start), end if step.end is None else min(step.end, end), step.free)
        for step in whole
        if step.start < end and (step.end is None or step.end > start)
    ]


def standing_in_the_way(product: Product, start: datetime, end: datetime) -> list[Allocation]:
    """The rows of lendable units of ``product`` that meet ``[start, end)``. One query."""
    rows = Allocation.objects.holding().filter(product=product, blocked__overlap=(start, end), item__lendable=True)
    return list(rows.select_related("loan"))


def reasons(rows: Iterable[Allocation], start: datetime, end: datetime, now: datetime) -> list[Reason]:
    """What stands in the way in ``[start, end)`` where it is tightest, most weighty first."""
    rows = [row for row in rows if row.blocked.lower < end and (row.blocked.upper or end) > start]
    moments = {start, *(row.blocked.lower for row in rows if row.blocked.lower > start)}
    tightest = max(
        ([row for row in rows if moment in row.blocked] for moment in sorted(moments)),
        key=lambda there: len({row.item_id for row in there}),
    )
    by_item = {row.item_id: _code(row, now) for row in sorted(tightest, key=lambda row: row.kind == "outage")}
    return [Reason(code, count) for code, count in Counter(by_item.values()).most_common()]


def _code(row: Allocation, now: datetime) -> str:
    if row.kind == AllocationKind.LOAN and row.loan.is_overdue(now):
        return "overdue"
    return row.kind


__all__ = ["Free", "Reason", "Step", "free", "reasons", "steps"]
