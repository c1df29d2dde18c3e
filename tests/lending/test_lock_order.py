"""tests/conftest.py looks at the order of locks in every test; here it is shown that it would see a wrong one."""

from collections.abc import Iterator
from threading import Event

import pytest
from django.db import transaction

from inventory.models import Item
from lending.gate import gate
from lending.handovers import hand_over_together
from lending.models import Loan, Reservation
from lending.refusals import ItemIsOut
from lending.stock import put_into_kit, recatalogue, retire
from people import journal
from people.once import run
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve
from tests.races import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def offences(order_of_locks) -> Iterator[list[str]]:
    """What was seen; meant here, and so forgiven at the end."""
    yield order_of_locks.offences
    order_of_locks.offences.clear()


def test_verbs_take_the_gate_first(order_of_locks, case, north, anna, desk):
    reserve(case, 1, NEXT_WEEK, north, anna)
    hand_over_together(north, items=list(case.items.all()), by=desk, due_at=at(5), now=NOW)

    assert order_of_locks.verbs == 2
    assert order_of_locks.offences == []


def test_a_lock_before_the_gate_would_be_seen(offences, case, north, anna):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)

    with transaction.atomic():
        Reservation.objects.lock().get(pk=reservation.pk)
        gate({case.pk})

    assert [offence for offence in offences if "lending_reservation" in offence]


def test_a_row_written_before_the_gate_would_be_seen(offences, case, north, desk):
    with transaction.atomic():
        journal.record("test.happened", north, by=desk)
        gate({case.pk})

    assert [offence for offence in offences if "people_journalentry" in offence]


def test_a_gate_that_comes_in_two_parts_would_be_seen(offences, case, cases):
    with transaction.atomic():
        gate({case.pk})
        gate({case.pk, cases.pk})

    assert [offence for offence in offences if "second gate" in offence]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leaving", ["retire", "put_into_kit", "recatalogue"])
def test_what_is_being_handed_over_does_not_leave_the_stock_meanwhile(leaving, case, cases, north, desk, manager):
    unit, kit = Item.objects.get(product=case), Item.objects.filter(product=cases)[0]
    leave = {
        "retire": lambda: retire(unit, by=manager, now=NOW),
        "put_into_kit": lambda: put_into_kit(unit, kit=kit, by=manager, now=NOW),
        "recatalogue": lambda: recatalogue(unit, product=cases, by=manager, now=NOW),
    }[leaving]
    begun, is_out = Event(), Event()

    def hand_over() -> None:
        with transaction.atomic():
            gate({case.pk})
            begun.set()
            is_out.wait(1)  # the other one has looked by now, and waits for the gate
            hand_over_together(north, items=[unit], by=desk, due_at=at(5), now=NOW)

    def meanwhile() -> object:
        begun.wait(5)
        return run(leave)

    _, outcome = together(hand_over, meanwhile)

    assert isinstance(outcome, ItemIsOut)
    assert Loan.objects.open().get().item == unit
