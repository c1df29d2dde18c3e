"""No item in two hands, none promised twice: asked of the rows, without relying on any constraint."""

from collections.abc import Iterator
from itertools import pairwise

from bench.fight.truth import Allocation, Loan, grouped
from bench.fight.verdict.breach import Breach


def breaches(allocations: list[Allocation], loans: list[Loan]) -> Iterator[Breach]:
    yield from _promised_twice(allocations)
    yield from _in_two_hands(loans)
    yield from _not_held(allocations, loans)


def _promised_twice(allocations: list[Allocation]) -> Iterator[Breach]:
    holding = [row for row in allocations if row.holds and row.kind != "outage"]
    for item, rows in grouped(holding, "item_id").items():
        rows.sort(key=lambda row: row.begins)
        last = rows[0]
        for _, row in pairwise(rows):
            if last.ends is None or row.begins < last.ends:
                yield Breach("overlap", f"item {item}: {last} and {row}")
            if last.ends is not None and (row.ends is None or row.ends > last.ends):
                last = row


def _in_two_hands(loans: list[Loan]) -> Iterator[Breach]:
    for item, out in grouped((loan for loan in loans if loan.returned_at is None), "item_id").items():
        if len(out) > 1:
            yield Breach("in two hands", f"item {item}: {out}")


def _not_held(allocations: list[Allocation], loans: list[Loan]) -> Iterator[Breach]:
    """What is out blocks its item until it is due."""
    row_of = {row.id: row for row in allocations}
    for loan in loans:
        row = row_of[loan.allocation_id]
        if loan.returned_at is None and (
            not row.holds
            or row.kind != "loan"
            or row.item_id != loan.item_id
            or (row.ends is not None and row.ends < loan.due_at)
        ):
            yield Breach("half", f"{loan} is out without holding its item: {row}")
