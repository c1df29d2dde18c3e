"""What planning must answer, found by trying everything; and small worlds to try it on.

Moments are whole numbers here. The oracle shares no code with the planner.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st

from lending.allocation import Claim, Fixed, Plan

FOREVER = 10_000

#: A bounded number by default; ``PLANNER_EXAMPLES=20000`` for a night.
proven = settings(max_examples=int(os.environ.get("PLANNER_EXAMPLES", "150")), deadline=None)

Range = tuple[int, int]


@dataclass(frozen=True)
class World:
    items: list[int]
    fixed: list[Fixed[int]]
    claims: list[Claim[int, int]]
    now: int

    def plan_on(self, plan: Plan[int, int]) -> "World":
        """The same world once the plan is carried out."""
        return replace(self, claims=[replace(it, current=plan.assignments.get(it.key)) for it in self.claims])


def clipped(it: Fixed[int] | Claim[int, int], now: int) -> Range:
    """Empty or upside down if it is over."""
    return max(it.start, now), FOREVER if it.end is None else it.end


def is_over(it: Fixed[int] | Claim[int, int], now: int) -> bool:
    return it.end is not None and it.end <= now


def overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def taken_ranges(fixed: Iterable[Fixed[int]], now: int) -> dict[int, list[Range]]:
    taken: dict[int, list[Range]] = {}
    for it in fixed:
        if not is_over(it, now):
            taken.setdefault(it.item, []).append(clipped(it, now))
    return taken


def can_serve(items: Sequence[int], taken: dict[int, list[Range]], wanted: Sequence[Range]) -> bool:
    """Whether some assignment serves all of ``wanted``: every one is tried."""
    if not wanted:
        return True
    first, *others = wanted
    for item in items:
        if not any(overlap(first, it) for it in taken.get(item, [])):
            more = {**taken, item: [*taken.get(item, []), first]}
            if can_serve(items, more, others):
                return True
    return False


def short_by_right(world: World) -> list[int]:
    """Who is short when everyone is served in order, if that is possible together with those before."""
    taken = taken_ranges(world.fixed, world.now)
    served: list[Range] = []
    short = []
    for claim in world.claims:
        if not is_over(claim, world.now) and can_serve(world.items, taken, [*served, clipped(claim, world.now)]):
            served.append(clipped(claim, world.now))
        elif claim.current is None or not is_over(claim, world.now):
            short.append(claim.key)
    return short


def collides(world: World, plan: Plan[int, int]) -> bool:
    """Whether the plan puts anybody on a unit that is not free."""
    taken = taken_ranges(world.fixed, world.now)
    for claim in world.claims:
        if claim.key in plan.assignments and not is_over(claim, world.now):
            lot = taken.setdefault(plan.assignments[claim.key], [])
            if any(overlap(it, clipped(claim, world.now)) for it in lot):
                return True
            lot.append(clipped(claim, world.now))
    return False


@st.composite
def ranges(draw: st.DrawFn) -> tuple[int, int | None]:
    start = draw(st.integers(-3, 10))
    length = draw(st.integers(1, 6) | st.none())
    return start, None if length is None else start + length


@st.composite
def loose_worlds(draw: st.DrawFn) -> World:
    """Anything goes: overdue, open ends, outages on top of loans, units that are not lendable, claims that are over."""
    items = draw(st.permutations([1, 2, 3, 4]).map(lambda them: them[: draw(st.integers(1, 4))]))
    fixed = [Fixed(draw(st.sampled_from([*items, 99])), *draw(ranges())) for _ in range(draw(st.integers(0, 5)))]
    claims = [Claim(key, *draw(ranges())) for key in range(draw(st.integers(0, 6)))]
    return World(items, fixed, claims, now=draw(st.integers(-1, 3)))


@st.composite
def tight_worlds(draw: st.DrawFn) -> World:
    """Units filled to the brim, then told to forget who was where: a way exists, but hardly a second one."""
    items = draw(st.sampled_from([[1, 2], [1, 2, 3], [3, 1, 2]]))
    fixed: list[Fixed[int]] = []
    wanted: list[Range] = []
    for item in items:
        edges = sorted(draw(st.sets(st.integers(0, 9), min_size=2, max_size=5)))
        for start, end in pairwise(edges):
            if draw(st.integers(0, 9)) < 3:
                fixed.append(Fixed(item, start, end))
            else:
                wanted.append((start, end))
    claims = [Claim(key, *it) for key, it in enumerate(draw(st.permutations(wanted)))]
    return World(items, fixed, claims[:8], now=0)


worlds = loose_worlds() | tight_worlds()
