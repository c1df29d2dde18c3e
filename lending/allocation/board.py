"""The planning board: units and claims of one product, with moments numbered from now on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic

from lending.allocation.claims import Claim, Fixed, K, M

Span = tuple[int, int]
"""``[start, end)`` in slots. Slot k runs from moment k to the next one, the last slot for ever."""


@dataclass(frozen=True, slots=True)
class Board(Generic[M]):
    """What planning looks at, clipped at now: what is over cannot stand in anybody's way.

    A unit is known by its rank in the order of preference, a claim by its index in the order of right. ``busy`` are
    each unit's fixed ranges, merged and in order; ``spans`` are the claims' ranges; ``home`` is the rank of the unit
    each claim is planned on now, None if there is no such unit.
    """

    moments: list[M]
    busy: list[list[Span]]
    spans: list[Span]
    home: list[int | None]

    @classmethod
    def of(cls, items: Sequence[int], fixed: Iterable[Fixed[M]], claims: Sequence[Claim[K, M]], now: M) -> "Board[M]":
        """Number the moments and merge what is fixed. Fixed ranges of items that are not among ``items`` are ignored.

        The claims must not be over.
        """
        ranks = {item: rank for rank, item in enumerate(items)}
        taken = [(ranks[it.item], _clipped(it, now)) for it in fixed if it.item in ranks and not is_over(it, now)]
        wanted = [_clipped(claim, now) for claim in claims]
        edges = {edge for it in (*(clipped for _, clipped in taken), *wanted) for edge in it if edge is not None}
        moments = sorted({now, *edges})
        numbers: dict[M | None, int] = {moment: number for number, moment in enumerate(moments)}
        numbers[None] = len(moments)

        busy: list[list[Span]] = [[] for _ in items]
        for rank, (start, end) in taken:
            busy[rank].append((numbers[start], numbers[end]))
        return cls(
            moments=moments,
            busy=[merged(spans) for spans in busy],
            spans=[(numbers[start], numbers[end]) for start, end in wanted],
            home=[None if claim.current is None else ranks.get(claim.current) for claim in claims],
        )

    @property
    def slots(self) -> int:
        return len(self.moments)


def is_over(it: Fixed[M] | Claim[K, M], now: M) -> bool:
    return it.end is not None and it.end <= now


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same slots in few spans, in order: what touches or overlaps becomes one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def have_overlap(spans: Iterable[Span]) -> bool:
    """Whether any two of these share a slot."""
    return any(later[0] < earlier[1] for earlier, later in pairwise(sorted(spans)))


def _clipped(it: Fixed[M] | Claim[K, M], now: M) -> tuple[M, M | None]:
    return now if it.start < now else it.start, it.end
