"""What the planner is asked and what it answers: plain facts, no rows.

All ranges are half-open, ``[start, end)``; ``end=None`` means nobody knows when it ends. Moments only have to be
comparable with each other: aware datetimes in the house, whole numbers in its tests.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar


class Moment(Protocol):
    """A point in time: anything with an order."""

    def __lt__(self, other: Any, /) -> bool: ...

    def __le__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Hashable)
M = TypeVar("M", bound=Moment)


@dataclass(frozen=True, slots=True)
class Fixed(Generic[M]):
    """A range in which ``item`` is taken, and which planning cannot move: a loan, an outage, a recorded fact."""

    item: int
    start: M
    end: M | None

    def __post_init__(self) -> None:
        _check_range(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Claim(Generic[K, M]):
    """One unit, wanted without a gap for ``[start, end)``: a line of four is four claims.

    ``current`` is the unit it is planned on, None if it is new or short. ``is_pinned``: it belongs on that unit
    because somebody said so or has packed it.
    """

    key: K
    start: M
    end: M | None
    current: int | None = None
    is_pinned: bool = False

    def __post_init__(self) -> None:
        _check_range(self.start, self.end)
        if self.is_pinned and self.current is None:
            raise ValueError(f"{self.key}: pinned to no unit")


@dataclass(frozen=True, slots=True)
class Bottleneck(Generic[M]):
    """The first of the tightest stretches: ``needed`` units at once in ``[start, end)``, only ``capacity`` there."""

    start: M
    end: M | None
    needed: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Plan(Generic[K, M]):
    """Who lies on which unit, and who on none.

    ``assignments`` holds every claim that is served, ``moves`` those of them whose unit is not their current one.
    ``short`` are the others, in order of right; of these, ``undecided`` were given up when the search had used its
    budget: they might have been served. ``bottleneck`` says where units run out for the short ones; it is None if
    nobody is short, or if there are enough units at every moment but none is free throughout.
    """

    assignments: Mapping[K, int]
    moves: Mapping[K, int]
    short: tuple[K, ...] = ()
    undecided: tuple[K, ...] = ()
    bottleneck: Bottleneck[M] | None = None


@dataclass(frozen=True, slots=True)
class Refusal(Generic[K, M]):
    """Why a change is not admitted.

    ``admissible`` are the wishes that could be served without the others ("2 von 4"), in the order they were given.
    ``harmed`` are older claims that would lose their unit. ``is_undecided``: the search used up its budget, so this
    is not a proof, and nobody may be told that nothing is free. ``bottleneck`` as in ``Plan``.
    """

    admissible: tuple[K, ...]
    harmed: tuple[K, ...]
    bottleneck: Bottleneck[M] | None
    is_undecided: bool


def _check_range(start: Moment, end: Moment | None) -> None:
    if end is not None and end <= start:
        raise ValueError(f"an empty range: {start} to {end}")
