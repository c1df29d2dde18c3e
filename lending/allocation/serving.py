"""In order of right: who is served when there is not enough for all."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lending.allocation.board import Board
from lending.allocation.claims import M
from lending.allocation.peak import Room, capacity
from lending.allocation.search import Budget, BudgetSpent
from lending.allocation.seating import seat
from lending.allocation.sweep import Placing

NODES = 2_000
"""How many states one search may visit beyond one for each claim."""


@dataclass(slots=True)
class Served:
    placing: Placing
    short: list[int] = field(default_factory=list)
    undecided: set[int] = field(default_factory=set)


def serve(board: Board[M], order: Sequence[int]) -> Served:
    """Each claim in ``order`` gets a unit if there is a way to serve it together with all before it that got one.

    A claim that the search can neither place nor refuse within its budget is short, and noted as undecided.
    """
    refused: set[int] = set()
    undecided: set[int] = set()
    while True:
        accepted = _counted_in(board, [claim for claim in order if claim not in refused])
        placing = _try(board, accepted)
        if isinstance(placing, dict):
            short = [claim for claim in order if claim not in placing]
            return Served(placing, short, undecided)
        claim, is_proven = _first_too_many(board, accepted)
        refused.add(claim)
        if not is_proven:
            undecided.add(claim)


def _counted_in(board: Board[M], order: Sequence[int]) -> list[int]:
    """Those that find room by number, one after the other: nobody else can be served."""
    room = Room(capacity(board.busy, board.slots))
    accepted = []
    for claim in order:
        if room.has(board.spans[claim]):
            room.take(board.spans[claim])
            accepted.append(claim)
    return accepted


def _try(board: Board[M], chosen: Sequence[int]) -> Placing | BudgetSpent | None:
    try:
        return seat(board, chosen, Budget(len(chosen) + NODES))
    except BudgetSpent as spent:
        return spent


def _first_too_many(board: Board[M], accepted: Sequence[int]) -> tuple[int, bool]:
    """The first claim that cannot be served with all before it, and whether that is proven; by bisection."""
    few, many = 0, len(accepted)
    while many - few > 1:
        middle = (few + many) // 2
        outcome = _try(board, accepted[:middle])
        if isinstance(outcome, dict):
            few = middle
        else:
            many = middle
    return accepted[many - 1], _try(board, accepted[:many]) is None
