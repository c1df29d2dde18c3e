"""An item becomes a unit of another product while somebody waits for the gate of the old one: he looks again."""

import pytest

from inventory.models import Item
from lending import gate as gates
from lending.handovers import hand_over_together
from lending.models import Policy
from lending.outages import return_to_service, take_out_of_service
from lending.returns import check, checked, take_back, taken
from lending.stock import lose, recatalogue, take_out_of_kit
from people.once import PlanMoved
from tests.lending.shorthand import NOW, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(case) -> Item:
    return Item.objects.get(product=case)


@pytest.fixture
def move(monkeypatch, unit, cases, manager):
    """The next who asks for a gate finds that the unit has just moved; ``then`` happens after that."""

    def meanwhile(then=lambda: None) -> None:
        waiting, gate = [lambda: (recatalogue(unit, product=cases, by=manager, now=at(5)), then())], gates.gate

        def gate_after_the_move(wanted):
            while waiting:
                waiting.pop()()
            return gate(wanted)

        for module in (gates, checked, taken):
            monkeypatch.setattr(module, "gate", gate_after_the_move)

    return meanwhile


@pytest.mark.parametrize("act", [
    lambda unit, by: take_out_of_service(unit, reason="repair", by=by, now=at(5)),
    lambda unit, by: lose(unit, by=by, now=at(5)),
    lambda unit, by: take_out_of_kit(unit, by=by, now=at(5)),
])  # fmt: skip
def test_whoever_has_read_the_old_product_starts_again(act, move, unit, desk):
    unit = Item.objects.get(pk=unit.pk)
    move()

    with pytest.raises(PlanMoved):
        act(unit, desk)


def test_an_outage_is_ended_behind_the_gate_of_the_new_product(move, unit, desk):
    outage = take_out_of_service(unit, reason="repair", by=desk, now=NOW)
    move()

    with pytest.raises(PlanMoved):
        return_to_service(outage, by=desk, now=at(5))


def test_a_check_starts_again(move, case, unit, north, desk):
    Policy.objects.create(center=case.center, turnaround_days=5)
    hand_over_together(north, items=[unit], by=desk, due_at=at(10), now=NOW)
    loan = take_back(unit, by=desk, now=at(4))
    move()

    with pytest.raises(PlanMoved):
        check(loan, by=desk, now=at(5))


def test_a_return_starts_again(move, unit, north, desk):
    """It has gone out as a unit of the other product meanwhile."""
    stale = Item.objects.get(pk=unit.pk)
    move(lambda: hand_over_together(north, items=[Item.objects.get(pk=unit.pk)], by=desk, due_at=at(10), now=at(5)))

    with pytest.raises(PlanMoved):
        take_back(stale, by=desk, now=at(5))
