"""Slots kept for an institution for some time: never more than bought, at any time, and its own to use."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from licenses import seats
from licenses.decisions import decide
from licenses.errors import AllSlotsAreTaken, LicenseEndsBefore, NoSlotThen, NotLicensedThen, SlotsAreInUse
from licenses.models import Seat
from licenses.rights import Action
from licenses.seats import keeping
from licenses.seats.keeping import Need
from licenses.using import use

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


@pytest.fixture
def two_at_once(entitled):
    return entitled(capacity_kind="concurrent", capacity=2, permitted=["run"])


@pytest.fixture
def need(film, north):
    def make(claim, start, end, number=1, institution=north):
        return Need(claim, film, institution, number, day(start), day(end))

    return make


def held(**facts):
    return Seat.objects.held().filter(**facts)


def test_never_more_are_kept_than_there_are_at_any_time(two_at_once, need):
    keeping.keep([need(1, 1, 5), need(2, 4, 8)], now=NOW)

    with pytest.raises(NoSlotThen), transaction.atomic():
        keeping.keep([need(3, 3, 6)], now=NOW)
    keeping.keep([need(3, 5, 12)], now=NOW)

    assert held().count() == 3


def test_what_fits_is_kept_although_others_have_to_move(two_at_once, need):
    keeping.keep([need(1, 1, 3), need(2, 5, 7)], now=NOW)
    held(kept_for=2).update(slot=2)

    keeping.keep([need(3, 2, 6)], now=NOW)

    assert {it.kept_for: it.slot for it in held()} == {1: 1, 2: 1, 3: 2}


def test_keeping_again_keeps_what_is_asked_now(two_at_once, need):
    keeping.keep([need(1, 1, 3, number=2)], now=NOW)
    keeping.keep([need(1, 2, 6)], now=NOW)

    assert [(it.held_at, it.expires_at) for it in held()] == [(day(2), day(6))]


def test_what_has_begun_is_released_and_what_never_began_leaves_no_trace(two_at_once, need):
    keeping.keep([need(1, -1, 3)], now=day(-1))
    keeping.keep([need(2, 1, 3)], now=NOW)

    keeping.let_go([1, 2], now=NOW)

    assert [(it.kept_for, it.released_at) for it in Seat.objects.all()] == [(1, NOW)]


def test_a_teacher_of_the_school_uses_what_is_kept_for_it(two_at_once, need, film, anna, bert, carla, north, south):
    keeping.keep([need(1, -1, 3, number=2)], now=day(-1))

    assert not use(film, institution=south, action=Action.RUN, user=bert, now=NOW).is_allowed
    assert use(film, institution=north, action=Action.RUN, user=anna, now=NOW).is_allowed

    lease = held(user=anna).get()
    assert lease.within == held(kept_for=1, slot=lease.slot).get()
    keeping.let_go([1], now=NOW)
    assert not held()


def test_a_lease_ends_with_what_it_is_within(two_at_once, need, anna, north):
    keeping.keep([need(1, -1, 1)], now=day(-1))
    just_before = day(1) - timedelta(minutes=10)

    seat = seats.lease(two_at_once, user=anna, institution=north, now=just_before)
    again = seats.lease(two_at_once, user=anna, institution=north, now=just_before + timedelta(minutes=5))

    assert seat.expires_at == again.expires_at == day(1)


def test_who_comes_before_a_kept_slot_begins_does_not_get_in_its_way(entitled, need, anna, north, south, bert):
    one = entitled(capacity_kind="concurrent", capacity=1, permitted=["run"], lease_minutes=60)
    keeping.keep([need(1, 1, 3)], now=NOW)
    half_an_hour_before = day(1) - timedelta(minutes=30)

    with pytest.raises(AllSlotsAreTaken), transaction.atomic():
        seats.lease(one, user=bert, institution=south, now=half_an_hour_before)
    early = seats.lease(one, user=bert, institution=south, now=day(1) - timedelta(minutes=61))
    later = seats.lease(one, user=bert, institution=south, now=half_an_hour_before)

    assert later.pk == early.pk
    assert later.expires_at == early.expires_at == day(1) - timedelta(minutes=1)


def test_seats_that_are_kept_for_later_cannot_be_cut(two_at_once, need, manager):
    keeping.keep([need(1, 1, 5), need(2, 4, 8)], now=NOW)

    with pytest.raises(SlotsAreInUse), transaction.atomic():
        seats.set_capacity(two_at_once, capacity=1, by=manager, now=NOW)
    keeping.keep([need(2, 5, 8)], now=NOW)
    seats.set_capacity(two_at_once, capacity=1, by=manager, now=NOW)

    assert list(held().values_list("slot", "capacity")) == [(1, 1), (1, 1)]


def test_what_is_unlimited_keeps_nothing_but_has_to_be_licensed(entitled, need, period):
    entitled(permitted=["show"])

    keeping.keep([need(1, 1, 5)], now=NOW)

    assert not held()
    period.ends_on = day(3).date()
    period.save()
    with pytest.raises(LicenseEndsBefore, match="bis Do, 26"):
        keeping.keep([need(1, 1, 5)], now=NOW)
    with pytest.raises(NotLicensedThen, match="abgelaufen"):
        keeping.keep([need(1, 5, 6)], now=NOW)


def test_the_last_day_is_the_day_before_midnight(entitled, need, period, film, north):
    entitled(permitted=["show"])
    period.ends_on = date(2026, 11, 24)
    period.save()
    midnight = datetime(2026, 11, 25, tzinfo=NOW.tzinfo)

    keeping.check([Need(1, film, north, 1, NOW, midnight)])
    with pytest.raises(LicenseEndsBefore):
        keeping.check([Need(1, film, north, 1, NOW, midnight + timedelta(minutes=1))])


def test_a_school_with_a_slot_for_good_needs_no_other(entitled, need, north, south, manager):
    one = entitled(capacity_kind="schools", capacity=1, permitted=["run"])
    seats.assign(one, to=north, by=manager, now=day(-5))

    keeping.keep([need(1, 1, 5)], now=NOW)

    assert not held(kept_for=1)
    with pytest.raises(NoSlotThen):
        keeping.keep([need(2, 1, 5, institution=south)], now=NOW)


def test_a_named_licence_may_be_used_by_the_school_while_one_is_kept(entitled, need, film, anna, north):
    entitled(capacity_kind="named", capacity=1, permitted=["run"])
    keeping.keep([need(1, 1, 3)], now=NOW)

    assert not decide(anna, north, film, Action.RUN, at=NOW).is_allowed
    assert decide(anna, north, film, Action.RUN, at=day(2)).is_allowed
    assert not decide(anna, north, film, Action.RUN, at=day(3)).is_allowed


def test_what_is_over_is_reclaimed(two_at_once, need):
    keeping.keep([need(1, -3, 1)], now=day(-3))

    assert seats.reclaim(now=day(2)) == 1
    assert not held()


@pytest.mark.parametrize(
    ("facts", "wall"),
    [
        ({"expires_at": None}, "slot_is_kept_for_an_institution_for_a_time"),
        ({"institution": None}, "slot_is_kept_for_an_institution_for_a_time"),
        ({"expires_at": day(1)}, "slot_is_held_for_some_time"),
        ({"slot": 3}, "slot_was_bought"),
    ],
)
def test_the_walls_of_what_is_kept(two_at_once, need, facts, wall):
    keeping.keep([need(1, 1, 5)], now=NOW)

    with pytest.raises(IntegrityError, match=wall):
        held().update(**facts)


def test_two_cannot_have_one_slot_at_the_same_time(two_at_once, need):
    keeping.keep([need(1, 1, 5), need(2, 4, 8)], now=NOW)

    with pytest.raises(IntegrityError, match="slot_is_held_once"):
        held(kept_for=2).update(slot=held(kept_for=1).get().slot)


def test_one_lease_is_within_a_kept_slot(two_at_once, need, anna, bert, north):
    keeping.keep([need(1, -1, 3)], now=day(-1))
    seat = seats.lease(two_at_once, user=anna, institution=north, now=NOW)
    other = seats.lease(two_at_once, user=anna, institution=north, now=NOW)
    assert other == seat

    seat.pk, seat.user = None, bert
    with pytest.raises(IntegrityError, match="kept_slot_is_used_once"):
        seat.save()
