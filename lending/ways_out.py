"""A refusal explains itself and offers a way out (DESIGN 3.5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NoReturn

from inventory.models import Product
from lending import availability
from lending.allocation import next_free
from lending.calendars import days_after
from lending.due_dates import local_day, shifted
from lending.models import Line
from lending.planning import Planning, RefusalOf
from lending.refusals import NotAvailable, PartlyAvailable, PlanningUndecided

DAYS_AHEAD: Final = 120
SIMILAR: Final = 3


def refuse(answer: RefusalOf, lines: Sequence[Line], planning: Planning) -> NoReturn:
    """Say no to ``lines`` of one product. Raises NotAvailable, PartlyAvailable or PlanningUndecided."""
    if answer.is_undecided:
        raise PlanningUndecided
    line = lines[0]
    available = sum(1 for kind, number, _ in answer.admissible if kind == "new" and number == answer.admissible[0][1])
    later = _later(line, planning)
    ways: list[Mapping[str, Any]] = []
    if later:
        ways.append({"kind": "later", "product": line.product_id, "starts_at": later[0], "ends_at": later[1]})
    if available:
        ways.append({"kind": "fewer", "product": line.product_id, "quantity": available})
    ways.extend(
        {"kind": "similar", "product": product.pk, "name": product.name} for product in similar(line, planning.now)
    )
    refusal = PartlyAvailable if available else NotAvailable
    raise refusal(
        alternatives=ways,
        product=planning.product.name,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        quantity=line.quantity,
        available=available,
        capacity=len(planning.items),
        reasons=availability.reasons(planning.product, line.blocked.lower, line.blocked.upper, planning.now),
        next_free=later[0] if later else None,
    )


def similar(line: Line, now: datetime) -> list[Product]:
    """Listed products of the same category that have as many free in the same period."""
    product = line.product
    others = Product.objects.listed().filter(category=product.category_id, kind=product.kind).exclude(pk=product.pk)
    found = availability.free(others.values_list("pk", flat=True), line.blocked.lower, line.blocked.upper)
    return [other for other in others if found[other.pk].available >= line.quantity][:SIMILAR]


def _later(line: Line, planning: Planning) -> tuple[datetime, datetime] | None:
    """The first later period, on open days and at the same times of day, in which the whole line would be served."""
    lower, upper = line.blocked.lower, line.blocked.upper
    periods = ((shifted(lower, days), shifted(upper, days)) for days in days_after(line, DAYS_AHEAD))
    older = list(planning.claims.values())
    found = next_free(planning.items, planning.taken, older, periods, line.quantity, planning.now)
    if found is None:
        return None
    days = (local_day(found[0]) - local_day(lower)).days
    return shifted(line.starts_at, days), shifted(line.ends_at, days)
