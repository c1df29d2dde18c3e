"""A unit by name for a line at risk: nobody else is given it at the same moment. Real threads, real locks."""

import pytest

from inventory.models import Item
from lending.at_risk import helping, swap, swapping
from lending.models import Allocation
from people.once import run
from tests.lending.shorthand import NEXT_WEEK, NOW, broken, reserve
from tests.races import meeting, outcomes, patiently, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rows(cases, north, south, anna, bert) -> list[Allocation]:
    """Four planned rows of five units."""
    who = [(north, anna), (south, bert)] * 2
    lines = [reserve(cases, 1, NEXT_WEEK, *it).lines.get() for it in who]
    return list(Allocation.objects.filter(line__in=lines).select_related("line__reservation").order_by("pk"))


@pytest.fixture
def spare(cases, rows) -> Item:
    return Item.objects.exclude(pk__in=[row.item_id for row in rows]).get(product=cases)


def test_the_spare_unit_goes_to_one_of_four(rows, spare, desk):
    acts = [lambda row=row: patiently(lambda: swap(row.line, row.pk, spare, by=desk, now=NOW)) for row in rows]

    assert outcomes(together(*acts)) == {"Reservation": 1, "UnitIsNeeded": 3}
    assert Allocation.objects.holding().get(item=spare).pinned
    assert broken() == []


def test_a_swap_and_a_booking_never_get_the_same_unit(cases, rows, spare, south, bert, desk):
    results = together(
        lambda: patiently(lambda: swap(rows[0].line, rows[0].pk, spare, by=desk, now=NOW)),
        *[lambda: patiently(lambda: reserve(cases, 1, NEXT_WEEK, south, bert))] * 4,
    )

    booked = outcomes(results[1:])
    assert booked == {"Reservation": 1, "NotAvailable": 3}
    assert broken() == []


def test_without_the_gate_the_wall_refuses_what_both_have_seen(monkeypatch, cases, rows, spare, desk):
    """The negative control: both have seen the spare unit free before either takes it."""
    monkeypatch.setattr(helping, "gate", lambda wanted: {cases.pk: cases})
    monkeypatch.setattr(helping, "swapped", meeting(2, swapping.swapped))

    acts = [lambda row=row: run(lambda: swap(row.line, row.pk, spare, by=desk, now=NOW)) for row in rows[:2]]

    assert outcomes(together(*acts)) == {"Reservation": 1, "TryAgain": 1}
