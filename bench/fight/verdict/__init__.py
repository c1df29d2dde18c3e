"""What was told against what is true: every difference is a breach."""

from collections.abc import Iterator

from bench.fight.chronicle import Deed
from bench.fight.truth import Truth
from bench.fight.verdict import answers, loans, reservations, units
from bench.fight.verdict.breach import Breach

__all__ = ["Breach", "breaches"]


def breaches(truth: Truth, deeds: list[Deed]) -> Iterator[Breach]:
    yield from units.breaches(truth.allocations, truth.loans)
    yield from reservations.breaches(truth, deeds)
    yield from loans.breaches(truth, deeds)
    yield from answers.breaches(truth, deeds)
