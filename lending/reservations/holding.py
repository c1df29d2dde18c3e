"""Holding: every line gets all its units behind the gate, or nothing is written."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from lending.allocation import Claim, Refusal
from lending.gate import gate
from lending.models import Line
from lending.planning import Planning, PlanOf, allocate, extent
from lending.ways_out import refuse


def hold(lines: Sequence[Line], *, now: datetime, write: Callable[[], None]) -> None:
    """Plan units for ``lines``; ``write`` saves them when it is certain that they can be served.

    Raises NotAvailable, PartlyAvailable or PlanningUndecided.
    """
    locked = gate(line.product_id for line in lines)
    by_product: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        by_product[line.product_id].append(number)

    plans: list[tuple[Planning, PlanOf]] = []
    for pk, numbers in by_product.items():
        planning = Planning.read(locked[pk], now)
        claims = [
            Claim(("new", number, unit), *extent(lines[number]))
            for number in numbers
            for unit in range(lines[number].quantity)
        ]
        answer = planning.admit(claims)
        if isinstance(answer, Refusal):
            refuse(answer, [lines[number] for number in numbers], planning)
        plans.append((planning, answer))

    write()
    for planning, answer in plans:
        with planning.writing(answer):
            served = answer.assignments.items()
            allocate(((lines[number], item) for (kind, number, _), item in served if kind == "new"), now)
