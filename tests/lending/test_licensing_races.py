"""The last slot of a bundle's licence, wanted by thirty-two at once. Real threads, real locks."""

import pytest

from lending.models import Reservation
from lending.reservations import Wish, place
from licenses.models import Seat
from licenses.models.entitlement import EntitlementQuerySet
from licenses.seats import arranging, keeping, lease, seating
from people.roles import Role
from tests.conftest import member, product
from tests.lending.shorthand import NEXT_WEEK, NOW, broken
from tests.races import meeting, outcomes, patiently, together, without_wall

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 32


@pytest.fixture
def sets(center, robots):
    """Each asks for sets of another kind, so that no gate keeps them apart: only the licence is the same."""
    return [product(center, robots, f"Satz {number}", units=1, first=100 + number) for number in range(CROWD)]


def book(thing, film, school, by) -> Reservation:
    return place(school, wishes=[Wish(thing, 1, medium=film)], starts_at=NEXT_WEEK[0], ends_at=NEXT_WEEK[1],
                 by=by, responsible=by, now=NOW)  # fmt: skip


def test_two_slots_are_kept_for_two_of_thirty_two(entitled, sets, film, north, anna):
    entitled(capacity_kind="concurrent", capacity=2, permitted=["run"])

    seen = outcomes(together(*[lambda it=it: patiently(lambda: book(it, film, north, anna)) for it in sets]))

    assert seen == {"Reservation": 2, "NoSlotThen": CROWD - 2}
    assert Seat.objects.held().count() == 2
    assert broken() == []


def test_bundles_and_people_share_what_there_is(entitled, sets, film, north, anna):
    """Half of them take a lease that lasts into the week that the others want."""
    entitlement = entitled(capacity_kind="concurrent", capacity=3, permitted=["run"], lease_minutes=10_000)
    crowd = [member(f"nr{number}@nord.example", f"Nr. {number}", Role.TEACHER, north) for number in range(CROWD // 2)]
    acts = [lambda it=it: patiently(lambda: book(it, film, north, anna)) for it in sets[: CROWD // 2]]
    acts += [lambda who=who: patiently(lambda: lease(entitlement, user=who, now=NOW)) for who in crowd]

    seen = outcomes(together(*acts))

    assert seen["Reservation"] + seen["Seat"] == 3
    assert seen["NoSlotThen"] + seen["AllSlotsAreTaken"] == CROWD - 3


def test_without_lock_and_wall_one_slot_is_promised_eight_times(monkeypatch, entitled, sets, film, north, anna):
    """The negative control: all have seen the free slot before anybody takes it."""
    entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])
    monkeypatch.setattr(EntitlementQuerySet, "lock", lambda queryset: queryset)
    monkeypatch.setattr(seating, "arrange", meeting(8, arranging.arrange))

    with without_wall("licenses_seat", "slot_is_held_once"):
        seen = outcomes(together(*[lambda it=it: book(it, film, north, anna) for it in sets[:8]]))
        promised = Seat.objects.held().count()
        Seat.objects.all().delete()

    assert (seen, promised) == ({"Reservation": 8}, 8)


def test_the_wall_alone_refuses_what_nobody_locked(monkeypatch, entitled, sets, film, north, anna):
    entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])
    monkeypatch.setattr(EntitlementQuerySet, "lock", lambda queryset: queryset)
    monkeypatch.setattr(seating, "arrange", meeting(8, arranging.arrange))

    together(*[lambda it=it: book(it, film, north, anna) for it in sets[:8]])

    assert Seat.objects.held().count() == 1
    assert Reservation.objects.count() == 1


def test_who_forgets_the_licence_promises_what_is_not_there(monkeypatch, entitled, sets, film, north, anna):
    """The negative control of the verbs: without keeping, every one of them is told yes."""
    entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])
    monkeypatch.setattr(keeping, "keep", lambda needs, *, now: None)

    seen = outcomes(together(*[lambda it=it: patiently(lambda: book(it, film, north, anna)) for it in sets[:8]]))

    assert seen == {"Reservation": 8}
