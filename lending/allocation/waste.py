"""Seeing early that a choice wastes too much: gaps that no open claim fits stand idle, whatever comes later.

Where n units are spare at a moment, n may stand idle then, and not one more. Checked in every state, this decides in
a handful of nodes what takes the plain search hundreds of thousands (docs/adr/0003-exact-planning.md).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from lending.allocation.board import Span

LEVELS = 8
"""From this many spare units on, a slot is not watched: that costs nodes, never correctness."""

Slots = int
"""A set of slots as a bit mask: slot k is bit k."""


class Waste:
    """Where units must stand idle, for claims with these ``spans``, in order of their start.

    ``spare`` is the number of units beyond what all these claims need, in each slot up to the last claim's end.
    """

    def __init__(self, spans: Sequence[Span], spare: Sequence[int]) -> None:
        self._spans = spans
        self._starts = [start for start, _ in spans]
        self._horizon = max(end for _, end in spans)
        self._fitting: dict[int, list[Slots]] = {}
        self._idle: dict[tuple[int, int, tuple[Span, ...]], Slots] = {}
        self._with_at_most = [_mask_of(slot for slot, it in enumerate(spare) if it <= few) for few in range(LEVELS)]

    def is_too_much(self, depth: int, units: Iterable[tuple[int, tuple[Span, ...]]]) -> bool:
        """Whether more units must stand idle than are spare, somewhere, once ``depth`` claims are placed.

        Each unit is given by the slot from which it is free and by the fixed ranges it has ahead.
        """
        more_than = [0] * LEVELS
        for free_from, ahead in units:
            idle = self._idle_slots(depth, free_from, ahead)
            for level in range(LEVELS):
                idle, more_than[level] = idle & more_than[level], idle | more_than[level]
                if not idle:
                    break
        return any(idle & spare for idle, spare in zip(more_than, self._with_at_most, strict=True))

    def _idle_slots(self, depth: int, free_from: int, ahead: tuple[Span, ...]) -> Slots:
        first = max(depth, bisect_left(self._starts, free_from))
        key = first, free_from, ahead
        if key not in self._idle:
            idle, gap_start = 0, free_from
            for start, end in (*ahead, (self._horizon, self._horizon)):
                if gap_start < start:
                    first = max(first, bisect_left(self._starts, gap_start))
                    idle |= _mask(gap_start, start) & ~self._slots_fitting(first, start)
                gap_start = max(gap_start, end)
            self._idle[key] = idle
        return self._idle[key]

    def _slots_fitting(self, first: int, end: int) -> Slots:
        """What the claims from the ``first`` on cover that are over by ``end``."""
        if end not in self._fitting:
            suffix = [0]
            for span in reversed(self._spans):
                suffix.append(suffix[-1] | (_mask(*span) if span[1] <= end else 0))
            self._fitting[end] = suffix[::-1]
        return self._fitting[end][first]


def _mask(start: int, end: int) -> Slots:
    return (1 << end) - (1 << start)


def _mask_of(slots: Iterable[int]) -> Slots:
    return sum(1 << slot for slot in slots)
