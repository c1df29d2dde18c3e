"""When the world changes, the plan follows: repair, loss, kits, missing parts, lateness, imports."""

import pytest
from django.db import transaction

from inventory.models import Item, Part
from inventory.models.item import Fitness, Life
from lending import upkeep
from lending.findings import bring_later
from lending.handovers import hand_over_together
from lending.models import Allocation, Finding, Loan, Outage, Policy, State
from lending.outages import return_to_service, take_out_of_service
from lending.overdue import keep_blocking, promise_back
from lending.planning import Planning, settle
from lending.refusals import ItemIsBound, ItemIsOut, LoanIsOver
from lending.returns import check, drop_off, take_back
from lending.stock import find_again, lose, put_into_kit, recatalogue, retire, take_out_of_kit
from people.models import Intent, JournalEntry
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve

pytestmark = pytest.mark.django_db


def shortfall(reservation) -> int:
    return reservation.lines.get().shortfall


@pytest.fixture
def unit(case) -> Item:
    return Item.objects.get(product=case)


def test_repair_moves_the_plan_to_another_unit(cases, north, anna, desk):
    reservation = reserve(cases, 1, NEXT_WEEK, north, anna)
    planned = Allocation.objects.get(line__reservation=reservation)

    take_out_of_service(planned.item, reason="repair", by=desk, now=NOW)

    moved = Allocation.objects.get(line__reservation=reservation)
    assert (moved.pk, moved.holds) == (planned.pk, True)
    assert moved.item_id != planned.item_id
    assert shortfall(reservation) == 0


def test_repair_of_the_last_unit_leaves_somebody_short_until_it_is_back(case, unit, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)

    outage = take_out_of_service(unit, reason="repair", by=desk, now=NOW)
    assert (shortfall(reservation), reservation.lines.get().shortfall_reason) == (1, "repair")
    assert Item.objects.get(pk=unit.pk).fitness == Fitness.IN_REPAIR

    return_to_service(outage, by=desk, now=at(4))
    assert shortfall(reservation) == 0
    assert Item.objects.get(pk=unit.pk).fitness == Fitness.OK


def test_what_a_line_has_does_not_change_places_with_what_it_is_short_of(cases, north, anna, desk):
    """Five wanted, one of them broken: settled again, the four stay as they are."""
    wanted = reserve(cases, 5, NEXT_WEEK, north, anna)
    broken_one = Allocation.objects.filter(line__reservation=wanted).order_by("-pk")[0].item
    take_out_of_service(broken_one, reason="repair", by=desk, now=NOW)
    assert wanted.lines.get().shortfall == 1
    rows = list(Allocation.objects.filter(kind="plan").values_list("pk", "item").order_by("pk"))

    answer = Planning.read(cases, NOW).settle()
    with transaction.atomic():
        settle(cases, NOW)

    assert answer.moves == {}
    assert [kind for kind, _, _ in answer.short] == ["short"]
    assert list(Allocation.objects.filter(kind="plan").values_list("pk", "item").order_by("pk")) == rows


def test_a_repair_that_ends_in_time_leaves_nobody_short(case, unit, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)

    take_out_of_service(unit, reason="repair", by=desk, expected_end_at=at(5), now=NOW)

    assert shortfall(reservation) == 0


