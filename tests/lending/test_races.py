"""Many at once on the last unit: one wins, nobody gets a deadlock or a fault of ours. Real threads, real locks."""

from threading import Barrier

import pytest
from django.db import OperationalError, transaction

from inventory.models import Item
from lending import eligibility
from lending import gate as gates
from lending.handovers import hand_over_together
from lending.models import Allocation, Loan, Policy
from lending.overdue import keep_blocking
from lending.refusals import NotAvailable, RenewReserved
from lending.renewals import renew
from lending.reservations import booking, cancel, holding, placing
from lending.returns import take_back
from people.once import run
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, reserve
from tests.races import meeting, outcomes, patiently, together

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 32


def test_of_thirty_two_on_the_last_unit_one_wins(case, north, south, anna, bert):
    def book(number: int) -> object:
        who = (north, anna) if number % 2 else (south, bert)
        return patiently(lambda: reserve(case, 1, NEXT_WEEK, *who))

    seen = outcomes(together(*[lambda n=n: book(n) for n in range(CROWD)]))

    assert seen == {"Reservation": 1, "NotAvailable": CROWD - 1}
    assert Allocation.objects.holding().count() == 1


def test_five_units_are_given_to_five_of_thirty_two(cases, north, anna):
    seen = outcomes(together(*[lambda: patiently(lambda: reserve(cases, 1, NEXT_WEEK, north, anna))] * CROWD))

    assert seen == {"Reservation": 5, "NotAvailable": CROWD - 5}


def test_without_the_gate_the_walls_refuse_what_the_planner_allowed(monkeypatch, case, north, anna):
    """The negative control: take the lock away, and the crowd runs into the last wall."""
    monkeypatch.setattr(holding, "gate", lambda products: {p.pk: p for p in [case] if p.pk in set(products)})

    seen = outcomes(together(*[lambda: run(lambda: reserve(case, 1, NEXT_WEEK, north, anna))] * CROWD))

    assert seen["TryAgain"] > 0
    assert Allocation.objects.holding().count() == 1


@pytest.fixture
def at_most_two(cases, monkeypatch):
    """So many a school may have at a time; and whoever books has weighed that before anybody else has written."""
    Policy.objects.create(center=cases.center, max_items=2)
    monkeypatch.setattr(eligibility, "check", meeting(4, eligibility.check))


def four_at_once(cases, north, anna) -> dict[str, int]:
    return outcomes(together(*[lambda: patiently(lambda: reserve(cases, 1, NEXT_WEEK, north, anna))] * 4))


def test_a_school_is_not_given_more_than_it_may_have_by_asking_at_once(at_most_two, cases, north, anna):
    assert four_at_once(cases, north, anna) == {"Reservation": 2, "LimitReached": 2}


def test_weighed_only_before_the_gate_a_limit_is_overrun(at_most_two, monkeypatch, cases, north, anna):
    """The negative control."""
    monkeypatch.setattr(
        placing,
        "_write_within_limits",
        lambda reservation, lines, wanted, by: booking.write([(reservation, lines)]),
    )

    assert four_at_once(cases, north, anna) == {"Reservation": 4}


def test_one_item_is_handed_over_once(case, north, south, desk):
    unit = Item.objects.get(product=case)

    def give(number: int) -> object:
        to = north if number % 2 else south
        return patiently(lambda: hand_over_together(to, items=[unit], by=desk, due_at=at(10), now=NOW))

    results = together(*[lambda n=n: give(n) for n in range(CROWD)])

    assert outcomes(results) == {"Handover": 1, "HandoverRefused": CROWD - 1}
    assert Loan.objects.open().count() == 1


def test_one_item_is_taken_back_once(case, north, desk):
    unit = Item.objects.get(product=case)
    hand_over_together(north, items=[unit], by=desk, due_at=at(10), now=NOW)

    seen = outcomes(together(*[lambda: patiently(lambda: take_back(unit, by=desk, now=at(4)))] * 16))

    assert seen == {"Loan": 1, "NotOnLoan": 15}


def test_booking_and_renewing_never_both_win(case, north, south, anna, bert, desk):
    loan = hand_over_together(
        north, items=[Item.objects.get(product=case)], by=desk, due_at=at(10), now=NOW
    ).loans.get()

    results = together(
        lambda: patiently(lambda: renew(loan, until=at(17), by=anna, now=NOW)),
        lambda: patiently(lambda: reserve(case, 1, WEEK_AFTER, south, bert)),
    )

    refused = [result for result in results if isinstance(result, RenewReserved | NotAvailable)]
    assert len(refused) == 1


def test_a_sweep_beside_returns_and_cancellations_never_deadlocks(cases, north, south, anna, bert, desk):
    units = list(Item.objects.filter(product=cases))
    for unit in units[:3]:
        hand_over_together(north, items=[unit], by=desk, due_at=at(4), now=NOW)
    waiting = [reserve(cases, 1, NEXT_WEEK, south, bert) for _ in range(4)]
    late = at(5, 17)

    results = together(
        *[lambda: patiently(lambda: keep_blocking(cases, now=late))] * 4,
        *[lambda u=u: patiently(lambda: take_back(u, by=desk, now=late)) for u in units[:3]],
        *[lambda r=r: patiently(lambda: cancel(r, by=bert, now=late)) for r in waiting[:2]],
    )

    assert not [result for result in results if isinstance(result, Exception)]
    assert all(line.shortfall == 0 for it in waiting for line in it.lines.all())


def test_locking_the_loan_before_the_product_deadlocks(case, north, south, desk):
    """The negative control of the lock order: loan first beside product first."""
    loan = hand_over_together(
        north, items=[Item.objects.get(product=case)], by=desk, due_at=at(10), now=NOW
    ).loans.get()
    both_hold_one = Barrier(2, timeout=10)

    def in_order(*steps: object) -> None:
        with transaction.atomic():
            steps[0]()  # type: ignore[operator]  # one of the two
            both_hold_one.wait()
            steps[1]()  # type: ignore[operator]  # one of the two

    def lock_product() -> None:
        gates.gate({case.pk})

    def lock_loan() -> None:
        Loan.objects.lock().get(pk=loan.pk)

    results = together(lambda: in_order(lock_product, lock_loan), lambda: in_order(lock_loan, lock_product))

    assert [type(result) for result in results if result] == [OperationalError]
