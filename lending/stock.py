"""What takes capacity away or gives it back: retiring, losing, finding, kits, another product (DESIGN section 1).

Each re-plans at once: who was promised the unit gets another one, or is short with the reason.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inventory import items, life
from inventory.models import Item, Product
from inventory.models.item import Life
from lending.gate import behind_its_gate, expect_behind, gate
from lending.models import Allocation, Loan
from lending.planning import Planning, settle
from lending.refusals import ForeignThing, ItemIsBound, ItemIsOut
from people import journal, letters
from people.models import User


@transaction.atomic
def retire(item: Item, *, by: User, is_released: bool = False, now: datetime | None = None) -> Item:
    """Take an item out of stock for good. Raises ItemIsOut, and ItemIsBound while its funding binds it, unless
    ``is_released``: somebody has the funder's word."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    if item.bound_until and item.bound_until > today and not is_released:
        raise ItemIsBound(item=str(item), bound_until=item.bound_until)
    item = _in_the_house(item)
    _without(item, lambda: life.note_life(item, Life.RETIRED, by=by, on=today), reason="retired", now=now)
    journal.record("item.retired", item, by=by, is_released=is_released)
    return Item.objects.get(pk=item.pk)


@transaction.atomic
def lose(item: Item, *, by: User, now: datetime | None = None) -> Item:
    """Nobody knows where it is. A loan stays with the institution, marked as lost; its letters stop."""
    now = now or timezone.now()
    _without(item, lambda: life.note_life(item, Life.LOST, by=by), reason="lost", now=now)
    for loan in Loan.objects.open().filter(item=item).lock():
        loan.lost_at = now
        loan.save(update_fields=["lost_at"])
        letters.withdraw(loan)
    journal.record("item.lost", item, by=by)
    return Item.objects.get(pk=item.pk)


@transaction.atomic
def find_again(item: Item, *, by: User | None, now: datetime | None = None) -> Item:
    """A lost or retired item is in stock again, and serves whoever is short."""
    item, product = behind_its_gate(item)
    found = life.note_life(item, Life.ACTIVE, by=by)
    journal.record("item.found", item, by=by)
    settle(product, now or timezone.now())
    return found


@transaction.atomic
def put_into_kit(item: Item, *, kit: Item, by: User, now: datetime | None = None) -> Item:
    """From now on the item goes out with its kit only. Raises ItemIsOut and ForeignThing."""
    products = gate({item.product_id, kit.product_id})
    kit = read_again(kit)
    expect_behind(products, {kit.product_id})
    if kit.center_id != item.center_id or kit.kit_id is not None or kit.pk == item.pk:
        raise ForeignThing
    item = _in_the_house(item)
    _without(item, lambda: life.note_kit(item, kit, by=by), reason="put_into_kit", now=now or timezone.now())
    return Item.objects.get(pk=item.pk)


@transaction.atomic
def take_out_of_kit(item: Item, *, by: User, now: datetime | None = None) -> Item:
    """The item can be lent on its own again."""
    item, product = behind_its_gate(item)
    taken = life.note_kit(item, None, by=by)
    settle(product, now or timezone.now())
    return taken


@transaction.atomic
def recatalogue(item: Item, *, product: Product, by: User, now: datetime | None = None) -> Item:
    """The unit is one of ``product`` from now on. Raises ItemIsOut and ForeignThing."""
    now = now or timezone.now()
    if product.center_id != item.center_id:
        raise ForeignThing
    products = gate({item.product_id, product.pk})
    item = _in_the_house(item)
    _without(item, lambda: _rename_rows(item, product, by), reason="recatalogued", now=now)
    settle(products[product.pk], now)
    return Item.objects.get(pk=item.pk)


def read_again(kit: Item) -> Item:
    """As it is behind the gate: it may have been put into another one meanwhile, or into what is put into it."""
    return Item.objects.get(pk=kit.pk)


def _in_the_house(item: Item) -> Item:
    """The item behind its product's gate, read again, so that nobody hands it over meanwhile. Raises ItemIsOut."""
    item, _product = behind_its_gate(item)
    loan = Loan.objects.open().filter(item=item).select_related("institution").first()
    if loan is not None:
        raise ItemIsOut(item=str(item), institution=str(loan.institution))
    return item


def _rename_rows(item: Item, product: Product, by: User) -> None:
    """What still holds the item (an outage, a turnaround) goes along to the new product."""
    holding = list(Allocation.objects.holding().filter(item=item).values_list("pk", flat=True))
    rows = Allocation.objects.filter(pk__in=holding)
    rows.update(holds=False)
    items.recatalogue(item, product=product, by=by)
    rows.update(product=product, holds=True)


def _without(item: Item, change: Callable[[], Any], *, reason: str, now: datetime) -> None:
    """Plan as if ``item`` were not there, make ``change``, and let the others move up."""
    item, product = behind_its_gate(item)
    planning = Planning.read(product, now)
    planning.items = [pk for pk in planning.items if pk != item.pk]
    with planning.writing(planning.settle(), reason=reason):
        change()
