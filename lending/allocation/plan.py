"""The two questions: who lies where, and may this change be made?"""

from collections.abc import Collection, Iterable, Sequence

from lending.allocation.board import Board, have_overlap, is_over, merged
from lending.allocation.claims import Bottleneck, Claim, Fixed, K, M, Plan, Refusal
from lending.allocation.peak import capacity, load, tightest
from lending.allocation.serving import serve
from lending.allocation.sweep import Placing


def plan(items: Sequence[int], fixed: Iterable[Fixed[M]], claims: Sequence[Claim[K, M]], now: M) -> Plan[K, M]:
    """Lay every claim on one of the lendable ``items`` of one product, and say who is left without.

    ``items`` come in order of preference, ``claims`` in order of right, older first; pinned ones come before all
    others and stay where they are if they can. Nobody is short unless the search spent its budget or no assignment
    serves them together with those before them. Few claims move, not as few as possible; planning once more with the
    result as ``current`` moves nobody. A claim that is over keeps its unit, and stays short if it has none.

    A row that is moved must not reach back behind ``now`` on its new unit: only from now on it is known to be free.
    """
    live = [claim for claim in claims if not is_over(claim, now)]
    board = Board.of(items, fixed, live, now)
    pinned = _stay(board, live)
    others = sorted((it for it in range(len(live)) if it not in pinned), key=lambda it: not live[it].is_pinned)
    served = serve(_with_pins(board, pinned), others)

    placing = pinned | served.placing
    assignments = {claim.key: claim.current for claim in claims if is_over(claim, now) and claim.current is not None}
    assignments |= {live[it].key: items[rank] for it, rank in placing.items()}
    return Plan(
        assignments=assignments,
        moves={it.key: assignments[it.key] for it in claims if assignments.get(it.key, it.current) != it.current},
        short=tuple(claim.key for claim in claims if claim.key not in assignments),
        undecided=tuple(live[it].key for it in served.short if it in served.undecided),
        bottleneck=_bottleneck(board, range(len(live)), served.short),
    )


def admit(
    items: Sequence[int],
    fixed: Iterable[Fixed[M]],
    older: Sequence[Claim[K, M]],
    new: Sequence[Claim[K, M]],
    now: M,
) -> Plan[K, M] | Refusal[K, M]:
    """Admit a change if its own claims are whole and nobody's shortfall grows.

    The change is ``new`` (a reservation, or a line with its new period and the units it has) or lies in ``fixed``
    (a loan that is extended: give its new range, and no ``new``). An older claim with a current unit is whole, and
    stays so, a pinned one on that unit; one without is short, and is healed before ``new`` is served.
    """
    whole = [claim for claim in older if claim.current is not None]
    short = [claim for claim in older if claim.current is None]
    result = plan(items, fixed, [*whole, *short, *new], now)
    left_out = {claim.key for claim in (*whole, *new) if _is_worse_off(claim, result)}
    if not left_out:
        return result

    change = [claim for claim in (*whole, *new) if not is_over(claim, now)]
    board = Board.of(items, fixed, change, now)
    return Refusal(
        admissible=tuple(claim.key for claim in new if claim.key not in left_out),
        harmed=tuple(claim.key for claim in whole if claim.key in left_out),
        bottleneck=_bottleneck(board, range(len(change)), [i for i, it in enumerate(change) if it.key in left_out]),
        is_undecided=not left_out.isdisjoint(result.undecided),
    )


def _is_worse_off(claim: Claim[K, M], result: Plan[K, M]) -> bool:
    return claim.key not in result.assignments or (claim.is_pinned and claim.key in result.moves)


def _stay(board: Board[M], claims: Sequence[Claim[K, M]]) -> Placing:
    """The pinned claims whose unit can have them, in order of right."""
    stay: Placing = {}
    busy = [list(spans) for spans in board.busy]
    for it, (claim, home) in enumerate(zip(claims, board.home, strict=True)):
        if claim.is_pinned and home is not None and not have_overlap([*busy[home], board.spans[it]]):
            busy[home].append(board.spans[it])
            stay[it] = home
    return stay


def _with_pins(board: Board[M], pinned: Placing) -> Board[M]:
    busy = [list(spans) for spans in board.busy]
    for it, rank in pinned.items():
        busy[rank].append(board.spans[it])
    return Board(board.moments, [merged(spans) for spans in busy], board.spans, board.home)


def _bottleneck(board: Board[M], demand: Iterable[int], of: Collection[int]) -> Bottleneck[M] | None:
    """Where units run out for these claims when all of ``demand`` is counted."""
    needed = load((board.spans[it] for it in demand), board.slots)
    there = capacity(board.busy, board.slots)
    span = tightest(needed, there, (board.spans[it] for it in of))
    if span is None:
        return None
    start, end = span
    return Bottleneck(
        start=board.moments[start],
        end=board.moments[end] if end < board.slots else None,
        needed=needed[start],
        capacity=there[start],
    )
