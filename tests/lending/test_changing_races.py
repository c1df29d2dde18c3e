"""Changes beside each other, beside a cancellation and beside a handover: real threads, real locks."""

import pytest

from inventory.models import Item
from lending.handovers import hand_over_together
from lending.models import Allocation
from lending.planning import Planning
from lending.refusals import AlreadyOut, ForeignThing, HandoverRefused, NotAvailable, NotInReservation, WrongState
from lending.reservations import LineChange, Wish, cancel, change, locking, split
from people.once import run
from tests.lending.shorthand import NEXT_WEEK, NOW, at, broken, reserve
from tests.races import meeting, outcomes, patiently, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd(cases, north, south, anna, bert):
    """Four schools' reservations of one set each; one is left."""
    return [reserve(cases, 1, NEXT_WEEK, *who) for who in [(north, anna), (south, bert)] * 2]


def one_more(reservation) -> object:
    return change(reservation, lines={reservation.lines.get().pk: LineChange(quantity=2)}, by=None, now=NOW)


def test_of_four_who_want_the_last_set_as_well_one_gets_it(crowd):
    seen = outcomes(together(*[lambda r=r: patiently(lambda: one_more(r)) for r in crowd]))

    assert seen == {"Reservation": 1, "PartlyAvailable": 3}
    assert broken() == []


def test_without_the_gate_the_walls_refuse_what_the_planner_allowed(monkeypatch, cases, crowd):
    """The negative control: take the lock away, and the crowd runs into the last wall."""
    monkeypatch.setattr(locking, "gate", lambda products: {cases.pk: cases})
    monkeypatch.setattr(Planning, "read_all", meeting(len(crowd), Planning.read_all))

    seen = outcomes(together(*[lambda r=r: run(lambda: one_more(r)) for r in crowd]))

    assert seen["TryAgain"] > 0
    assert broken() == []


def test_a_change_beside_a_cancellation_comes_first_or_not_at_all(case, cases, north, anna):
    """The change brings a product that the cancellation has not locked: it must look again, and free that one, too."""
    for _ in range(4):
        reservation = reserve(cases, 2, NEXT_WEEK, north, anna)
        changed, canceled = together(
            lambda r=reservation: patiently(lambda: change(r, add=[Wish(case, 1)], by=anna, now=NOW)),
            lambda r=reservation: patiently(lambda: cancel(r, by=anna, now=NOW)),
        )

        assert isinstance(changed, WrongState) or changed.pk == reservation.pk
        assert canceled.state == "canceled"
        assert not Allocation.objects.holding().exists()
        assert broken() == []


def test_a_change_beside_a_handover_and_a_split_leaves_no_unit_in_two_places(cases, north, anna, desk):
    reservation = reserve(cases, 3, NEXT_WEEK, north, anna)
    line, now = reservation.lines.get(), at(8)
    unit = Item.objects.get(allocation=Allocation.objects.filter(line=line).first())

    results = together(
        lambda: patiently(lambda: change(reservation, ends_at=at(16), by=desk, now=now)),
        lambda: patiently(lambda: hand_over_together(north, items=[unit], reservation=reservation, by=desk, now=now)),
        lambda: patiently(lambda: split(reservation, units={line.pk: 1}, by=anna, now=now)),
    )

    may_be = ForeignThing | AlreadyOut | NotInReservation  # the line was parted, or the unit went with the split
    assert not [it for it in results if isinstance(it, Exception) and not isinstance(it, may_be | HandoverRefused)]
    assert broken() == []


def test_moving_apart_and_splitting_never_deadlock(case, cases, north, south, anna, bert):
    ours, theirs = reserve(cases, 2, NEXT_WEEK, north, anna), reserve(cases, 2, NEXT_WEEK, south, bert)
    more = reserve(case, 1, NEXT_WEEK, north, anna)

    results = together(
        *[lambda r=r, d=d: patiently(lambda: change(r, ends_at=at(d), by=None, now=NOW))
          for r, d in ((ours, 15), (theirs, 16), (more, 17), (ours, 11))],
        lambda: patiently(lambda: change(ours, add=[Wish(case, 1, at(9), at(10))], by=None, now=NOW)),
        lambda: patiently(lambda: change(more, add=[Wish(cases, 1, at(9), at(10))], by=None, now=NOW)),
        lambda: patiently(lambda: split(theirs, units={theirs.lines.get().pk: 1}, by=bert, now=NOW)),
    )  # fmt: skip

    assert not [it for it in results if isinstance(it, Exception) and not isinstance(it, NotAvailable)]
    assert broken() == []
