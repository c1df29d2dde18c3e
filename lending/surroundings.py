"""What explains a refusal beside the plan: who stands in the way, which days are open, what is alike."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from inventory.models import Product
from lending import availability
from lending.asking import Asked
from lending.availability import Reason
from lending.calendars import calendar_of, days_after
from lending.due_dates import Calendar
from lending.models import Allocation, Line

DAYS_AHEAD: Final = 120
SIMILAR: Final = 3


class Surroundings:
    """Of ``lines`` that may be refused, one after the other; each thing read once, when it is asked for.

    Of many at once nobody is offered similar products: one date of a series with another room is not that series.
    """

    def __init__(self, lines: Sequence[Line], *, offers_similar: bool = True) -> None:
        self.lines, self.offers_similar = lines, offers_similar
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
        return similar(line, quantity) if self.offers_similar else []


def similar(line: Line, quantity: int) -> list[Product]:
    """Listed products of the same category that have as many free in the same period."""
    product = line.product
    others = Product.objects.listed().filter(category=product.category_id, kind=product.kind).exclude(pk=product.pk)
    found = availability.free(others.values_list("pk", flat=True), line.blocked.lower, line.blocked.upper)
    return [other for other in others if found[other.pk].available >= quantity][:SIMILAR]
