"""The last of a bundle, wanted by thirty-two at once: whole bundles, or nothing. Real threads, real locks."""

import pytest
from django.db import OperationalError, transaction

from inventory.models import Product
from lending.bundles import compose
from lending.models import Allocation, Bundle, Reservation
from lending.reservations import Wish, holding, place
from people.once import run
from tests.conftest import product
from tests.lending.shorthand import NEXT_WEEK, NOW, broken
from tests.races import meeting, outcomes, patiently, together

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 32


@pytest.fixture
def robotics(center, robots, cases, manager) -> Bundle:
    """Two of five sets and one of three mats: two bundles, and of each product something is left."""
    mats = product(center, robots, "Spielmatte", units=3, first=31)
    return compose(center, name="Robotik-Paket", lines={cases: 2, mats: 1}, by=manager)


def book(bundle, school, by, *, backwards=False) -> Reservation:
    wishes = [Wish(it.product, it.quantity) for it in bundle.lines.select_related("product").order_by("product")]
    return place(school, wishes=wishes[:: -1 if backwards else 1], starts_at=NEXT_WEEK[0], ends_at=NEXT_WEEK[1],
                 by=by, responsible=by, now=NOW)  # fmt: skip


def test_two_bundles_are_given_to_two_of_thirty_two_and_nobody_gets_a_half(robotics, north, anna):
    acts = [lambda n=n: patiently(lambda: book(robotics, north, anna, backwards=n % 2)) for n in range(CROWD)]

    seen = outcomes(together(*acts))

    assert (seen["Reservation"], seen["NotAvailable"] + seen["PartlyAvailable"]) == (2, CROWD - 2)
    assert Allocation.objects.holding().count() == 6
    assert broken() == []


def test_without_the_gate_the_walls_refuse_what_the_planner_allowed(monkeypatch, robotics, north, anna):
    """The negative control: all have seen two bundles before the first one is booked."""
    products = Product.objects.in_bulk(robotics.lines.values_list("product", flat=True))
    monkeypatch.setattr(holding, "gate", lambda wanted: {pk: products[pk] for pk in set(wanted)})
    monkeypatch.setattr(holding, "admitted", meeting(4, holding.admitted))

    seen = outcomes(together(*[lambda: run(lambda: book(robotics, north, anna))] * 4))

    assert seen["TryAgain"] > 0
    assert broken() == []


def test_in_the_order_of_the_wishes_the_locks_deadlock(monkeypatch, robotics, north, anna):
    """The negative control of the lock order: each product when its line comes, not all of them in id order."""

    def one_after_the_other(wanted):
        return {pk: lock(pk) for pk in list(wanted)}

    lock = meeting(2, lambda pk: Product.objects.lock().get(pk=pk))
    monkeypatch.setattr(holding, "gate", one_after_the_other)

    def in_one_transaction(*, backwards) -> Reservation:
        with transaction.atomic():
            return book(robotics, north, anna, backwards=backwards)

    results = together(lambda: in_one_transaction(backwards=False), lambda: in_one_transaction(backwards=True))

    assert outcomes(results) == {"Reservation": 1, OperationalError.__name__: 1}
