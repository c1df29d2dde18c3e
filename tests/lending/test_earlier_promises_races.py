"""A change is rejected while somebody books what it had left: real threads, real locks."""

import pytest

from lending.models import Allocation, Policy, Reservation
from lending.planning import Planning
from lending.reservations import approve, change, holding, locking, reject
from people.once import run
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, broken, reserve
from tests.races import meeting, outcomes, patiently, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def moved(center, case, north, anna, desk) -> Reservation:
    """The only set, promised for next week, asked for the week after."""
    Policy.objects.create(center=center, needs_approval=True)
    promised = approve(reserve(case, 1, NEXT_WEEK, north, anna), by=desk, now=NOW)
    return change(promised, starts_at=WEEK_AFTER[0], ends_at=WEEK_AFTER[1], by=anna, now=NOW)


def test_what_was_left_goes_back_or_to_another_and_never_to_both(moved, case, south, bert, desk):
    booked, rejected = together(
        lambda: patiently(lambda: reserve(case, 1, NEXT_WEEK, south, bert)),
        lambda: patiently(lambda: reject(moved, reason="Nein", by=desk, now=NOW)),
    )

    assert outcomes([booked, rejected]) in (
        {"Reservation": 1, "EarlierPromiseIsGone": 1},
        {"Reservation": 1, "NotAvailable": 1},
    )
    assert Allocation.objects.holding().filter(blocked__overlap=NEXT_WEEK).count() == 1
    assert broken() == []


def test_without_the_gate_the_wall_refuses_what_both_have_seen(monkeypatch, moved, case, south, bert, desk):
    """The negative control."""
    for module in (locking, holding):
        monkeypatch.setattr(module, "gate", lambda products: {case.pk: case})
    monkeypatch.setattr(Planning, "read_all", meeting(2, Planning.read_all))

    seen = outcomes(
        together(
            lambda: run(lambda: reserve(case, 1, NEXT_WEEK, south, bert)),
            lambda: run(lambda: reject(moved, reason="Nein", by=desk, now=NOW)),
        )
    )

    assert seen == {"Reservation": 1, "TryAgain": 1}
    assert broken() == []
