"""How many are free when, and when is there room again?"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic

from lending.allocation.board import Board, is_over
from lending.allocation.claims import Claim, Fixed, K, M, Plan
from lending.allocation.peak import capacity, load
from lending.allocation.plan import admit


@dataclass(frozen=True, slots=True)
class Step(Generic[M]):
    """``free`` units in ``[start, end)``: those without a fixed range, less the claims, never below zero."""

    start: M
    end: M | None
    free: int


def free_steps(items: Sequence[int], fixed: Iterable[Fixed[M]], claims: Sequence[Claim[K, M]], now: M) -> list[Step[M]]:
    """What is left from now on, without gaps; the last step has no end.

    The least of a period is an upper bound of what can be booked in it: fixed ranges in the future can mean that
    one is free at every moment, but none throughout. The booking decides.
    """
    board = Board.of(items, fixed, [claim for claim in claims if not is_over(claim, now)], now)
    wanted = load(board.spans, board.slots)
    steps: list[Step[M]] = []
    for moment, there, needed in zip(board.moments, capacity(board.busy, board.slots), wanted, strict=True):
        free = max(0, there - needed)
        if steps and steps[-1].free == free:
            continue
        if steps:
            steps[-1] = Step(steps[-1].start, moment, steps[-1].free)
        steps.append(Step(moment, None, free))
    return steps


def least_free(steps: Iterable[Step[M]], start: M, end: M | None) -> int:
    """The smallest of the steps that ``[start, end)`` touches."""
    return min(
        step.free for step in steps if (end is None or step.start < end) and (step.end is None or start < step.end)
    )


class Outlook(Generic[M]):
    """Asked again and again: would claims be admitted beside those that are there? Nothing changes in between."""

    def __init__(self, items: Sequence[int], fixed: Sequence[Fixed[M]], older: Sequence[Claim[K, M]], now: M) -> None:
        self.items, self.fixed, self.now = items, fixed, now
        self.others = [Claim(-1 - place, it.start, it.end, it.current, it.is_pinned) for place, it in enumerate(older)]
        whole = [claim for claim in self.others if claim.current is not None]
        self.steps = free_steps(items, fixed, whole, now)
        self.starts = [step.start for step in self.steps]

    def has_room_for(self, periods: Iterable[tuple[M, M]]) -> bool:
        """One unit for each of ``periods`` (blocked ranges): all of them together."""
        wishes = [Claim(number, start, end) for number, (start, end) in enumerate(periods)]
        many = Counter((wish.start, wish.end) for wish in wishes)
        if any(self._least_free(*period) < number for period, number in many.items()):
            return False
        return isinstance(admit(self.items, self.fixed, self.others, wishes, self.now), Plan)

    def _least_free(self, start: M, end: M | None) -> int:
        """As ``least_free``, without going through all the steps."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = len(self.starts) if end is None else bisect_left(self.starts, end)
        return min((step.free for step in self.steps[first:last]), default=self.steps[0].free)


def next_free(
    items: Sequence[int],
    fixed: Sequence[Fixed[M]],
    older: Sequence[Claim[K, M]],
    periods: Iterable[tuple[M, M]],
    quantity: int,
    now: M,
) -> tuple[M, M] | None:
    """The first of ``periods`` (blocked ranges, in the order they are liked) in which ``quantity`` would be admitted.

    Lazy: ``periods`` may be a generator of days to come, but not an endless one.
    """
    outlook = Outlook(items, fixed, older, now)
    return next((period for period in periods if outlook.has_room_for([period] * quantity)), None)
