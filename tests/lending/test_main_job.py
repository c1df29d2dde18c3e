"""The main job in verbs: reserve, hand over, be late, take back."""

import pytest

from inventory.models import Item
from lending.handovers import finish, hand_over, hand_over_together, open_handover, undo
from lending.models import Allocation, Loan, Policy, State
from lending.overdue import keep_blocking
from lending.refusals import (
    HandoverRefused,
    ItemIsPromised,
    NotAvailable,
    NotInReservation,
    PartlyAvailable,
    RenewReserved,
)
from lending.renewals import renew
from lending.reservations import approve, cancel, change, make_ready
from lending.returns import check, take_back
from people.models import JournalEntry
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, reserve

pytestmark = pytest.mark.django_db


def test_two_schools_cannot_take_the_last_case(case, north, south, anna, bert):
    reserve(case, 1, NEXT_WEEK, north, anna)

    with pytest.raises(NotAvailable) as refusal:
        reserve(case, 1, NEXT_WEEK, south, bert)

    assert refusal.value.facts["next_free"] == NEXT_WEEK[1]
    assert "1 reserviert" in str(refusal.value)


def test_a_refusal_offers_what_is_left(cases, north, south, anna, bert):
    reserve(cases, 3, NEXT_WEEK, north, anna)

    with pytest.raises(PartlyAvailable) as refusal:
        reserve(cases, 4, NEXT_WEEK, south, bert)

    (fewer,) = (way for way in refusal.value.alternatives if way["kind"] == "fewer")
    assert (fewer["product"], fewer["quantity"]) == (cases.pk, 2)


def test_a_school_borrows_and_brings_back(cases, north, anna, desk):
    reservation = reserve(cases, 2, NEXT_WEEK, north, anna)
    assert reservation.state == State.APPROVED
    make_ready(reservation, by=desk, now=at(8, 8))

    handover = open_handover(north, reservation=reservation, by=desk, now=at(8))
    planned = [row.item for row in Allocation.objects.filter(line__reservation=reservation)]
    for item in planned:
        hand_over(handover, item, by=desk, now=at(8))
    finish(handover, by=desk, now=at(8))
    assert Loan.objects.open().filter(institution=north).count() == 2

    for item in planned:
        check(take_back(item, by=desk, now=at(12, 9)), by=desk, now=at(12, 11))
    assert not Loan.objects.open().exists()
    assert not Allocation.objects.holding().exists()
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert {"reservation.placed", "reservation.ready", "loan.handed_over", "loan.returned", "loan.checked"} <= verbs


def test_any_unit_will_do_at_the_desk(cases, north, south, anna, bert, desk):
    ours = reserve(cases, 1, NEXT_WEEK, north, anna)
    theirs = reserve(cases, 1, NEXT_WEEK, south, bert)
    kept_for_them = Allocation.objects.get(line__reservation=theirs).item

    loan = hand_over(open_handover(north, reservation=ours, by=desk, now=at(8)), kept_for_them, by=desk, now=at(8))

    assert loan.item == kept_for_them
    assert Allocation.objects.get(line__reservation=theirs).item != kept_for_them


def test_a_promised_unit_is_not_handed_to_another_school(case, north, south, anna, desk):
    reserve(case, 1, NEXT_WEEK, north, anna)

    unit = Item.objects.get(product=case)

    with pytest.raises(HandoverRefused) as refusal:
        hand_over_together(south, items=[unit], by=desk, due_at=at(10), now=at(5))

    reason = refusal.value.facts["reasons"][unit.pk]
    assert isinstance(reason, ItemIsPromised)
    assert reason.facts["institution"] == "Grundschule Nord"
    assert not Loan.objects.exists()


def test_a_unit_beside_the_reservation_is_asked_about(cases, case, north, anna, desk):
    reservation = reserve(cases, 1, NEXT_WEEK, north, anna)
    handover = open_handover(north, reservation=reservation, by=desk, now=at(8))
    unit = Item.objects.get(product=case)

    with pytest.raises(NotInReservation):
        hand_over(handover, unit, by=desk, now=at(8))

    assert hand_over(handover, unit, by=desk, add=True, now=at(8)).due_at == reservation.ends_at


def test_a_renewal_asks_who_waits(case, north, south, anna, bert, desk):
    handover = hand_over_together(north, items=[Item.objects.get(product=case)], by=desk, due_at=at(10), now=at(3))
    loan = handover.loans.get()
    reserve(case, 1, WEEK_AFTER, south, bert)

    assert renew(loan, until=at(12), by=anna, now=at(9)).due_at == at(12)
    with pytest.raises(RenewReserved):
        renew(loan, until=at(17), by=desk, override=True, now=at(9))


def test_an_overdue_item_still_blocks(case, north, south, bert, desk):
    hand_over_together(north, items=[Item.objects.get(product=case)], by=desk, due_at=at(5), now=at(3))
    reservation = reserve(case, 1, NEXT_WEEK, south, bert)

    keep_blocking(case, now=at(5, 17))

    line = reservation.lines.get()
    assert (line.shortfall, line.shortfall_reason) == (1, "late_return")
    take_back(Item.objects.get(product=case), by=desk, now=at(6))
    line.refresh_from_db()
    assert (line.shortfall, line.shortfall_reason) == (0, "")


def test_what_was_scanned_by_mistake_never_was(case, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    handover = open_handover(north, reservation=reservation, by=desk, now=at(8))
    loan = hand_over(handover, Item.objects.get(product=case), by=desk, now=at(8))

    undo(loan, by=desk, now=at(8, 11))

    assert not Loan.objects.exists()
    assert Allocation.objects.get().kind == "plan"


def test_canceling_frees_the_units(case, north, south, anna, bert):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)

    cancel(reservation, by=anna, now=NOW)

    assert reserve(case, 1, NEXT_WEEK, south, bert).state == State.APPROVED


def test_extending_moves_others_to_another_unit(cases, north, south, anna, bert):
    ours = reserve(cases, 3, NEXT_WEEK, north, anna)
    reserve(cases, 2, WEEK_AFTER, south, bert)

    assert change(ours, ends_at=at(17), by=anna, now=NOW).ends_at == at(17)
    with pytest.raises(NotAvailable):
        reserve(cases, 1, (at(16), at(17)), south, bert)


def test_what_needs_approval_is_requested_first(case, north, anna, desk):
    Policy.objects.create(center=case.center, product=case, needs_approval=True)
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    assert reservation.state == State.REQUESTED

    assert approve(reservation, by=desk, now=NOW).state == State.APPROVED
