"""A goal that is missed is told; one that is reached is not."""

from dataclasses import replace

import pytest

from bench.measuring.cases import all_cases
from bench.measuring.figures import Figure, Samples, figure
from bench.measuring.goals import missed
from bench.undecided import Admissions

CASES = {case.name: case for case in all_cases()}
DECIDED = {"small": Admissions(1, 1, 0)}


def samples(seconds: float, bare: float = 0.01) -> Samples:
    rates = {"rates_at_one": [1 / seconds] * 3, "rates_at_eight": [2 / seconds] * 3}
    return Samples(
        one=[[seconds] * 4] * 3, bare=[[bare] * 4] * 3, eight=[[4 * seconds]] * 3, raw=[[seconds / 2]] * 3, **rates
    )


def taking(times_bare: float) -> Figure:
    return figure(samples(0.01 * times_bare), statements=1)


def test_a_ratio_is_that_of_the_rounds():
    slow = samples(0.05)
    slow.one[2], slow.bare[2] = [0.5] * 4, [0.1] * 4  # a round in which the machine was busy

    found = figure(slow, statements=3)

    assert found.times_bare == pytest.approx(5)
    assert found.times_bare_spread == pytest.approx((5, 5))
    assert found.gain == pytest.approx(2)


@pytest.mark.parametrize(("name", "goal"), [("catalogue", 5), ("create", 6), ("scan + handover", 10), ("month", 3)])
def test_what_costs_more_than_its_goal_is_told(name, goal):
    assert not list(missed({"small": {name: taking(goal)}}, CASES, DECIDED))
    assert list(missed({"small": {name: taking(goal * 1.1)}}, CASES, DECIDED))


def test_what_eight_slow_each_other_down_is_told():
    slower = replace(taking(1), rate_at_eight=90, rate_at_one=100)

    assert list(missed({"small": {"loans": slower}}, CASES, DECIDED)) == [
        "small, loans: at 8 clients 0.90 × the rate of one"
    ]


def test_a_land_that_is_slower_than_a_small_set_is_told():
    sets = {"small": {"loans": taking(2)}, "land": {"loans": taking(2.9)}}
    assert not list(missed(sets, CASES, DECIDED))

    sets["land"]["loans"] = taking(3.1)
    assert list(missed(sets, CASES, DECIDED)) == ["loans: land 1.55 × small, at most 1.5"]


def test_an_undecided_admission_is_told():
    assert list(missed({}, CASES, {"small": Admissions(5, 5, 1)})) == ["small: 1 admissions were left undecided"]
