"""The exact search, for units with fixed ranges in the future: a choice made early can then be wrong.

Units with the same fixed ranges ahead are alike, so the search chooses among classes of units, and a state that
failed once is never entered again. It has a budget of nodes instead of a clock.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from lending.allocation.board import Span
from lending.allocation.peak import capacity, load
from lending.allocation.waste import Waste

PLAIN = -1
"""Stands for any unit without a fixed range that begins in the future: of those, only the number matters."""


class BudgetSpent(Exception):
    """The search would need more nodes than it may visit: nothing is proven."""


@dataclass(slots=True)
class Budget:
    """How many nodes may still be visited."""

    nodes: int

    def spend(self) -> None:
        if self.nodes <= 0:
            raise BudgetSpent
        self.nodes -= 1


@dataclass(frozen=True, slots=True)
class Seat:
    """One claim of the search, and where it would like to stay: a special unit's rank, ``PLAIN`` or None."""

    start: int
    end: int
    home: int | None


@dataclass(frozen=True, slots=True)
class State:
    """Until when each special unit is occupied, and the ends of what lies on plain ones."""

    until: tuple[int, ...]
    plain: tuple[int, ...]


class Search:
    """Places ``seats``, given in order of their start, on special units or on one of the plain ones.

    ``specials`` are the fixed ranges of the units that have some ahead, by rank; ``plain_capacity`` is the number of
    plain units in each slot, which never falls. Together they are enough at every moment.
    """

    def __init__(
        self,
        seats: Sequence[Seat],
        specials: Mapping[int, Sequence[Span]],
        plain_capacity: Sequence[int],
        budget: Budget,
    ) -> None:
        self._seats = seats
        self._plain_capacity = plain_capacity
        self._budget = budget
        self._ranks = sorted(specials)
        spans = [(seat.start, seat.end) for seat in seats]
        horizon = max(end for _, end in spans)
        busy = [[span for span in specials[rank] if span[0] < horizon] for rank in self._ranks]
        self._ends = [[end for _, end in spans] for spans in busy]
        self._ahead = [[tuple(spans[first:]) for first in range(len(spans) + 1)] for spans in busy]
        free = map(sum, zip(capacity(busy, len(plain_capacity)), plain_capacity, strict=True))
        spare = [there - needed for there, needed in zip(free, load(spans, len(plain_capacity)), strict=True)]
        self._waste = Waste(spans, spare[:horizon])

    def solve(self) -> list[int] | None:
        """A rank or ``PLAIN`` for each seat, or None if there is no way at all. Raises BudgetSpent."""
        beginning = State(until=(0,) * len(self._ranks), plain=())
        if self._is_hopeless(0, beginning):
            return None
        steps, keys = [self._steps(0, beginning)], [self._key(0, beginning)]
        path: list[int] = []
        dead: set[Hashable] = set()
        while steps:
            step = next(steps[-1], None)
            if step is None:
                steps.pop()
                dead.add(keys.pop())
                if path:
                    path.pop()
                continue
            rank, state = step
            depth = len(steps)
            if depth == len(self._seats):
                return [*path, rank]
            key = self._key(depth, state)
            if key in dead:
                continue
            self._budget.spend()
            if self._is_hopeless(depth, state):
                dead.add(key)
                continue
            path.append(rank)
            keys.append(key)
            steps.append(self._steps(depth, state))
        return None

    def _is_hopeless(self, depth: int, state: State) -> bool:
        """Whether this leaves gaps that are needed, but fit nobody."""
        now = self._seats[depth].start
        units = ((max(until, now), self._ahead_of(place, now)) for place, until in enumerate(state.until))
        return self._waste.is_too_much(depth, units)

    def _steps(self, depth: int, state: State) -> Iterator[tuple[int, State]]:
        """The ways to place one seat: where it is, then the tightest class of special units, a plain one last."""
        seat = self._seats[depth]
        classes: dict[tuple[Span, ...], int] = {}
        for place, rank in enumerate(self._ranks):
            ahead = self._ahead_of(place, seat.start)
            is_free = state.until[place] <= seat.start and (not ahead or seat.end <= ahead[0][0])
            if is_free and (ahead not in classes or rank == seat.home):
                classes[ahead] = place
        plain = tuple(end for end in state.plain if end > seat.start)
        choices = [*classes.values(), PLAIN] if len(plain) < self._plain_capacity[seat.start] else [*classes.values()]
        for place in sorted(choices, key=lambda place: self._strain(place, seat)):
            if place == PLAIN:
                yield PLAIN, State(state.until, (*plain, seat.end))
            else:
                until = (*state.until[:place], seat.end, *state.until[place + 1 :])
                yield self._ranks[place], State(until, state.plain)

    def _strain(self, place: int, seat: Seat) -> tuple[bool, float]:
        if place == PLAIN:
            return seat.home != PLAIN, inf
        ahead = self._ahead_of(place, seat.start)
        return self._ranks[place] != seat.home, ahead[0][0] if ahead else inf

    def _ahead_of(self, place: int, slot: int) -> tuple[Span, ...]:
        """The fixed ranges of a special unit that are not over."""
        return self._ahead[place][bisect_right(self._ends[place], slot)]

    def _key(self, depth: int, state: State) -> Hashable:
        """All that matters for the seats from here on; the same for states that differ only in names of units."""
        now = self._seats[depth].start
        special = sorted(
            (until if until > now else 0, self._ahead_of(place, now)) for place, until in enumerate(state.until)
        )
        return depth, tuple(special), tuple(sorted(end for end in state.plain if end > now))
