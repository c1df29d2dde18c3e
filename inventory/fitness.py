"""How an item is doing: its fitness, and how many of each part work. Lending decides what follows for plans."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from inventory.models import Item, ItemPart, Part
from inventory.models.item import Fitness
from people import journal
from people.models import User


@transaction.atomic
def note_fitness(item: Item, fitness: Fitness, *, by: User | None) -> Item:
    """Write down the state an item is in. Noting the same state again changes nothing."""
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.fitness != fitness:
        item.fitness = fitness
        item.save(update_fields=["fitness"])
        journal.record("item.fitness_noted", item, by=by, fitness=str(fitness))
    return item


@transaction.atomic
def count_parts(item: Item, working: Mapping[Part, int], *, by: User | None) -> None:
    """Write down how many of each part work now ("7 von 8")."""
    for part, number in working.items():
        ItemPart.objects.update_or_create(item=item, part=part, defaults={"working": number})
    journal.record(
        "item.parts_counted", item, by=by, parts=[part.pk for part in working], working=list(working.values())
    )


def working_parts(item: Item) -> dict[Part, int]:
    """How many of each part of the packing list work: all of them where nothing else was counted."""
    return working_parts_of([item])[item.pk]


def working_parts_of(items: Sequence[Item]) -> dict[int, dict[Part, int]]:
    """The same for each of many, by its id, in two queries."""
    rows = ItemPart.objects.filter(item__in=items).values_list("item_id", "part_id", "working")
    counted = {(item, part): working for item, part, working in rows}
    packed = defaultdict(list)
    for part in Part.objects.filter(product__in={item.product_id for item in items}):
        packed[part.product_id].append(part)
    return {
        item.pk: {part: counted.get((item.pk, part.pk), part.quantity) for part in packed[item.product_id]}
        for item in items
    }


def is_complete_enough(item: Item) -> bool:
    """Whether every part reaches its minimum, or all of them where the product goes out only complete."""
    if item.product.is_only_complete:
        return all(number >= part.quantity for part, number in working_parts(item).items())
    return all(number >= part.minimum for part, number in working_parts(item).items())


@dataclass(frozen=True)
class Pieces:
    """How much of the part that makes a case works in one item: "7 von 8 VR-Brillen"."""

    part: str
    working: int
    quantity: int

    def __str__(self) -> str:
        return _("{working} von {quantity} {part}").format(working=self.working, quantity=self.quantity, part=self.part)


def main_parts(products: Iterable[int]) -> dict[int, Part]:
    """By product id, the part of which most belong in and some may be missing; products without one are left out."""
    loose = Part.objects.filter(product__in=set(products), minimum__gte=1, minimum__lt=F("quantity"))
    return {part.product_id: part for part in loose.order_by("quantity", "-position")}


def pieces_of(items: Iterable[Item]) -> dict[int, Pieces]:
    """By item id, how much of its product's main part works; items without one are left out.

    Two queries for any number of items.
    """
    items = list(items)
    parts = main_parts(item.product_id for item in items)
    counted = ItemPart.objects.filter(item__in=items, part__in=parts.values())
    working = {row.item_id: row.working for row in counted}
    return {
        item.pk: Pieces(its.name, working.get(item.pk, its.quantity), its.quantity)
        for item in items
        if (its := parts.get(item.product_id))
    }
