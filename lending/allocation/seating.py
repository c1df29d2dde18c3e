"""Is there a unit for every one of these claims? Yes with a placing, no with a proof, or nobody knows."""

from collections.abc import Iterable, Sequence

from lending.allocation.board import Board, Span, merged
from lending.allocation.claims import M
from lending.allocation.peak import capacity, load
from lending.allocation.search import PLAIN, Budget, Search, Seat
from lending.allocation.sweep import Placing, sweep


def seat(board: Board[M], chosen: Sequence[int], budget: Budget) -> Placing | None:
    """A unit for each claim in ``chosen``, which never need more units at once than there are; None if there is none.

    Raises BudgetSpent when the search neither finds a way nor proves that there is none.

    A unit is *plain* if no fixed range of it begins in the future. Plain units serve any claims whose peak is within
    their number (the sweep is exact on them), so only claims that cover an *overloaded* slot, where all claims
    together are more than the plain units, need a decision. Claims that are linked by neither time nor an overloaded
    slot do not touch each other's decisions, so each such knot is searched by itself, and only if the sweep failed.
    """
    placed, failed = sweep(board, chosen, board.busy)
    if not failed:
        return placed
    specials = {rank: spans for rank, spans in enumerate(board.busy) if any(start > 0 for start, _ in spans)}
    plain = capacity([spans for rank, spans in enumerate(board.busy) if rank not in specials], board.slots)
    decided: Placing = {}
    for knot in _knots(board, chosen, plain):
        if set(knot).isdisjoint(failed):
            decided.update((claim, placed[claim]) for claim in knot if placed[claim] in specials)
            continue
        found = Search([_seat(board, claim, specials) for claim in knot], specials, plain, budget).solve()
        if found is None:
            return None
        decided.update((claim, rank) for claim, rank in zip(knot, found, strict=True) if rank != PLAIN)

    busy = [list(spans) for spans in board.busy]
    for claim, rank in decided.items():
        busy[rank].append(board.spans[claim])
    rest, unplaced = sweep(board, [claim for claim in chosen if claim not in decided], [merged(it) for it in busy])
    if unplaced:
        raise AssertionError("what is not on a special unit fits on the plain ones")
    return decided | rest


def _knots(board: Board[M], chosen: Iterable[int], plain: Sequence[int]) -> list[list[int]]:
    """The claims that cover an overloaded slot, in order of their start, in groups that overlap in time."""
    wanted = load((board.spans[claim] for claim in chosen), board.slots)
    overloaded = [many > few for many, few in zip(wanted, plain, strict=True)]
    knots: list[list[int]] = []
    reach = 0
    for claim in sorted(chosen, key=lambda claim: board.spans[claim]):
        start, end = board.spans[claim]
        if any(overloaded[start:end]):
            if start >= reach:
                knots.append([])
            knots[-1].append(claim)
            reach = max(reach, end)
    return knots


def _seat(board: Board[M], claim: int, specials: dict[int, list[Span]]) -> Seat:
    home = board.home[claim]
    return Seat(*board.spans[claim], home=home if home is None or home in specials else PLAIN)
