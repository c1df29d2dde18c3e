"""Who had a seat is forgotten, and that somebody had it stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.models import Item
from licenses import deleting, seats
from licenses.models import Deletion, Seat
from office.privacy import erase, forget
from people.models import JournalEntry, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(entitled):
    return entitled(capacity_kind="named", capacity=2)


def test_who_had_a_seat_is_forgotten_after_90_days(named, anna, bert, manager):
    now = timezone.now()
    free, _kept = (seats.assign(named, to=who, by=manager, now=now) for who in (anna, bert))
    seats.release(free, by=manager, now=now)

    forget(now=now + timedelta(days=89))
    assert Seat.objects.filter(user=anna).exists()
    forget(now=now + timedelta(days=91))

    assert list(Seat.objects.order_by("slot").values_list("user", flat=True)) == [None, bert.pk]
    about = JournalEntry.objects.about(free)
    assert [entry.verb for entry in about] == ["seat.released", "seat.assigned"]
    assert {entry.by or entry.person for entry in about} == {None}


def test_leases_are_raw_data_of_use_and_go_after_60_days(entitled, anna):
    now = timezone.now()
    entitlement = entitled(capacity_kind="concurrent", capacity=1)
    seats.lease(entitlement, user=anna, now=now)
    seats.reclaim(now=now + timedelta(hours=2))

    forget(now=now + timedelta(days=59))
    assert Seat.objects.count() == 1
    forget(now=now + timedelta(days=61))

    assert Seat.objects.count() == 0


def test_who_asks_to_be_forgotten_gives_the_seat_back(named, anna, manager):
    seat = seats.assign(named, to=anna, by=manager)

    erase(anna, by=manager)

    seat.refresh_from_db()
    assert (seat.user, seat.released_at is not None, named.seats.held().count()) == (None, True, 0)
    assert not JournalEntry.objects.filter(person__isnull=False).exists()


def test_a_seat_of_somebody_who_left_is_no_reason_to_keep_them(named, anna, manager):
    """Even if the hourly task never ran."""
    now = timezone.now()
    seats.assign(named, to=anna, by=manager, now=now)
    Membership.objects.filter(user=anna).update(ended_at=now)
    anna.left_at = now
    anna.save()

    forget(now=now + timedelta(days=91))

    assert not type(anna).objects.filter(pk=anna.pk).exists()
    assert named.seats.held().count() == 0


def test_a_device_that_is_gone_frees_its_slot(entitled, case, manager):
    entitlement = entitled(capacity_kind="devices", capacity=1)
    item = Item.objects.get(product=case)
    seats.assign(entitlement, to=item, by=manager)
    Item.objects.filter(pk=item.pk).update(life="retired")

    assert (seats.reclaim(), seats.reclaim()) == (1, 0)


def test_who_confirmed_a_deletion_is_forgotten_after_90_days(center, contract, film, north, carla):
    now = timezone.now()
    deletion = Deletion.objects.create(center=center, institution=north, month_on=now.date().replace(day=1))
    deletion.titles.create(center=center, institution=north, medium=film, contract=contract, ends_on=now.date())
    deleting.confirm(deletion, by=carla, now=now)

    forget(now=now + timedelta(days=89))
    assert Deletion.objects.get().confirmed_by == carla
    forget(now=now + timedelta(days=91))

    deletion.refresh_from_db()
    assert (deletion.confirmed_by, deletion.confirmed_how, deletion.confirmed_at) == (None, "account", now)
    assert set(JournalEntry.objects.about(deletion).values_list("by", flat=True)) == {None}


def test_who_asks_to_be_forgotten_confirmed_nothing(center, contract, film, north, carla, manager):
    today = timezone.localdate()
    deletion = Deletion.objects.create(center=center, institution=north, month_on=today.replace(day=1))
    deletion.titles.create(center=center, institution=north, medium=film, contract=contract, ends_on=today)
    deleting.confirm(deletion, by=carla)

    erase(carla, by=manager)

    deletion.refresh_from_db()
    assert (deletion.confirmed_by, deletion.confirmed_how) == (None, "account")
