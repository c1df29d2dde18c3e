"""The one gate through which every change of plan goes, and with it the one order of locks (DESIGN 3.6).

Products first, in id order, once and complete, before anything is inserted and before any loan is locked; then
reservations, lines, allocations, loans. Loan first beside a sweep deadlocked 11 times in 116; product first, never.
Behind the gate the centre's rules stand still, too (``fence``).
"""

from collections.abc import Iterable

from django.db import connection

from inventory.models import Item, Product
from lending import fence
from people.once import PlanMoved


def gate(products: Iterable[int]) -> dict[int, Product]:
    """Lock these products until the transaction ends; the freshly read rows by id.

    Raises PlanMoved if one of them is gone, so that the outermost transaction starts again with what is there now.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a gate outside a transaction guards nothing")
    wanted = set(products)
    locked = {product.pk: product for product in Product.objects.filter(pk__in=wanted).lock()}
    if locked.keys() != wanted:
        raise PlanMoved
    for center in sorted({product.center_id for product in locked.values()}):
        fence.share(center)
    return locked


def expect_behind(locked: Iterable[int], needed: Iterable[int]) -> None:
    """Raises PlanMoved if what was re-read behind the gate concerns a product that is not locked."""
    if not set(needed) <= set(locked):
        raise PlanMoved


def behind_its_gate(item: Item) -> tuple[Item, Product]:
    """``item``, read again behind the gate of its product, and that product.

    Raises PlanMoved if it has become a unit of another product meanwhile.
    """
    locked = gate({item.product_id})
    item = Item.objects.select_related("product").get(pk=item.pk)
    expect_behind(locked, {item.product_id})
    return item, locked[item.product_id]
