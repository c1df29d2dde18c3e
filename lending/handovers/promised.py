from collections.abc import Collection
from datetime import datetime

from inventory.models import Item
from leihwerk.errors import DomainError
from lending.models import Allocation, AllocationKind
from lending.planning import Planning
from lending.refusals import ItemIsPromised, PlanningUndecided


def promised_to(item: Item, until: datetime, planning: Planning, *, but: Collection[int]) -> DomainError:
    """The refusal to lend ``item`` until then: for whom it is kept, and which units could go out instead. ``but``: the
    plans that are being fulfilled."""
    kept = (
        Allocation.objects.holding()
        .exclude(pk__in=but)
        .filter(product=item.product_id, kind=AllocationKind.PLAN, blocked__overlap=(planning.now, until))
        .select_related("line__reservation__institution")
        .order_by("blocked")
    )
    row = kept.filter(item=item).first() or kept.first()
    if row is None or row.line is None:
        return PlanningUndecided()
    return ItemIsPromised(
        item=str(item),
        institution=str(row.line.reservation.institution),
        starts_at=row.line.starts_at,
        alternatives=[{"kind": "instead", "item": pk, "name": name} for pk, name in _instead(planning, until)],
    )


def _instead(planning: Planning, until: datetime) -> list[tuple[int, str]]:
    """Up to three units of the product that nobody needs before ``until``."""
    taken = {
        it.item for it in planning.fixed.values() if it.start < until and (it.end is None or it.end > planning.now)
    } | {it.current for it in planning.claims.values() if it.start < until}
    free = Item.objects.filter(pk__in=[pk for pk in planning.items if pk not in taken]).select_related("product")
    return [(item.pk, str(item)) for item in free[:3]]
