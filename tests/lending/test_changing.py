"""Changing a reservation: all of it or nothing, units kept where they can be, and nobody else harmed."""

import pytest

from inventory.models import Item
from lending.handovers import hand_over, open_handover
from lending.models import Allocation, Line, Policy, Reservation, State
from lending.outages import return_to_service, take_out_of_service
from lending.refusals import (
    AlreadyHandedOver,
    AlreadyOut,
    ClosedDay,
    LimitReached,
    NotAvailable,
    NothingWanted,
    PartlyAvailable,
    TooLate,
    WrongState,
)
from lending.reservations import LineChange, Wish, approve, cancel, change, make_ready, place
from people.models import Intent, JournalEntry
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, reserve

pytestmark = pytest.mark.django_db


def units(reservation) -> dict[int, int]:
    """Which line has which of its rows where."""
    rows = Allocation.objects.holding().filter(line__reservation=reservation)
    return dict(rows.values_list("pk", "item_id"))


def only(reservation) -> Line:
    return Reservation.objects.get(pk=reservation.pk).lines.get()


def test_a_reservation_is_moved_and_keeps_its_units(cases, north, anna):
    reservation = reserve(cases, 2, NEXT_WEEK, north, anna)
    before = units(reservation)

    moved = change(reservation, starts_at=WEEK_AFTER[0], ends_at=WEEK_AFTER[1], by=anna, now=NOW)

    assert (moved.starts_at, moved.ends_at) == WEEK_AFTER
    assert units(reservation) == before
    assert {row.blocked.lower for row in Allocation.objects.all()} == {WEEK_AFTER[0]}


def test_two_lines_one_after_the_other_move_over_each_other_on_the_same_unit(case, north, anna):
    """Written one by one, the first would meet the old place of the second on its unit."""
    first, second = (at(8), at(10)), (at(10), at(12))
    reservation = place(north, wishes=[Wish(case, 1, *first), Wish(case, 1, *second)], starts_at=at(8),
                        ends_at=at(12), by=anna, now=NOW)  # fmt: skip
    one, two = reservation.lines.all()

    change(reservation, lines={one.pk: LineChange(None, at(10), at(11)), two.pk: LineChange(None, at(11), at(15))},
           by=anna, now=NOW)  # fmt: skip

    assert [row.blocked.lower for row in Allocation.objects.order_by("line")] == [at(10), at(11)]
    change(reservation, lines={one.pk: LineChange(None, at(12), at(15)), two.pk: LineChange(None, at(8), at(12))},
           by=anna, now=NOW)  # fmt: skip
    assert Reservation.objects.get().starts_at == at(8)


def test_a_refused_change_leaves_everything_as_it_was(case, cases, north, south, anna, bert):
    reservation = place(
        north, wishes=[Wish(cases, 2), Wish(case, 1)], starts_at=at(8), ends_at=at(12), by=anna, now=NOW
    )
    reserve(case, 1, WEEK_AFTER, south, bert)

    with pytest.raises(PartlyAvailable) as refusal:
        change(reservation, starts_at=WEEK_AFTER[0], ends_at=WEEK_AFTER[1], by=anna, now=NOW)

    assert [(it.name, it.available) for it in refusal.value.facts["lines"]] == [(cases.name, 2), (case.name, 0)]
    assert {line.starts_at for line in reservation.lines.all()} == {at(8)}


def test_more_units_come_beside_those_that_are_there(cases, north, south, anna, bert):
    reservation = reserve(cases, 2, NEXT_WEEK, north, anna)
    before = units(reservation)
    reserve(cases, 1, NEXT_WEEK, south, bert)

    change(reservation, lines={only(reservation).pk: LineChange(quantity=4)}, by=anna, now=NOW)

    assert before.items() <= units(reservation).items()
    assert (only(reservation).quantity, only(reservation).claimed, len(units(reservation))) == (4, 4, 4)
    with pytest.raises(PartlyAvailable) as refusal:
        change(reservation, lines={only(reservation).pk: LineChange(quantity=5)}, by=anna, now=NOW)
    assert "4 von 5" in str(refusal.value)


def test_fewer_free_the_others_and_heal_who_is_short(cases, north, south, anna, bert, desk):
    reservation = reserve(cases, 4, NEXT_WEEK, north, anna)
    other = reserve(cases, 1, NEXT_WEEK, south, bert)
    take_out_of_service(Allocation.objects.get(line__reservation=other).item, reason="repair", by=desk, now=NOW)
    assert only(other).shortfall == 1

    change(reservation, lines={only(reservation).pk: LineChange(quantity=3)}, by=anna, now=NOW)

    assert (len(units(reservation)), only(other).shortfall, len(units(other))) == (3, 0, 1)


