"""What planning costs, counted in calls and nodes instead of seconds."""

import random
import sys

import pytest

from lending.allocation import Claim, Fixed, Plan, Refusal, admit, plan, serving
from lending.allocation.search import Budget
from lending.allocation.waste import Waste


@pytest.fixture
def visited(monkeypatch):
    """The nodes the search visits, one entry each."""
    nodes: list[int] = []
    spend = Budget.spend

    def counting(budget: Budget) -> None:
        nodes.append(budget.nodes)
        spend(budget)

    monkeypatch.setattr(Budget, "spend", counting)
    return nodes


def calls_of(work) -> int:
    count = 0

    def profile(frame, event, argument) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def busy_house(units: int, rows: int, *, seed: int = 1, fixed_share: float = 0.0) -> tuple[list, list]:
    """Fixed ranges and planned claims of a product that is much in demand, 1 to 20 days each."""
    dice = random.Random(seed)
    free_from = [0] * units
    fixed, claims = [], []
    for key in range(rows):
        unit = min(range(units), key=lambda it: free_from[it])
        start = free_from[unit] + dice.randint(0, 4)
        end = free_from[unit] = start + dice.randint(1, 20)
        if dice.random() < fixed_share:
            fixed.append(Fixed(unit, start, end))
        else:
            claims.append(Claim(key, start, end, current=unit))
    return fixed, claims


def test_planning_grows_with_the_rows_and_not_with_their_square(visited):
    items = [*range(100)]
    fixed, claims = busy_house(units=100, rows=3_000)
    from_scratch = [Claim(it.key, it.start, it.end) for it in claims]

    few = calls_of(lambda: plan(items, fixed, from_scratch[:1_500], now=0))
    many = calls_of(lambda: plan(items, fixed, from_scratch, now=0))

    assert many < 2.2 * few
    assert many < 40 * 3_000
    assert visited == []


def test_a_wish_among_three_thousand_rows_is_answered_within_the_budget(visited):
    items = [*range(100)]
    fixed, claims = busy_house(units=100, rows=3_000, fixed_share=0.05)

    answers = [admit(items, fixed, claims, [Claim("new", day, day + 14)], now=0) for day in range(0, 200, 10)]

    assert any(isinstance(answer, Plan) for answer in answers)
    assert not any(isinstance(answer, Refusal) and answer.is_undecided for answer in answers)
    assert len(visited) < len(answers) * serving.NODES


def crowded(seed: int) -> tuple[list, list, list]:
    """Twenty units, used all the time, a tenth of it pinned down, and a wish into the thick of it."""
    fixed, claims = busy_house(units=20, rows=200, seed=seed, fixed_share=0.1)
    start = random.Random(seed).randint(10, 60)
    return fixed, claims, [Claim("new", start, start + 12)]


def answers_to(cases) -> list[str]:
    answers = [admit([*range(20)], fixed, claims, new, now=0) for fixed, claims, new in cases]
    return ["yes" if isinstance(it, Plan) else "undecided" if it.is_undecided else "no" for it in answers]


def test_seeing_waste_decides_in_few_nodes_what_takes_thousands_otherwise(visited, monkeypatch):
    """The negative control of ``Waste``: without it, some of the same wishes stay undecided."""
    cases = [crowded(seed) for seed in range(20)]

    seeing = answers_to(cases), len(visited)
    visited.clear()
    monkeypatch.setattr(Waste, "is_too_much", lambda *_: False)
    blind = answers_to(cases), len(visited)

    assert "undecided" not in seeing[0]
    assert "undecided" in blind[0]
    assert 10 * seeing[1] < blind[1]


def test_a_spent_budget_says_undecided_and_never_not_available(visited, monkeypatch):
    searched = []
    for case in map(crowded, range(20)):
        before = len(visited)
        if answers_to([case]) == ["yes"] and len(visited) > before:
            searched.append(case)
    assert searched

    monkeypatch.setattr(serving, "NODES", -1_000)

    assert set(answers_to(searched)) == {"undecided"}
