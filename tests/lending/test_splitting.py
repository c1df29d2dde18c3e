"""Splitting a reservation: units go along with what is planned for them, and nobody's plan changes."""

import pytest

from inventory.models import Item
from lending.handovers import hand_over, open_handover
from lending.models import Allocation, Policy, State
from lending.outages import take_out_of_service
from lending.refusals import AlreadyOut, ForeignThing, NothingToSplit
from lending.reservations import Wish, change, make_ready, place, split
from people.models import Intent, JournalEntry
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(case, cases, north, anna):
    """Three sets all week, and a case for two days of it."""
    wishes = [Wish(cases, 3), Wish(case, 1, at(9), at(11))]
    return place(
        north, wishes=wishes, starts_at=at(8), ends_at=at(12), by=anna, responsible=anna, purpose="AG", now=NOW
    )


def rows() -> dict[int, int]:
    return dict(Allocation.objects.holding().values_list("pk", "item_id"))


def test_a_line_goes_with_its_units_and_its_days(both, anna):
    before = rows()
    _sets, case = both.lines.all()

    new = split(both, units={case.pk: 1}, by=anna, now=NOW)

    both.refresh_from_db()
    assert rows() == before
    assert [(line.product, line.claimed) for line in new.lines.all()] == [(case.product, 1)]
    assert (new.starts_at, new.ends_at, new.purpose, new.responsible, new.state) == (
        at(9), at(11), "AG", anna, State.APPROVED,
    )  # fmt: skip
    assert ([line.quantity for line in both.lines.all()], both.booked_at) == ([3], new.booked_at)


def test_a_part_of_a_line_gets_days_of_its_own(both, anna, desk):
    sets, _case = both.lines.all()
    make_ready(both, by=desk, now=NOW)

    new = split(both, units={sets.pk: 2}, by=anna, now=NOW)
    assert set(Allocation.objects.filter(line__reservation=new).values_list("pinned", flat=True)) == {True}
    change(new, ends_at=at(16), by=anna, now=NOW)

    assert [line.quantity for line in both.lines.all()] == [1, 1]
    assert (new.lines.get().quantity, new.lines.get().ends_at, new.state) == (2, at(16), State.READY)


def test_everybody_is_told_of_both(both, anna):
    sets, _case = both.lines.all()

    new = split(both, units={sets.pk: 1}, by=anna, now=NOW)

    assert Intent.objects.get(kind="reservation_changed").subject_id == both.pk
    assert Intent.objects.filter(kind="reservation_approved", subject_id=new.pk).exists()
    assert JournalEntry.objects.get(verb="reservation.split").facts["into"] == new.pk


def test_what_is_missing_stays_missing(cases, north, anna, desk):
    reservation = reserve(cases, 5, NEXT_WEEK, north, anna)
    take_out_of_service(Item.objects.filter(product=cases).first(), reason="repair", by=desk, now=NOW)
    line = reservation.lines.get()
    assert line.shortfall == 1

    new = split(reservation, units={line.pk: 4}, by=anna, now=NOW)

    assert (new.lines.get().shortfall, reservation.lines.get().shortfall) == (0, 1)


def test_who_was_split_off_is_as_old_as_before(cases, north, south, anna, bert, desk):
    """The units left are two: they stay with the older school, whatever its reservation is called now."""
    reservation = reserve(cases, 3, NEXT_WEEK, north, anna)
    younger = reserve(cases, 2, NEXT_WEEK, south, bert)
    new = split(reservation, units={reservation.lines.get().pk: 2}, by=anna, now=NOW)

    for item in Item.objects.filter(allocation__line__reservation__in=[reservation, new]):
        take_out_of_service(item, reason="repair", by=desk, now=NOW)

    missing = [it.lines.get().shortfall for it in (reservation, new, younger)]
    assert missing == [0, 1, 2]


def test_what_is_out_stays(cases, north, anna, desk):
    reservation = reserve(cases, 2, NEXT_WEEK, north, anna)
    line = reservation.lines.get()
    handover = open_handover(north, reservation=reservation, by=desk, now=at(8))
    hand_over(handover, Allocation.objects.first().item, by=desk, now=at(8))

    with pytest.raises(AlreadyOut):
        split(reservation, units={line.pk: 2}, by=anna, now=at(8))
    new = split(reservation, units={line.pk: 1}, by=anna, now=at(8))

    assert (reservation.lines.get().quantity, new.lines.get().quantity) == (1, 1)


def test_a_request_that_holds_nothing_is_split_as_well(cases, north, newcomer):
    Policy.objects.create(center=cases.center, needs_approval=True)
    submitted = reserve(cases, 3, NEXT_WEEK, north, newcomer)

    new = split(submitted, units={submitted.lines.get().pk: 1}, by=newcomer, now=NOW)

    line = new.lines.get()
    assert (new.state, line.quantity, line.claimed, line.shortfall) == (State.SUBMITTED, 1, 0, 0)


@pytest.mark.parametrize("units", [{}, {"sets": 0}, {"sets": 3, "case": 1}])
def test_something_goes_and_something_stays(both, anna, units):
    ids = dict(zip(("sets", "case"), both.lines.values_list("pk", flat=True), strict=True))

    with pytest.raises(NothingToSplit):
        split(both, units={ids[name]: number for name, number in units.items()}, by=anna, now=NOW)


def test_a_line_of_somebody_else_is_not_split_off(both, cases, south, anna, bert):
    foreign = reserve(cases, 1, NEXT_WEEK, south, bert).lines.get()

    with pytest.raises(ForeignThing):
        split(both, units={foreign.pk: 1}, by=anna, now=NOW)
