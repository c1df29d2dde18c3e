"""What must be reached, judged within one run."""

from collections.abc import Iterator, Mapping
from typing import Final

from bench.measuring.cases import Case
from bench.measuring.figures import Figure
from bench.undecided import Admissions

LAND_BY_SMALL: Final = 1.5
AS_FAST_AT_EIGHT: Final = 1.0
Figures = Mapping[str, Figure]


def missed(
    sets: Mapping[str, Figures], cases: Mapping[str, Case], admissions: Mapping[str, Admissions]
) -> Iterator[str]:
    """Each goal that was missed, in one line."""
    for name, found in admissions.items():
        if found.undecided:
            yield f"{name}: {found.undecided} admissions were left undecided"
    for name, figures in sets.items():
        for case, it in figures.items():
            goal = cases[case].goal
            if goal is not None and it.times_bare > goal:
                yield f"{name}, {case}: {it.times_bare:.1f} × bare, at most {goal:.0f}"
            if it.gain < AS_FAST_AT_EIGHT:
                yield f"{name}, {case}: at 8 clients {it.gain:.2f} × the rate of one"
    if {"small", "land"} <= sets.keys():
        for case, it in sets["land"].items():
            ratio = it.p50 / sets["small"][case].p50
            if ratio > LAND_BY_SMALL:
                yield f"{case}: land {ratio:.2f} × small, at most {LAND_BY_SMALL}"
