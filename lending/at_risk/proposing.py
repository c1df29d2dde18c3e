"""What would help a line at risk: another unit, fewer, other days, something similar. One click each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inventory.fitness import pieces_of
from inventory.models import Item
from lending.allocation import Plan, Refusal
from lending.asking import Asked
from lending.at_risk.looking import AtRisk
from lending.at_risk.swapping import swapped
from lending.models import Allocation, AllocationKind, Line
from lending.planning import Planning
from lending.refusals import NotAvailable, PlanningUndecided
from lending.surroundings import similar
from lending.ways_out import refuse


@dataclass(frozen=True)
class Proposal:
    """``kind`` is swap, fewer, later or similar; the others hold what that needs.

    ``row`` and ``item``: this planned row gets that item. ``quantity``: the line does with so many. ``starts_at``,
    ``ends_at``: the whole line then. ``product`` with ``quantity``: so many of that take the place of what is missing.
    """

    kind: str
    row: int | None = None
    item: Item | None = None
    quantity: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    product: int | None = None
    name: str = ""

    @property
    def key(self) -> str:
        """The same proposal has the same key when it is worked out again."""
        item = self.item.pk if self.item else None
        facts = (self.kind, self.row, item, self.quantity, self.starts_at, self.product)
        return ":".join("" if fact is None else str(fact) for fact in facts)


def proposals(risk: AtRisk, now: datetime) -> list[Proposal]:
    """Best first. Asks without locking: what has changed meanwhile is refused when it is clicked."""
    return [*_other_units(risk, now), *(_ways_out(risk.line, now) if risk.missing else ())]


def _other_units(risk: AtRisk, now: datetime) -> Iterator[Proposal]:
    """For each row with too few pieces, the first unit that has enough and could be swapped in."""
    for row, _there in risk.too_few:
        units = list(Item.objects.lendable().filter(product=row.product_id).exclude(pk=row.item_id))
        pieces = pieces_of(units)
        enough = [unit for unit in units if unit.pk in pieces and pieces[unit.pk].working >= (risk.line.pieces or 0)]
        for unit in sorted(enough, key=lambda it: (pieces[it.pk].working, it.pk)):
            if not isinstance(swapped(row, unit, now)[1], Refusal):
                yield Proposal("swap", row=row.pk, item=unit, name=f"{unit} ({pieces[unit.pk]})")
                break


def _ways_out(line: Line, now: datetime) -> Iterator[Proposal]:
    """What a refusal of the whole line would offer."""
    rows = list(Allocation.objects.holding().filter(line=line, kind=AllocationKind.PLAN))
    asked = Asked(Planning.read(line.product, now))
    asked.want_anew(line, rows, len(rows) + line.shortfall)
    answer = asked.answer()
    if isinstance(answer, Plan):
        return  # it is about to heal
    try:
        refuse([line], {line.product_id: asked}, {line.product_id: answer})
    except NotAvailable as refusal:
        yield from (_of(way) for way in refusal.alternatives if way["kind"] in {"later", "fewer"})
    except PlanningUndecided:
        pass
    for product in similar(line, line.shortfall):
        yield Proposal("similar", product=product.pk, quantity=line.shortfall, name=product.name)


def _of(way: Mapping[str, Any]) -> Proposal:
    if way["kind"] == "later":
        return Proposal("later", starts_at=way["starts_at"], ends_at=way["ends_at"])
    return Proposal("fewer", quantity=way["quantity"])
