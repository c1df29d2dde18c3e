"""What happened at the desks for years, is out now, and is promised: feasible by construction, item by item."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from heapq import heapify, heappop, heappush
from random import Random
from typing import Final

from bench.generator.days import Days
from bench.generator.stock import Goods

CYCLE: Final = 18
"""Days from one loan of a unit to its next; it is out for about half of them."""
AHEAD: Final = 100
"""Days for which plans are made."""
LATE: Final = 0.12
RETURNS_LATE: Final = 6
IN_REPAIR: Final = 0.1
REPAIR: Final = range(-2, 6)


class Phase(Enum):
    PAST = "past"
    OUT = "out"
    LATE = "late"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Deal:
    """One product in some units for some days: a line to be, or a walk-in."""

    starts: int
    ends: int
    product: int
    items: list[int]
    phase: Phase


def years(now: datetime, goods: list[Goods], rows: int) -> Days:
    """The days that ``rows`` allocations of these goods need."""
    span = rows * CYCLE // sum(len(it.items) for it in goods)
    return Days(now, back=span + 60, ahead=AHEAD + 365)


def deals(goods: list[Goods], rows: int, days: Days, random: Random) -> list[Deal]:
    """``rows`` allocations of one centre as deals, in order of time."""
    units = sum(len(it.items) for it in goods)
    made: list[Deal] = []
    before = 0
    for it in goods:
        upto = before + len(it.items)
        share = rows * upto // units - rows * before // units
        made += _deals_of(it, share, days, random)
        before = upto
    return sorted(made, key=lambda deal: (deal.starts, deal.product))


def _deals_of(goods: Goods, rows: int, days: Days, random: Random) -> Iterator[Deal]:
    """Whoever comes next gets the units that have been free for longest."""
    span = rows * CYCLE / len(goods.items)
    first = AHEAD - span
    free = [(int(first), item) for item in goods.items]
    heapify(free)
    done = 0
    while done < rows:
        quantity = min(random.choice((1, 1, 1, 2, 2, 3)), len(goods.items), rows - done)
        picked = [heappop(free) for _ in range(quantity)]
        nominal = int(first + span * done / rows) + random.randrange(4)
        starts = days.working(max(nominal, *(since for since, _ in picked)))
        ends = days.working(starts + random.randint(2, 14))
        phase = _phase(starts, ends, days, random)
        until = days.reached + RETURNS_LATE if phase is Phase.LATE else ends
        for _, item in picked:
            heappush(free, (until, item))
        yield Deal(starts, ends, goods.product, [item for _, item in picked], phase)
        done += quantity


def _phase(starts: int, ends: int, days: Days, random: Random) -> Phase:
    if starts > days.reached:
        return Phase.COMING
    if ends > days.reached:
        return Phase.OUT
    is_late = ends > days.reached - RETURNS_LATE and random.random() < LATE
    return Phase.LATE if is_late else Phase.PAST


def broken(goods: list[Goods], made: list[Deal], days: Days, random: Random) -> list[tuple[int, int]]:
    """Product and item of the few that are in repair: nobody was promised them meanwhile."""
    first, last = days.reached + REPAIR.start, days.reached + REPAIR.stop
    busy = {item for deal in made if deal.starts < last and deal.ends > first - RETURNS_LATE for item in deal.items}
    idle = [(it.product, item) for it in goods for item in it.items if item not in busy]
    return [pair for pair in idle if random.random() < IN_REPAIR]