def test_what_is_short_may_shrink_but_grows_only_when_it_is_whole(case, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    outage = take_out_of_service(Item.objects.get(product=case), reason="repair", by=desk, now=NOW)

    change(reservation, ends_at=at(11), by=anna, now=NOW)
    assert (only(reservation).shortfall, only(reservation).ends_at) == (1, at(11))
    with pytest.raises(NotAvailable):
        change(reservation, ends_at=at(12), by=anna, now=NOW)

    return_to_service(outage, by=desk, now=NOW)
    change(reservation, ends_at=at(12), by=anna, now=NOW)
    assert (only(reservation).shortfall, len(units(reservation))) == (0, 1)


def test_a_line_goes_and_another_comes(case, cases, north, anna):
    reservation = place(north, wishes=[Wish(cases, 2), Wish(cases, 1, at(9), at(10))], starts_at=at(8), ends_at=at(12),
                        by=anna, now=NOW)  # fmt: skip
    first, _second = reservation.lines.all()

    change(reservation, lines={first.pk: LineChange(quantity=0)}, add=[Wish(case, 1, at(9), at(11))], by=anna, now=NOW)

    assert [line.product for line in reservation.lines.all()] == [cases, case]
    assert not Allocation.objects.filter(line=first.pk).exists()
    reservation.refresh_from_db()
    assert (reservation.starts_at, reservation.ends_at) == (at(9), at(11))


def test_a_change_to_nothing_is_a_cancellation(case, north, anna):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)

    with pytest.raises(NothingWanted):
        change(reservation, lines={only(reservation).pk: LineChange(quantity=0)}, by=anna, now=NOW)
    assert len(units(reservation)) == 1


def test_a_line_with_a_period_of_its_own_stays_where_it_is(cases, case, north, anna):
    own = Wish(case, 1, at(9), at(11))
    reservation = place(north, wishes=[Wish(cases, 1), own], starts_at=at(8), ends_at=at(12), by=anna, now=NOW)

    change(reservation, ends_at=at(15), by=anna, now=NOW)

    assert [line.ends_at for line in reservation.lines.all()] == [at(15), at(11)]


def test_a_line_with_its_own_pickup_time_goes_along_by_the_day(cases, case, north, anna):
    Policy.objects.create(center=case.center, product=case, pickup_time="11:00", return_time="9:00")
    late = Wish(case, 1, at(8, 11), at(12, 9))
    reservation = place(north, wishes=[Wish(cases, 1), late], starts_at=at(8), ends_at=at(12), by=anna, now=NOW)

    change(reservation, starts_at=at(9), ends_at=at(15), by=anna, now=NOW)

    assert [(line.starts_at, line.ends_at) for line in reservation.lines.all()] == [
        (at(9), at(15)),
        (at(9, 11), at(15, 9)),
    ]


def test_what_is_packed_stays_packed_until_something_has_to_be_packed_yet(cases, north, south, anna, bert, desk):
    reservation = reserve(cases, 2, NEXT_WEEK, north, anna)
    make_ready(reservation, by=desk, now=NOW)
    packed = units(reservation)

    change(reservation, ends_at=at(15), by=anna, now=NOW)
    assert (Reservation.objects.get().state, units(reservation)) == (State.READY, packed)

    change(reservation, lines={only(reservation).pk: LineChange(quantity=3)}, by=anna, now=NOW)
    assert Reservation.objects.get().state == State.APPROVED
    assert set(Allocation.objects.filter(pinned=True).values_list("pk", flat=True)) == set(packed)


def test_a_packed_unit_that_cannot_stay_is_replaced(cases, north, south, anna, bert, desk):
    reservation = reserve(cases, 1, NEXT_WEEK, north, anna)
    make_ready(reservation, by=desk, now=NOW)
    mine = Allocation.objects.get().item
    take_out_of_service(mine, reason="inspection", by=desk, starts_at=at(15), expected_end_at=at(19), now=NOW)

    change(reservation, ends_at=at(17), by=anna, now=NOW)

    row = Allocation.objects.get(line__reservation=reservation)
    assert (row.item == mine, row.pinned, Reservation.objects.get().state) == (False, False, State.APPROVED)


