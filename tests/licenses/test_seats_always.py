"""Whatever people do to the seats of a licence, it comes to the same as a list kept by hand."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licenses import seats
from licenses.errors import AllSlotsAreTaken, SlotsAreInUse
from licenses.models import Seat
from people.roles import Role
from tests.conftest import member

pytestmark = pytest.mark.django_db

PEOPLE = 5
acts = st.lists(
    st.tuples(st.just("assign"), st.integers(0, PEOPLE - 1))
    | st.tuples(st.just("release"), st.integers(0, PEOPLE - 1))
    | st.tuples(st.just("buy"), st.integers(0, PEOPLE)),
    max_size=25,
)


@pytest.fixture
def people(north):
    return [member(f"nr{number}@nord.example", f"Nr. {number}", Role.TEACHER, north) for number in range(PEOPLE)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts, st.integers(0, PEOPLE))
def test_seats_are_as_if_they_were_counted_by_hand(entitled, people, manager, acts, capacity):
    with transaction.atomic():
        entitlement = entitled(capacity_kind="named", capacity=capacity, permitted=["run"])
        by_hand: set[int] = set()
        for act, number in acts:
            if act == "assign":
                expected = number in by_hand or len(by_hand) < capacity
                assert refused(AllSlotsAreTaken, seats.assign, entitlement, to=people[number], by=manager) != expected
                by_hand |= {number} if expected else set()
            elif act == "release":
                for seat in entitlement.seats.held().filter(user=people[number]):
                    seats.release(seat, by=manager)
                by_hand -= {number}
            else:
                expected = number >= len(by_hand)
                assert refused(SlotsAreInUse, seats.set_capacity, entitlement, capacity=number, by=manager) != expected
                capacity = number if expected else capacity
            held = list(Seat.objects.held().filter(entitlement=entitlement))
            assert {people.index(seat.user) for seat in held} == by_hand
            assert len({seat.slot for seat in held}) == len(held)
            assert all(1 <= seat.slot <= capacity == seat.capacity for seat in held)
        transaction.set_rollback(True)


def refused(refusal, verb, *args, **more) -> bool:
    try:
        with transaction.atomic():
            verb(*args, **more)
    except refusal:
        return True
    return False
