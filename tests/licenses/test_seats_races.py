"""Many at once on the last slot: one wins. Real threads, real locks; without the lock the walls still stand."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError

from licenses import seats
from licenses.models import Seat
from licenses.models.entitlement import EntitlementQuerySet
from licenses.seats import arranging, seating
from people.models import User
from people.roles import Role
from tests.conftest import member
from tests.races import meeting, outcomes, together, without_wall

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
CROWD = 32


@pytest.fixture
def crowd(north) -> list[User]:
    return [member(f"lehrkraft{number}@nord.example", f"Nr. {number}", Role.TEACHER, north) for number in range(CROWD)]


def test_of_thirty_two_on_the_last_lease_one_wins(entitled, crowd):
    entitlement = entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])

    seen = outcomes(together(*[lambda who=who: seats.lease(entitlement, user=who, now=NOW) for who in crowd]))

    assert seen == {"Seat": 1, "AllSlotsAreTaken": CROWD - 1}
    assert Seat.objects.held().count() == 1


def test_ten_seats_are_given_to_ten_of_thirty_two(entitled, crowd, manager):
    entitlement = entitled(capacity_kind="named", capacity=10, permitted=["run"])

    seen = outcomes(together(*[lambda who=who: seats.assign(entitlement, to=who, by=manager) for who in crowd]))

    assert seen == {"Seat": 10, "AllSlotsAreTaken": CROWD - 10}
    assert set(Seat.objects.held().values_list("slot", flat=True)) == set(range(1, 11))


def test_seats_are_not_cut_while_they_are_given(entitled, crowd, manager):
    """Whoever is first, there are never more held than bought."""
    entitlement = entitled(capacity_kind="named", capacity=8, permitted=["run"])
    giving = [lambda who=who: seats.assign(entitlement, to=who, by=manager) for who in crowd[:8]]
    cutting = [lambda to=to: seats.set_capacity(entitlement, capacity=to, by=manager) for to in (3, 5, 2, 6)]

    seen = together(*giving, *cutting)

    assert outcomes(seen).keys() <= {"Seat", "Entitlement", "AllSlotsAreTaken", "SlotsAreInUse"}
    entitlement.refresh_from_db()
    assert Seat.objects.held().count() <= entitlement.capacity


def test_without_the_lock_the_wall_refuses(monkeypatch, entitled, crowd):
    """The negative control: everybody has seen the free slot before anybody takes it."""
    entitlement = entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])
    without_the_lock(monkeypatch)

    seen = outcomes(together(*[lambda who=who: seats.lease(entitlement, user=who, now=NOW) for who in crowd[:8]]))

    assert seen == {"Seat": 1, IntegrityError.__name__: 7}


def test_without_lock_and_wall_one_slot_is_sold_many_times(monkeypatch, entitled, crowd):
    entitlement = entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])
    without_the_lock(monkeypatch)

    with without_wall("licenses_seat", "slot_is_held_once"):
        seen = outcomes(together(*[lambda who=who: seats.lease(entitlement, user=who, now=NOW) for who in crowd[:8]]))
        sold = Seat.objects.held().count()
        Seat.objects.all().delete()

    assert seen == {"Seat": 8}
    assert sold == 8


def without_the_lock(monkeypatch) -> None:
    """Nobody locks, and whoever has found the free slot waits until all have."""
    monkeypatch.setattr(EntitlementQuerySet, "lock", lambda queryset: queryset)
    monkeypatch.setattr(seating, "arrange", meeting(8, arranging.arrange))
