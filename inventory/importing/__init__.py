"""Take over an inventory list: items with their products, packing lists, locations and labels.

The inventory number is the natural key. A file creates and describes: what takes capacity away from promises that were
made (another product, retiring, a loss) or says that a repair is over is a verb of lending, and only hinted at here.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from inventory import labels
from inventory.errors import AssetNumberIsTaken
from inventory.importing.columns import FIELDS
from inventory.importing.planning import Plan
from inventory.models import Category, Item, ItemPart, Location, Part, Product
from leihwerk.constraints import refusing
from leihwerk.tables import Importer, Matched, Report, read_watched
from leihwerk.tables.importers import unwatched
from people import journal
from people.models import Center, User

__all__ = ["INVENTORY", "check", "run"]

BATCH: Final = 1000


def check(
    matched: Matched,
    *,
    center: Center,
    today: date | None = None,
    progress: Callable[[int, int], None] = unwatched,
) -> Report:
    """Say what ``run`` would do, and write nothing. Raises ColumnsAreMissing."""
    return Plan(center, today or timezone.localdate(), [*read_watched(matched, FIELDS, progress)]).draw().report


@transaction.atomic
def run(
    matched: Matched,
    *,
    center: Center,
    by: User | None,
    today: date | None = None,
    progress: Callable[[int, int], None] = unwatched,
) -> Report:
    """Write the good rows in one transaction. Raises ColumnsAreMissing, AssetNumberIsTaken (somebody was quicker)."""
    records = [*read_watched(matched, FIELDS, progress)]
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    plan = Plan(center, today or timezone.localdate(), records).draw()
    _write(plan, by=by)
    plan.report.is_applied = True
    counts: dict[str, Any] = {**plan.report.counts}
    journal.record("items.imported", center, by=by, **counts)
    return plan.report


def _write(plan: Plan, *, by: User | None) -> None:
    Category.objects.bulk_create(plan.categories.new, batch_size=BATCH)
    Location.objects.bulk_create(plan.locations.new, batch_size=BATCH)
    Product.objects.bulk_create(plan.products.new, batch_size=BATCH)
    Part.objects.bulk_create(plan.lists.new, batch_size=BATCH)
    with refusing("asset_number_is_used_once", AssetNumberIsTaken(numbers="…")):
        Item.objects.bulk_create(plan.new, batch_size=BATCH)
    alike: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item, columns in plan.changed:
        alike[columns].append(item)
    for columns, items in alike.items():
        Item.objects.bulk_update(items, columns, batch_size=BATCH)
    ItemPart.objects.bulk_create(
        plan.lists.counted,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["item", "part"],
        update_fields=["working", "checked_at"],
    )
    journal.record_all("item.created", ((item, {"product": item.product_id}) for item in plan.new), by=by)
    journal.record_all("item.changed", ((item, {"fields": list(columns)}) for item, columns in plan.changed), by=by)
    labels.issue_all(plan.new, by=by)


INVENTORY: Final = Importer(FIELDS, check, run)
