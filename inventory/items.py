"""What the centre owns, unit by unit: created, described, moved.

These verbs describe. Whatever takes capacity away or gives it back (retiring, losing, repairing, another product) is
a verb of lending, which plans again and calls the plain change here or in ``inventory.fitness``.
"""

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import transaction

from inventory import labels
from inventory.errors import AssetNumberIsTaken, TooMany
from inventory.models import Item, ItemPart, Location, Product
from leihwerk.constraints import refusing
from people import journal
from people.models import User

MOST_AT_ONCE: Final = 200
DESCRIBED: Final = frozenset(
    {"asset_number", "serial_number", "location", "owner", "cost_center", "invoice", "funding", "bound_until"}
    | {"acquired_on", "price", "wear", "note"}
)
_COUNTED: Final = re.compile(r"(.*?)([0-9]{0,12})")


@transaction.atomic
def add(product: Product, *, count: int = 1, first_number: str = "", by: User, **facts: Any) -> list[Item]:
    """``count`` units of ``product`` that are alike, with labels, numbered on from ``first_number`` ("MZ-0101").

    Raises TooMany beyond 200, and AssetNumberIsTaken with the numbers that are; then nothing is created.
    """
    _ask_known(facts)
    if not 1 <= count <= MOST_AT_ONCE:
        raise TooMany(most=MOST_AT_ONCE)
    numbers = numbers_from(first_number, count)
    taken = Item.objects.filter(center=product.center_id, asset_number__in=numbers)
    if taken:
        raise AssetNumberIsTaken(numbers=", ".join(map(str, taken)))
    with refusing("asset_number_is_used_once", AssetNumberIsTaken(numbers=", ".join(numbers))):
        items = Item.objects.bulk_create(
            Item(center_id=product.center_id, product=product, asset_number=number, **facts)
            for number in numbers or itertools.repeat(None, count)
        )
    for item in items:
        journal.record("item.created", item, by=by, product=product.pk)
    labels.issue_all(items, by=by)
    return items


@transaction.atomic
def edit(item: Item, *, by: User, **facts: Any) -> Item:
    """Describe ``item`` anew. Raises AssetNumberIsTaken."""
    _ask_known(facts)
    item = Item.objects.lock().get(pk=item.pk)
    changed = sorted(name for name, value in facts.items() if getattr(item, name) != value)
    if not changed:
        return item
    for name in changed:
        setattr(item, name, facts[name])
    with refusing("asset_number_is_used_once", AssetNumberIsTaken(numbers=item.asset_number)):
        item.save(update_fields=changed)
    journal.record("item.changed", item, by=by, fields=changed)
    return item


@transaction.atomic
def move(items: Iterable[Item], *, to: Location | None, by: User) -> list[Item]:
    """``to`` is where ``items`` are at home from now on; answers those that were not there already."""
    locked = Item.objects.filter(pk__in=[item.pk for item in items]).lock()
    moved = [item for item in locked if item.location_id != (to.pk if to else None)]
    for item in moved:
        item.location = to
    Item.objects.bulk_update(moved, ["location"])
    for item in moved:
        journal.record("item.moved", item, by=by, location=item.location_id)
    return moved


@transaction.atomic
def recatalogue(item: Item, *, product: Product, by: User) -> Item:
    """The unit is one of ``product`` from now on; counts by its former packing list are forgotten."""
    item = Item.objects.lock().get(pk=item.pk)
    former, item.product = item.product_id, product
    item.save(update_fields=["product"])
    ItemPart.objects.filter(item=item).delete()
    journal.record("item.recatalogued", item, by=by, former=former, product=product.pk)
    return item


def numbers_from(first: str, count: int) -> list[str]:
    """``count`` numbers on from ``first``: the digits at its end count up and keep their width. None without it.

    >>> numbers_from("MZ-0099", 2)
    ['MZ-0099', 'MZ-0100']
    """
    first = first.strip()
    stem, digits = _COUNTED.fullmatch(first).groups()  # type: ignore[union-attr]  # it matches every single line
    if not first or (not digits and count == 1):
        return [first] if first else []
    if not digits:
        return numbers_from(f"{first}-1", count)
    return [f"{stem}{int(digits) + step:0{len(digits)}d}" for step in range(count)]


def _ask_known(facts: Mapping[str, Any]) -> None:
    unknown = facts.keys() - DESCRIBED
    if unknown:
        raise TypeError(f"not a fact that describes an item: {', '.join(sorted(unknown))}")
