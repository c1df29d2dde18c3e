"""Slots: taken, kept, given back; never beyond what was bought."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inventory.models import Item
from licenses.errors import AllSlotsAreTaken, NotAMemberHere, NotCountedLikeThis, SlotsAreInUse
from licenses.models import Entitlement, Seat
from licenses.seats import assign, lease, reclaim, release, set_capacity
from people.models import Institution, JournalEntry, Membership

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def two_named(entitled) -> Entitlement:
    return entitled(capacity_kind="named", capacity=2, permitted=["run"])


@pytest.fixture
def one_at_a_time(entitled) -> Entitlement:
    return entitled(capacity_kind="concurrent", capacity=1, permitted=["run"], lease_minutes=45)


def test_two_seats_are_for_two_people(two_named, anna, bert, carla, manager):
    slots = [assign(two_named, to=who, by=manager).slot for who in (anna, bert)]

    assert slots == [1, 2]
    with pytest.raises(AllSlotsAreTaken) as refusal:
        assign(two_named, to=carla, by=manager)
    assert str(refusal.value) == "Alle 2 Plätze sind belegt."


def test_who_has_a_seat_keeps_it(two_named, anna, manager):
    assert assign(two_named, to=anna, by=manager) == assign(two_named, to=anna, by=manager)
    assert JournalEntry.objects.filter(verb="seat.assigned").count() == 1


def test_a_released_slot_is_given_again(two_named, anna, bert, carla, manager):
    first = assign(two_named, to=anna, by=manager)
    assign(two_named, to=bert, by=manager)

    released = release(first, by=manager)

    assert released.released_at is not None
    assert assign(two_named, to=carla, by=manager).slot == first.slot
    assert release(first, by=manager) == released, "once is enough"
    assert two_named.seats.held().count() == 2


def test_a_stranger_gets_no_seat(two_named, foreign_teacher, newcomer, manager):
    for stranger in (foreign_teacher, newcomer):
        with pytest.raises(NotAMemberHere):
            assign(two_named, to=stranger, by=manager)


def test_what_is_counted_in_persons_is_not_given_to_things(two_named, case, north, manager):
    for thing in (Item.objects.get(product=case), north):
        with pytest.raises(NotCountedLikeThis):
            assign(two_named, to=thing, by=manager)


def test_a_class_has_a_name_and_a_school_has_none(entitled, north, manager):
    classes = entitled(capacity_kind="classes", capacity=2)
    schools = entitled(capacity_kind="schools", capacity=2)

    assert [assign(classes, to=north, class_name=name, by=manager).slot for name in ("5a", "5b")] == [1, 2]
    assert assign(schools, to=north, by=manager).slot == 1
    with pytest.raises(NotCountedLikeThis):
        assign(classes, to=north, by=manager)
    with pytest.raises(NotCountedLikeThis):
        assign(schools, to=north, class_name="5a", by=manager)


def test_a_lease_goes_on_while_it_is_used_and_ends_by_itself(one_at_a_time, anna, bert):
    seat = lease(one_at_a_time, user=anna, now=NOW)
    assert lease(one_at_a_time, user=anna, now=NOW + timedelta(minutes=30)) == seat

    with pytest.raises(AllSlotsAreTaken) as refusal:
        lease(one_at_a_time, user=bert, now=NOW + timedelta(minutes=60))
    assert refusal.value.facts["next_free"] == NOW + timedelta(minutes=75)

    assert lease(one_at_a_time, user=bert, now=NOW + timedelta(minutes=75)).slot == 1
    seat.refresh_from_db()
    assert seat.released_at == NOW + timedelta(minutes=75)


def test_fewer_seats_than_are_assigned_cannot_be_had(two_named, anna, bert, manager):
    assign(two_named, to=anna, by=manager)
    assign(two_named, to=bert, by=manager)

    with pytest.raises(SlotsAreInUse) as refusal:
        set_capacity(two_named, capacity=1, by=manager)

    assert str(refusal.value) == "2 Plätze sind vergeben. Geben Sie zuerst 1 davon frei."


def test_seats_move_together_when_some_are_given_up(two_named, anna, bert, manager):
    first = assign(two_named, to=anna, by=manager)
    assign(two_named, to=bert, by=manager)
    release(first, by=manager)

    set_capacity(two_named, capacity=1, by=manager)

    assert [(seat.user, seat.slot, seat.capacity) for seat in two_named.seats.held()] == [(bert, 1, 1)]


def test_more_seats_can_be_bought(two_named, anna, bert, carla, manager):
    for who in (anna, bert):
        assign(two_named, to=who, by=manager)

    set_capacity(two_named, capacity=3, by=manager)

    assert assign(two_named, to=carla, by=manager).slot == 3
    assert set(two_named.seats.held().values_list("capacity", flat=True)) == {3}


def test_who_leaves_frees_the_seat(two_named, anna, bert, carla, manager):
    assign(two_named, to=anna, by=manager)
    assign(two_named, to=bert, by=manager)
    Membership.objects.filter(user=anna).update(ended_at=timezone.now())

    assert assign(two_named, to=carla, by=manager).slot == 1, "even before the night"
    Membership.objects.filter(user=bert).update(ended_at=timezone.now())
    assert (reclaim(), reclaim()) == (1, 0)
    assert [seat.user for seat in two_named.seats.held()] == [carla]
    reclaimed = JournalEntry.objects.filter(verb="seat.reclaimed").order_by("pk")
    assert [(entry.person, entry.by, entry.facts["slot"]) for entry in reclaimed] == [(anna, None, 1), (bert, None, 2)]


def test_a_school_that_closes_frees_its_slot(entitled, north, manager):
    schools = entitled(capacity_kind="schools", capacity=1)
    assign(schools, to=north, by=manager)
    Institution.objects.filter(pk=north.pk).update(closed_on=NOW.date())

    assert reclaim() == 1


def test_a_lease_that_is_over_is_no_change_that_anybody_made(one_at_a_time, anna):
    lease(one_at_a_time, user=anna, now=NOW)

    assert reclaim(now=NOW + timedelta(hours=1)) == 1
    assert not JournalEntry.objects.filter(verb="seat.reclaimed").exists()


# What follows goes past the verbs.


def seat(entitlement, user, **facts) -> Seat:
    usual = {"kind": entitlement.capacity_kind, "capacity": entitlement.capacity, "slot": 1, "held_at": NOW}
    return Seat.objects.create(center=entitlement.center, entitlement=entitlement, user=user, **usual | facts)


@pytest.mark.parametrize(
    ("facts", "wall"),
    [
        ({"slot": 3}, "slot_was_bought"),
        ({"slot": 3, "capacity": 3}, "held_slot_follows_its_entitlement"),
        ({"slot": 0}, "slot_was_bought"),
        ({"capacity": None}, "held_slot_knows_its_capacity"),
        ({"user": None}, "slot_is_held_by_what_is_counted"),
        ({"kind": "devices"}, "slot_is_held_by_what_is_counted"),
        ({"expires_at": NOW}, "slot_is_held_by_what_is_counted"),
    ],
)
def test_a_slot_that_was_not_bought_does_not_exist(two_named, anna, facts, wall):
    with pytest.raises(IntegrityError, match=wall):
        seat(two_named, **{"user": anna} | facts)


def test_a_slot_is_held_once_and_a_person_holds_one(two_named, anna, bert):
    seat(two_named, anna)
    for second, wall in (({"user": bert}, "slot_is_held_once"), ({"user": anna, "slot": 2}, "person_holds_one_slot")):
        with pytest.raises(IntegrityError, match=wall), transaction.atomic():
            seat(two_named, **second)


def test_capacity_cannot_sink_below_a_held_slot(two_named, anna):
    seat(two_named, anna, slot=2)

    with pytest.raises(IntegrityError, match="slot_was_bought"):
        Entitlement.objects.filter(pk=two_named.pk).update(capacity=1)
