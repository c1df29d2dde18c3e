"""Kits at the desk: what lies in a case goes out with the case."""

import pytest

from inventory.models import Item
from lending.handovers import hand_over, open_handover
from lending.models import Loan
from lending.refusals import ItemIsInAKit
from lending.stock import put_into_kit
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve

pytestmark = pytest.mark.django_db


def test_a_thing_out_of_a_case_says_so_and_offers_the_case(case, cases, north, anna, desk):
    content, kit = Item.objects.get(product=case), cases.items.first()
    put_into_kit(content, kit=kit, by=desk, now=NOW)
    reservation = reserve(cases, 1, NEXT_WEEK, north, anna)
    handover = open_handover(north, reservation=reservation, by=desk, now=at(8))

    with pytest.raises(ItemIsInAKit) as refusal:
        hand_over(handover, content, by=desk, now=at(8))

    (way,) = refusal.value.alternatives
    assert (way["kind"], way["item"]) == ("instead", kit.pk)
    assert hand_over(handover, kit, by=desk, now=at(8)).item == kit


def test_a_class_set_is_handed_over_scan_by_scan(cases, north, anna, desk):
    reservation = reserve(cases, 5, NEXT_WEEK, north, anna)
    handover = open_handover(north, reservation=reservation, by=desk, now=at(8))

    for number, item in enumerate(cases.items.all(), 1):
        hand_over(handover, item, by=desk, now=at(8))
        assert Loan.objects.open().count() == number
