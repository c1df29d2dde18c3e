"""Another unit for a planned row, if nobody is harmed."""

from datetime import datetime

from inventory.models import Item
from lending.allocation import Claim
from lending.models import Allocation
from lending.planning import Planning, PlanOf, RefusalOf, extent


def swapped(row: Allocation, item: Item, now: datetime) -> tuple[Planning, PlanOf | RefusalOf]:
    """The plan with ``item`` pinned to ``row``; whoever is planned on it moves elsewhere, or it is refused."""
    planning = Planning.read(row.product, now)
    planning.forget(row)
    start, end = extent(row)
    claim = Claim(("row", row.pk, 0), max(start, now), end, current=item.pk, is_pinned=True)
    return planning, planning.admit([claim])
