"""How an item is doing: its fitness, and how many of each part work. Lending decides what follows for plans."""

from collections.abc import Mapping

from django.db import transaction

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
    counted = dict(ItemPart.objects.filter(item=item).values_list("part_id", "working"))
    return {part: counted.get(part.pk, part.quantity) for part in Part.objects.filter(product=item.product_id)}


def is_complete_enough(item: Item) -> bool:
    """Whether every part reaches its minimum, or all of them where the product goes out only complete."""
    if item.product.is_only_complete:
        return all(number >= part.quantity for part, number in working_parts(item).items())
    return all(number >= part.minimum for part, number in working_parts(item).items())
