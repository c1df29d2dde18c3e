"""Something is late, and no sweep has noticed: whoever asks meanwhile is answered as after it (DESIGN 3.4, 3.8)."""

import pytest

from inventory.models import Item
from lending.handovers import hand_over_together
from lending.models import Allocation, State
from lending.overdue import keep_blocking
from lending.planning import Planning
from lending.refusals import NotAvailable
from lending.reservations import LineChange, change, make_ready
from lending.returns import take_back
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, broken, reserve

pytestmark = pytest.mark.django_db
LATE = at(5, 17)


@pytest.fixture
def late(case, north, desk) -> Item:
    """The only case should be back since ten o'clock."""
    unit = Item.objects.get(product=case)
    hand_over_together(north, items=[unit], by=desk, due_at=at(5), now=NOW)
    return unit


@pytest.fixture
def promised(late, case, south, bert):
    return reserve(case, 1, NEXT_WEEK, south, bert)


def shortfall(reservation) -> tuple[int, str]:
    line = reservation.lines.get()
    return line.shortfall, line.shortfall_reason


def test_who_harms_nobody_is_let_in_and_the_late_loan_leaves_short_whom_it_would(
    late, promised, case, north, anna, desk
):
    newcomer = reserve(case, 1, WEEK_AFTER, north, anna, now=LATE)

    assert newcomer.state == State.APPROVED
    assert (shortfall(promised), shortfall(newcomer)) == ((1, "late_return"), (0, ""))
    keep_blocking(case, now=LATE)
    assert (shortfall(promised), shortfall(newcomer)) == ((1, "late_return"), (0, ""))
    take_back(late, by=desk, now=at(6))
    assert shortfall(promised) == (0, "")
    assert broken() == []


def test_without_that_the_newcomer_is_blamed(monkeypatch, promised, case, north, anna):
    """The negative control."""
    monkeypatch.setattr(Planning, "_as_the_world_left_them", lambda self: list(self.claims.values()))

    with pytest.raises(NotAvailable):
        reserve(case, 1, WEEK_AFTER, north, anna, now=LATE)


def test_nobody_gets_what_the_one_before_him_is_short_of(promised, case, north, anna):
    with pytest.raises(NotAvailable):
        reserve(case, 1, (at(11), at(16)), north, anna, now=LATE)

    assert shortfall(promised) == (0, "")


def test_a_packed_unit_that_is_not_there_moves_for_the_newcomer_as_it_would_for_the_sweep(
    cases, north, south, bert, desk
):
    packed = reserve(cases, 1, NEXT_WEEK, south, bert)
    make_ready(packed, by=desk, now=NOW)
    unit = Allocation.objects.get(line__reservation=packed).item
    hand_over_together(north, items=[unit], by=desk, due_at=at(5), now=NOW)

    reserve(cases, 3, NEXT_WEEK, north, desk, now=LATE)

    row = Allocation.objects.holding().get(line__reservation=packed)
    assert (row.item != unit, shortfall(packed)) == (True, (0, ""))
    assert broken() == []


def test_a_shorter_line_that_the_world_has_left_short_stays_counted(promised, case, bert):
    changed = change(promised, lines={promised.lines.get().pk: LineChange(ends_at=at(11))}, by=bert, now=LATE)

    assert shortfall(changed) == (1, "late_return")
    assert broken() == []
