"""What explains a refusal beside the plan: who stands in the way, which days are open, what is alike."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Final

from inventory.models import Product
from inventory.models.product import ProductQuerySet
from lending import availability
from lending.allocation import Outlook
from lending.asking import Asked
from lending.availability import Reason
from lending.calendars import calendar_of, days_after
from lending.due_dates import Calendar
from lending.models import Allocation, Line
from lending.planning import Planning

DAYS_AHEAD: Final = 120
SIMILAR: Final = 3
MOST_ALIKE: Final = 30


class Surroundings:
    """Of ``lines`` that may be refused, one after the other; each thing read once, when it is asked for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._rows: dict[int, list[Allocation]] = {}

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.lines[0].product.center)

    def reasons(self, line: Line, asked: Asked) -> list[Reason]:
        """Why not more of ``line`` can be had; what was granted in the same act is taken, too."""
        if line.product_id not in self._rows:
            alike = [it.blocked for it in self.lines if it.product_id == line.product_id]
            span = min(it.lower for it in alike), max(it.upper for it in alike)
            self._rows[line.product_id] = availability.standing_in_the_way(line.product, *span)
        rows = [*self._rows[line.product_id], *asked.rows()]
        return availability.reasons(rows, line.blocked.lower, line.blocked.upper, asked.planning.now)

    def days_for(self, lines: Iterable[Line]) -> list[int]:
        """Days by which every one of ``lines`` could be put off."""
        return sorted(set.intersection(*(set(days_after(line, DAYS_AHEAD, self.calendar)) for line in lines)))

    def similar(self, line: Line, quantity: int) -> list[Product]:
        return similar(line, quantity)


class SurroundingsOfMany(Surroundings):
    """Of the dates of a series, many of which may be refused: what is alike is read once for all of them."""

    def __init__(self, lines: Sequence[Line], now: datetime) -> None:
        super().__init__(lines)
        self.now = now
        self._alike: dict[int, list[tuple[Product, Outlook[datetime]]]] = {}

    def similar(self, line: Line, quantity: int) -> list[Product]:
        if line.product_id not in self._alike:
            others = list(alike(line.product)[:MOST_ALIKE])
            plans = Planning.read_all(others, self.now)
            self._alike[line.product_id] = [(other, plans[other.pk].outlook()) for other in others]
        periods = [(line.blocked.lower, line.blocked.upper)] * quantity
        return [other for other, its in self._alike[line.product_id] if its.has_room_for(periods)][:SIMILAR]


def alike(product: Product) -> ProductQuerySet:
    others = Product.objects.listed().exclude(pk=product.pk)
    return others.filter(category=product.category_id, kind=product.kind)


def similar(line: Line, quantity: int) -> list[Product]:
    """Listed products of the same category that have as many free in the same period."""
    others = alike(line.product)
    found = availability.free(others.values_list("pk", flat=True), line.blocked.lower, line.blocked.upper)
    return [other for other in others if found[other.pk].available >= quantity][:SIMILAR]
