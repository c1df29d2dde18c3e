"""Seven of eight: what works in a case decides whether it can be lent."""

import pytest

from inventory import products
from inventory.products import PackingLine
from lending.counting import count
from lending.models import Line, Outage
from lending.refusals import WorkingOutOfRange
from tests.lending.shorthand import NEXT_WEEK, NOW, reserve


@pytest.fixture
def headset(case, manager):
    products.edit(case, by=manager, packing_list=[PackingLine("VR-Brille", 8, 6), PackingLine("Ladegerät", 8)])
    return case.parts.get(name="VR-Brille")


def test_seven_of_eight_can_still_be_lent(case, headset, desk):
    count(case.items.get(), {headset: 7}, by=desk, now=NOW)

    assert not Outage.objects.exists()


def test_five_of_eight_cannot_and_who_was_promised_the_case_is_short_until_a_spare_is_put_in(
    case, headset, north, anna, desk
):
    reserve(case, 1, NEXT_WEEK, north, anna)
    item = case.items.get()

    count(item, {headset: 5}, by=desk, now=NOW)
    assert Outage.objects.open().get().reason == "incomplete"
    assert Line.objects.get().shortfall == 1

    count(item, {headset: 6}, by=desk, now=NOW)
    assert not Outage.objects.open().exists()
    assert Line.objects.get().shortfall == 0
    item.refresh_from_db()
    assert item.fitness == "ok"


def test_counting_twice_too_few_is_one_outage(case, headset, desk):
    for number in (5, 4):
        count(case.items.get(), {headset: number}, by=desk, now=NOW)

    assert Outage.objects.count() == 1


@pytest.mark.parametrize("number", [-1, 9])
def test_no_more_work_than_belong_in(case, headset, desk, number):
    with pytest.raises(WorkingOutOfRange):
        count(case.items.get(), {headset: number}, by=desk, now=NOW)


def test_a_part_of_another_product_is_not_counted_here(cases, headset, desk):
    with pytest.raises(WorkingOutOfRange):
        count(cases.items.first(), {headset: 3}, by=desk, now=NOW)