def test_a_repair_that_lasts_is_noticed(case, unit, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    take_out_of_service(unit, reason="repair", by=desk, expected_end_at=at(5), now=NOW)

    for product in upkeep.products_to_replan(now=at(6)):
        upkeep.replan(product, now=at(6))

    assert (shortfall(reservation), reservation.lines.get().shortfall_reason) == (1, "repair_lasts")


def test_an_import_that_finds_it_in_repair_heals_without_an_upward_call(case, unit, north, anna):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    Item.objects.filter(pk=unit.pk).update(fitness=Fitness.IN_REPAIR)

    assert upkeep.products_to_replan(now=NOW) == [case.pk]
    upkeep.replan(case.pk, now=NOW)

    assert Outage.objects.open().get().item == unit
    assert shortfall(reservation) == 1


def test_a_retired_unit_is_planned_no_more(case, unit, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)

    retire(unit, by=desk, now=NOW)

    assert (shortfall(reservation), reservation.lines.get().shortfall_reason) == (1, "retired")


def test_what_is_out_or_bound_is_not_retired(unit, north, desk):
    hand_over_together(north, items=[unit], by=desk, due_at=at(5), now=NOW)
    with pytest.raises(ItemIsOut):
        retire(unit, by=desk, now=NOW)

    take_back(unit, by=desk, now=at(4))
    unit.bound_until = at(20, month=12).date()
    with pytest.raises(ItemIsBound):
        retire(unit, by=desk, now=NOW)
    assert retire(unit, by=desk, is_released=True, now=NOW).life == Life.RETIRED


def test_what_was_lost_comes_back(case, unit, north, south, bert, desk):
    hand_over_together(north, items=[unit], by=desk, due_at=at(5), now=NOW)
    lose(unit, by=desk, now=at(6))
    assert Loan.objects.open().get().lost_at == at(6)

    take_back(unit, by=desk, now=at(7))

    assert Item.objects.get(pk=unit.pk).life == Life.ACTIVE
    assert reserve(case, 1, NEXT_WEEK, south, bert).state == State.APPROVED


def test_what_was_missed_on_the_shelf_is_found(case, unit, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    lose(unit, by=desk, now=NOW)
    assert shortfall(reservation) == 1

    find_again(unit, by=desk, now=NOW)

    assert shortfall(reservation) == 0


def test_a_unit_in_a_kit_goes_out_with_the_kit_only(case, cases, unit, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    put_into_kit(unit, kit=cases.items.first(), by=desk, now=NOW)
    assert shortfall(reservation) == 1

    take_out_of_kit(unit, by=desk, now=NOW)

    assert shortfall(reservation) == 0


def test_a_unit_of_another_product_serves_those_who_are_short_there(case, cases, unit, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    take_out_of_service(unit, reason="repair", by=desk, now=NOW)
    spare = cases.items.first()
    take_out_of_service(spare, reason="cleaning", by=desk, expected_end_at=at(4), now=NOW)

    recatalogue(spare, product=case, by=desk, now=NOW)

    assert shortfall(reservation) == 0
    assert Allocation.objects.get(line__reservation=reservation).item == spare


def test_a_missing_part_is_asked_for_and_brought_later(center, case, unit, north, anna, desk):
    glasses = Part.objects.create(center=center, product=case, name="VR-Brille", quantity=8, minimum=6)
    hand_over_together(north, items=[unit], by=desk, responsible=anna, due_at=at(5), now=NOW)

    loan = take_back(unit, by=desk, missing={glasses: 1}, now=at(5))
    assert not Outage.objects.exists()
    assert Intent.objects.filter(kind="part_missing", subject_id=loan.pk, user=anna).exists()
    assert unit.parts.get().working == 7

    bring_later(Finding.objects.get(), by=desk, now=at(8))
    assert unit.parts.get().working == 8
    assert Finding.objects.get().resolved_at == at(8)


def test_below_its_minimum_a_case_is_out_of_service(center, case, unit, north, desk):
    glasses = Part.objects.create(center=center, product=case, name="VR-Brille", quantity=8, minimum=6)
    hand_over_together(north, items=[unit], by=desk, due_at=at(5), now=NOW)

    take_back(unit, by=desk, missing={glasses: 3}, now=at(5))
    assert Outage.objects.open().get().reason == "incomplete"

    bring_later(Finding.objects.get(), by=desk, now=at(8))
    assert not Outage.objects.open().exists()


def test_a_late_item_with_a_promised_day_blocks_until_then(case, unit, north, south, bert, desk):
    loan = hand_over_together(north, items=[unit], by=desk, due_at=at(5), now=NOW).loans.get()
    reservation = reserve(case, 1, (at(11), at(12)), south, bert)
    keep_blocking(case, now=at(8, 17))
    assert shortfall(reservation) == 1

    promise_back(loan, at=at(10), by=desk, now=at(8, 18))

    assert shortfall(reservation) == 0


def test_keeping_blocked_twice_changes_nothing(case, unit, north, desk):
    hand_over_together(north, items=[unit], by=desk, due_at=at(5), now=NOW)

    assert keep_blocking(case, now=at(5, 17)) == 1
    assert keep_blocking(case, now=at(5, 17)) == 0


def test_turnaround_blocks_until_it_is_checked(case, unit, north, south, anna, bert, desk):
    Policy.objects.create(center=case.center, product=case, turnaround_days=2)
    hand_over_together(north, items=[unit], by=desk, due_at=at(8), now=NOW)
    loan = take_back(unit, by=desk, now=at(5))
    assert Allocation.objects.get(loan=loan).blocked.upper == at(9)

    check(loan, by=desk, now=at(5, 12))

    assert not Allocation.objects.get(loan=loan).holds


def test_the_return_box_stops_the_letters_but_not_the_loan(unit, north, anna, desk):
    loan = hand_over_together(north, items=[unit], by=desk, responsible=anna, due_at=at(5), now=NOW).loans.get()

    assert drop_off(loan, by=None, now=at(4)).returned_at is None
    take_back(unit, by=desk, now=at(4, 12))
    with pytest.raises(LoanIsOver):
        drop_off(loan, by=None, now=at(5))


def test_rows_that_are_over_let_go(unit, north, desk):
    hand_over_together(north, items=[unit], by=desk, due_at=at(5), now=NOW)
    take_back(unit, by=desk, now=at(4))
    Allocation.objects.update(holds=True)

    with transaction.atomic():
        assert upkeep.let_go(now=at(6)) == 1
    assert not Allocation.objects.holding().exists()


def test_every_change_is_in_the_journal(case, unit, north, desk):
    outage = take_out_of_service(unit, reason="repair", by=desk, now=NOW)
    return_to_service(outage, by=desk, now=at(4))
    lose(unit, by=desk, now=at(4))
    find_again(unit, by=desk, now=at(5))
    retire(unit, by=desk, now=at(5))

    verbs = set(JournalEntry.objects.about(unit).values_list("verb", flat=True))
    assert {"item.out_of_service", "item.back_in_service", "item.lost", "item.found", "item.retired"} <= verbs


def test_who_reserved_earlier_is_served_first(case, cases, north, south, anna, bert, desk):
    """Two units of five are left: the older reservation keeps its two, the younger goes short, whoever was planned."""
    older = reserve(cases, 2, NEXT_WEEK, north, anna)
    younger = reserve(cases, 2, NEXT_WEEK, south, bert)
    for row in Allocation.objects.holding().filter(line__reservation=older):
        take_out_of_service(row.item, reason="repair", by=desk, now=NOW)
    for item in Item.objects.filter(product=cases, outage__isnull=True)[:1]:
        take_out_of_service(item, reason="repair", by=desk, now=NOW)

    assert (shortfall(older), shortfall(younger)) == (0, 2)
