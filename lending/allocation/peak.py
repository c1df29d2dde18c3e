"""Counting: how many units are there, how many are wanted at once, and where it gets tight.

The peak, not the number of claims that touch a range, decides: two claims one after the other need one unit.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from lending.allocation.board import Span


def load(spans: Iterable[Span], slots: int) -> list[int]:
    """How many of these ranges cover each slot. O(n + slots)."""
    change = [0] * (slots + 1)
    for start, end in spans:
        change[start] += 1
        change[end] -= 1
    return list(accumulate(change[:slots]))


def capacity(busy: Sequence[Sequence[Span]], slots: int) -> list[int]:
    """How many units are free of fixed ranges in each slot."""
    return [len(busy) - taken for taken in load((span for spans in busy for span in spans), slots)]


class Room:
    """What is left in each slot while claims are let in one after the other."""

    def __init__(self, left: Sequence[int]) -> None:
        self.left = list(left)

    def has(self, span: Span) -> bool:
        """Whether one more unit is left throughout. Necessary for a claim to be served, not sufficient."""
        return min(self.left[slice(*span)]) > 0

    def take(self, span: Span) -> None:
        for slot in range(*span):
            self.left[slot] -= 1


def tightest(needed: Sequence[int], there: Sequence[int], spans: Iterable[Span]) -> Span | None:
    """The first of the stretches in which most is missing, among the slots these ranges cover; None if none is."""
    missing = {slot: needed[slot] - there[slot] for span in spans for slot in range(*span)}
    worst = max(missing.values(), default=0)
    if worst <= 0:
        return None
    start = min(slot for slot, count in missing.items() if count == worst)
    end = start + 1
    while missing.get(end) == worst and needed[end] == needed[start]:
        end += 1
    return start, end
