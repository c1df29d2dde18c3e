"""A whole slip at once: every unit is asked for in turn, and all of them are written together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.models import Item
from lending.handovers import hand_over, hand_over_together, open_handover
from lending.models import Allocation, Loan
from lending.refusals import AlreadyScanned, HandoverRefused, ItemIsPromised
from lending.reservations import Wish, place
from people.models import Intent, JournalEntry
from tests.lending.shorthand import NEXT_WEEK, NOW, at, broken, reserve

pytestmark = pytest.mark.django_db


def test_more_items_of_a_product_ask_the_database_no_more_often(cases, north, desk):
    few, many = list(cases.items.all()[:2]), list(cases.items.all()[2:])

    with CaptureQueriesContext(connection) as for_two:
        hand_over_together(north, items=few, by=desk, due_at=at(5), now=NOW)
    with CaptureQueriesContext(connection) as for_three:
        hand_over_together(north, items=many, by=desk, due_at=at(5), now=NOW)

    assert len(for_three) == len(for_two)
    assert Loan.objects.open().count() == 5


def test_planned_units_change_places_within_one_slip(cases, north, anna, desk):
    longer, shorter = Wish(cases, 1, *NEXT_WEEK), Wish(cases, 1, NEXT_WEEK[0], at(10))
    reservation = place(north, wishes=[longer, shorter], starts_at=at(8), ends_at=at(12), by=desk, now=NOW)
    first, second = Allocation.objects.order_by("pk")
    another = cases.items.exclude(pk__in=[first.item_id, second.item_id]).first()
    assert second.line.ends_at < first.line.ends_at

    hand_over_together(north, items=[another, second.item], reservation=reservation, by=desk, now=at(8))

    assert {loan.item: loan.due_at for loan in Loan.objects.all()} == {another: at(10), second.item: at(12)}
    assert {loan.allocation_id for loan in Loan.objects.all()} == {first.pk, second.pk}
    assert broken() == []


def test_a_unit_that_is_scanned_twice_says_so(case, north, desk):
    item = case.items.get()

    with pytest.raises(HandoverRefused) as refusal:
        hand_over_together(north, items=[item, item], by=desk, due_at=at(5), now=NOW)

    assert isinstance(refusal.value.facts["reasons"][item.pk], AlreadyScanned)
    assert not Loan.objects.exists()


def test_a_refusal_names_who_waits_and_not_whose_plan_the_slip_fulfils(cases, north, south, anna, bert, desk):
    Item.objects.filter(asset_number__in=["MZ-0013", "MZ-0014", "MZ-0015"]).update(life="retired")
    reservation = reserve(cases, 1, NEXT_WEEK, north, anna)
    reserve(cases, 1, (at(9), at(11)), south, bert)
    ours, theirs = (row.item for row in Allocation.objects.order_by("pk"))

    with pytest.raises(HandoverRefused) as refusal:
        hand_over_together(north, items=[theirs, ours], reservation=reservation, add=True, by=desk, now=at(8))

    (reason,) = refusal.value.facts["reasons"].values()
    assert isinstance(reason, ItemIsPromised)
    assert reason.facts["institution"] == str(south)


def test_a_slip_that_was_begun_goes_on_and_tells_of_everything(cases, north, anna, desk):
    reservation = reserve(cases, 2, NEXT_WEEK, north, anna)
    one, other = (row.item for row in Allocation.objects.order_by("pk"))
    begun = open_handover(north, reservation=reservation, by=desk, now=at(8))
    hand_over(begun, one, by=desk, now=at(8))

    slip = hand_over_together(
        north, items=[other], reservation=reservation, extras=[("Kabel", 2)], by=desk, now=at(8, 11)
    )

    assert (slip, slip.finished_at) == (begun, at(8, 11))
    told = Intent.objects.get(kind="handed_over").facts
    assert (len(told["things"]), told["extras"]) == (2, [{"name": "Kabel", "quantity": 2}])
    assert JournalEntry.objects.get(verb="handover.finished").facts["loans"] == 2
