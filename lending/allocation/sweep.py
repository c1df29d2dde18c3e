"""Going through the claims by their start, each to a unit that is free then: few moves, and often exact."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from math import inf

from lending.allocation.board import Board, Span
from lending.allocation.claims import M

Placing = dict[int, int]
"""Index of a claim to rank of its unit."""


def sweep(board: Board[M], chosen: Iterable[int], busy: Sequence[Sequence[Span]]) -> tuple[Placing, list[int]]:
    """Place the claims ``chosen`` around ``busy``; return who lies where, and who found no unit.

    A claim stays on its current unit if that is free. Otherwise it takes the unit with the smallest gap that nobody
    wants back before the claim is over; failing that, the one that is wanted back last. Exact if no fixed range
    begins after now: units free at one moment are then alike for all that follows, so any of them is right.
    O((n + m) log m) then, for n claims and m units.
    """
    order = sorted(chosen, key=lambda claim: (board.spans[claim][0], board.home[claim] is None))
    wanted: list[list[int]] = [[] for _ in busy]
    for claim in reversed(order):
        home = board.home[claim]
        if home is not None:
            wanted[home].append(board.spans[claim][0])

    units = _Units(busy, wanted)
    placed: Placing = {}
    failed: list[int] = []
    for claim in order:
        start, end = board.spans[claim]
        units.advance(start)
        rank = units.take(end, board.home[claim])
        if rank is None:
            failed.append(claim)
        else:
            placed[claim] = rank
    return placed, failed


class _Units:
    """The units while time passes over them; the free ones in order of when they are needed again."""

    def __init__(self, busy: Sequence[Sequence[Span]], wanted: list[list[int]]) -> None:
        self._busy = [[*reversed(spans)] for spans in busy]
        self._wanted = wanted
        self._until = [0] * len(busy)
        self._free: list[tuple[float, int]] = []
        self._needed_again: dict[int, float] = {}
        self._calls = [(0, rank) for rank in range(len(busy))]
        heapify(self._calls)

    def advance(self, now: int) -> None:
        """Look again at each unit whose occupant leaves, or whose fixed range begins or ends, up to ``now``."""
        while self._calls and self._calls[0][0] <= now:
            self._look_at(heappop(self._calls)[1], now)

    def take(self, end: int, home: int | None) -> int | None:
        """Occupy the best unit that is free from now until ``end``; None if there is none."""
        rank = home if home in self._needed_again and self._stays_free(home, end) else self._best(end)
        if rank is not None:
            self._leave_free(rank)
            self._until[rank] = end
            heappush(self._calls, (end, rank))
        return rank

    def _best(self, end: int) -> int | None:
        place = bisect_left(self._free, (end, 0))
        if place < len(self._free):
            return self._free[place][1]
        return next((rank for _, rank in reversed(self._free) if self._stays_free(rank, end)), None)

    def _stays_free(self, rank: int, end: int) -> bool:
        """Whether a unit that is free now stays free of fixed ranges until ``end``."""
        return not self._busy[rank] or end <= self._busy[rank][-1][0]

    def _look_at(self, rank: int, now: int) -> None:
        if rank in self._needed_again:
            self._leave_free(rank)
        if self._until[rank] > now:
            return
        busy, wanted = self._busy[rank], self._wanted[rank]
        while busy and busy[-1][1] <= now:
            busy.pop()
        while wanted and wanted[-1] < now:
            wanted.pop()
        if busy and busy[-1][0] <= now:
            heappush(self._calls, (busy[-1][1], rank))
            return
        if busy:
            heappush(self._calls, (busy[-1][0], rank))
        needed = min(busy[-1][0] if busy else inf, wanted[-1] if wanted else inf)
        self._needed_again[rank] = needed
        insort(self._free, (needed, rank))

    def _leave_free(self, rank: int) -> None:
        entry = (self._needed_again.pop(rank), rank)
        del self._free[bisect_left(self._free, entry)]
