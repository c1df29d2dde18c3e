"""What can be had or done only once, by two who ask at the same moment; each with its negative control."""

import pytest

from inventory.models import Item
from lending import renewals, stock
from lending.handovers import hand_over_together
from lending.handovers import together as giving
from lending.models import Loan, Policy
from lending.models.loan import LoanQuerySet
from lending.renewals import renew
from lending.returns import take_back, taken
from lending.stock import put_into_kit
from people.once import run
from tests.lending.shorthand import NOW, at, broken
from tests.races import meeting, outcomes, patiently, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit(case) -> Item:
    return Item.objects.get(product=case)


@pytest.fixture
def lent(unit, north, anna, desk) -> Loan:
    slip = hand_over_together(north, items=[unit], by=desk, responsible=anna, due_at=at(10), now=NOW)
    return slip.loans.get()


@pytest.fixture
def unlocked(monkeypatch, case):
    """Nobody locks a product or a loan, and both have come before either goes on."""

    def take_away(module) -> None:
        monkeypatch.setattr(LoanQuerySet, "lock", lambda loans: loans.order_by("pk"))
        monkeypatch.setattr(module, "gate", meeting(2, lambda wanted: {case.pk: case}))

    return take_away


def two(act) -> dict[str, int]:
    return outcomes(together(*[lambda: patiently(act)] * 2))


def test_a_loan_is_renewed_as_often_as_the_rules_say(center, lent, anna):
    Policy.objects.create(center=center, max_renewals=1)

    assert two(lambda: renew(lent, by=anna, now=at(8))) == {"Loan": 1, "RenewMax": 1}
    assert Loan.objects.get().renewals == 1
    assert broken() == []


def test_without_any_lock_it_would_be_renewed_twice(unlocked, center, lent, anna):
    """The negative control."""
    Policy.objects.create(center=center, max_renewals=1)
    unlocked(renewals)

    assert two(lambda: renew(lent, by=anna, now=at(8))) == {"Loan": 2}


def test_without_any_lock_a_thing_would_be_taken_back_twice(unlocked, lent, unit, desk):
    """The negative control of ``test_one_item_is_taken_back_once``."""
    unlocked(taken)

    assert two(lambda: take_back(unit, by=desk, now=at(4))) == {"Loan": 2}


def test_without_the_gate_the_wall_keeps_a_thing_from_being_handed_over_twice(unlocked, unit, north, desk):
    """The negative control of ``test_one_item_is_handed_over_once``: nobody has it twice. On a busy machine one is done
    before the other looks, who is told so in words."""
    unlocked(giving)

    seen = two_at_once(lambda: hand_over_together(north, items=[unit], by=desk, due_at=at(10), now=NOW))

    assert seen in ({"Handover": 1, "TryAgain": 1}, {"Handover": 1, "HandoverRefused": 1})


def two_at_once(act) -> dict[str, int]:
    """Impatient."""
    return outcomes(together(*[lambda: run(act)] * 2))


def test_two_things_are_never_put_into_each_other(case, cases, desk):
    """Neither knows of the other before the gate."""
    one, other = Item.objects.get(product=case), Item.objects.filter(product=cases)[0]

    seen = outcomes(together(*into_each_other(one, other, desk)))

    assert seen == {"Item": 1, "ForeignThing": 1}
    assert broken() == []


def test_without_looking_again_behind_the_gate_two_things_would_lie_in_each_other(monkeypatch, case, cases, desk):
    """The negative control: each kit as it was when the button was shown."""
    one, other = Item.objects.get(product=case), Item.objects.filter(product=cases)[0]
    monkeypatch.setattr(stock, "read_again", lambda kit: kit)

    assert outcomes(together(*into_each_other(one, other, desk))) == {"Item": 2}


def into_each_other(one, other, desk):
    pairs = [(one, other), (other, one)]
    return [lambda p=pair: patiently(lambda: put_into_kit(p[0], kit=p[1], by=desk, now=NOW)) for pair in pairs]
