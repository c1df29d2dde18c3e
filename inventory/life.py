"""Whether an item is in stock: the plain facts. Lending decides what follows for plans, and calls these."""

from datetime import date

from inventory.models import Item
from inventory.models.item import Life
from people import journal
from people.models import User


def note_life(item: Item, life: Life, *, by: User | None, on: date | None = None) -> Item:
    """In stock, retired ``on`` a day, or lost. Noting the same again changes nothing."""
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.life != life:
        item.life = life
        item.retired_on = on if life == Life.RETIRED else None
        item.save(update_fields=["life", "retired_on"])
        journal.record("item.life_noted", item, by=by, life=str(life))
    return item


def note_kit(item: Item, kit: Item | None, *, by: User | None) -> Item:
    """Which kit the item lies in; None: in none."""
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    item.kit = kit
    item.save(update_fields=["kit"])
    journal.record("item.kit_noted", item, by=by, kit=kit.pk if kit else None)
    return item
