"""What came free is offered once, whoever else wants it at that moment. Real threads, real locks."""

import pytest

from lending.models import Allocation, Policy, State
from lending.reservations import accept, cancel, holding, locking, offer
from people.once import run
from tests.lending.shorthand import NEXT_WEEK, NOW, broken, reserve
from tests.races import meeting, outcomes, patiently, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two_waiting(center, case, north, south, anna, bert):
    """The only case has come free; two wait for it."""
    Policy.objects.create(center=center, offer_days=1)
    taken = reserve(case, 1, NEXT_WEEK, south, bert)
    waiting = [reserve(case, 1, NEXT_WEEK, *who, may_wait=True) for who in [(north, anna), (south, bert)]]
    cancel(taken, by=bert, now=NOW)
    return waiting


def states(reservations) -> list[str]:
    return sorted(type(it).objects.get(pk=it.pk).state for it in reservations)


def test_one_unit_is_offered_to_one_of_two(two_waiting):
    seen = outcomes(together(*[lambda it=it: patiently(lambda: offer(it, now=NOW)) for it in two_waiting] * 4))

    assert seen["Reservation"] == 1
    assert states(two_waiting) == [State.OFFERED, State.WAITLISTED]
    assert Allocation.objects.holding().count() == 1
    assert broken() == []


def test_an_offer_and_a_booking_never_both_win(two_waiting, case, south, bert):
    results = together(
        lambda: patiently(lambda: offer(two_waiting[0], now=NOW)),
        *[lambda: patiently(lambda: reserve(case, 1, NEXT_WEEK, south, bert))] * 6,
    )

    assert outcomes(results) == {"Reservation": 1, "NotAvailable": 6}
    assert broken() == []


def test_without_the_gate_the_wall_refuses_what_two_have_seen(monkeypatch, two_waiting, case, south, bert):
    """The negative control of both: offer and booking have looked before either writes."""
    for module in (locking, holding):
        monkeypatch.setattr(module, "gate", lambda wanted: dict.fromkeys(set(wanted), case))
    monkeypatch.setattr(holding, "admitted", meeting(2, holding.admitted))

    results = together(
        lambda: run(lambda: offer(two_waiting[0], now=NOW)),
        lambda: run(lambda: reserve(case, 1, NEXT_WEEK, south, bert)),
    )

    assert outcomes(results) == {"Reservation": 1, "TryAgain": 1}
    assert broken() == []


def test_an_offer_is_taken_once(two_waiting, anna, carla):
    offer(two_waiting[0], now=NOW)

    acts = [lambda by=by: patiently(lambda: accept(two_waiting[0], by=by, now=NOW)) for by in (anna, carla)]

    assert outcomes(together(*acts * 2)) == {"Reservation": 1, "WrongState": 3}