def test_the_rules_are_asked_for_what_is_new_only(case, cases, north, anna, desk):
    """Booked by the desk for tomorrow and three weeks: no rule a teacher could keep."""
    Policy.objects.create(center=case.center, lead_days=2, max_items=4)
    reservation = reserve(cases, 3, (at(4), at(26)), north, desk)
    line = only(reservation).pk

    change(reservation, ends_at=at(25), by=anna, now=NOW)
    change(reservation, lines={line: LineChange(quantity=2)}, by=anna, now=NOW)
    with pytest.raises(TooLate):
        change(reservation, lines={line: LineChange(quantity=3)}, by=anna, now=NOW)
    with pytest.raises(ClosedDay):
        change(reservation, ends_at=at(20), by=anna, now=NOW)
    with pytest.raises(LimitReached):
        change(reserve(cases, 2, (at(8), at(9)), north, anna), ends_at=at(10), add=[Wish(cases, 1, at(8), at(10))],
               by=anna, now=NOW)  # fmt: skip
    assert change(reservation, lines={line: LineChange(quantity=3)}, by=desk, now=NOW).lines.get().quantity == 3


def test_more_asks_for_approval_again_and_less_does_not(case, cases, north, anna, desk):
    Policy.objects.create(center=case.center, needs_approval=True)
    reservation = reserve(cases, 2, NEXT_WEEK, north, anna)
    approve(reservation, by=desk, now=NOW)

    assert change(reservation, ends_at=at(11), by=anna, now=NOW).state == State.APPROVED
    assert change(reservation, ends_at=at(12), by=desk, now=NOW).state == State.APPROVED
    assert change(reservation, ends_at=at(15), by=anna, now=NOW).state == State.REQUESTED
    assert len(units(reservation)) == 2
    approve(reservation, by=desk, now=NOW)
    told = Intent.objects.filter(kind="reservation_approved", withdrawn_at=None)
    assert told.count() == 1


def test_what_is_out_stays_and_the_rest_is_changed(cases, north, anna, desk):
    reservation = reserve(cases, 3, NEXT_WEEK, north, anna)
    handover = open_handover(north, reservation=reservation, by=desk, now=at(8))
    loan = hand_over(handover, Allocation.objects.first().item, by=desk, now=at(8))

    change(reservation, ends_at=at(15), by=anna, now=at(8, 11))

    out, rest = reservation.lines.order_by("pk")
    assert (out.quantity, out.ends_at, rest.quantity, rest.ends_at) == (1, at(12), 2, at(15))
    assert loan.due_at == at(12)
    with pytest.raises(AlreadyOut):
        change(reservation, lines={out.pk: LineChange(quantity=0)}, by=anna, now=at(8, 11))
    change(reservation, lines={rest.pk: LineChange(quantity=0)}, by=anna, now=at(8, 11))
    with pytest.raises(AlreadyHandedOver):
        change(reservation, ends_at=at(16), by=anna, now=at(8, 11))


def test_what_was_given_up_is_not_wanted_again(cases, north, anna, desk):
    reservation = reserve(cases, 3, NEXT_WEEK, north, anna)
    handover = open_handover(north, reservation=reservation, by=desk, now=at(8))
    hand_over(handover, Allocation.objects.first().item, by=desk, now=at(8))
    cancel(reservation, by=anna, now=at(8, 11))
    assert only(reservation).given_up == 2

    with pytest.raises(AlreadyHandedOver):
        change(reservation, lines={only(reservation).pk: LineChange(quantity=2)}, by=desk, now=at(8, 11))


def test_a_request_that_holds_nothing_is_changed_without_planning(case, north, south, anna, newcomer):
    submitted = reserve(case, 1, NEXT_WEEK, north, newcomer)
    reserve(case, 1, NEXT_WEEK, north, anna)

    change(submitted, ends_at=at(11), lines={only(submitted).pk: LineChange(quantity=2)}, by=newcomer, now=NOW)

    line = only(submitted)
    assert (line.quantity, line.claimed, line.shortfall, line.ends_at) == (2, 0, 0, at(11))
    assert units(submitted) == {}


def test_a_change_is_written_down_and_told_and_no_change_is_not(case, cases, north, anna):
    reservation = reserve(cases, 2, NEXT_WEEK, north, anna)
    line = only(reservation).pk
    change(reservation, ends_at=NEXT_WEEK[1], lines={line: LineChange(quantity=2)}, by=anna, now=NOW)
    assert not JournalEntry.objects.filter(verb="reservation.changed").exists()

    change(reservation, lines={line: LineChange(quantity=1)}, add=[Wish(case, 1)], by=anna, now=NOW)

    entry = JournalEntry.objects.get(verb="reservation.changed")
    assert (entry.facts["lines"], entry.facts["added"]) == ([[line, cases.pk, 2, 1]], [[case.pk, 1]])
    assert Intent.objects.get(kind="reservation_changed").facts["things"][1]["product"] == case.name


def test_what_is_over_is_not_changed(case, north, anna):
    reservation = cancel(reserve(case, 1, NEXT_WEEK, north, anna), by=anna, now=NOW)

    with pytest.raises(WrongState):
        change(reservation, ends_at=at(15), by=anna, now=NOW)
