"""Where the rules say so, after the third notice there is nothing new until all is back (Ludwigsburg)."""

import pytest

from inventory.models import Item
from lending.handovers import hand_over, open_handover
from lending.models import Allocation, Loan, Policy
from lending.presets import BY_KEY
from lending.refusals import NoticesUnanswered
from lending.renewals import renew
from lending.reservations import LineChange, change
from lending.returns import drop_off, take_back
from people.models import Intent, JournalEntry
from tests.lending.shorthand import at, reserve
from tests.lending.test_reminders import lend, loan, mornings, reminding  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db

NOW = at(2, 9, month=4)
LATER = (at(12, month=4), at(14, month=4))


@pytest.fixture
def by_the_rule(center) -> Policy:
    """As in Ludwigsburg."""
    return Policy.objects.create(center=center, **BY_KEY["ludwigsburg"].said)


@pytest.fixture
def told_three_times(by_the_rule, reminding, loan) -> Loan:  # noqa: F811  a fixture
    """Due on the 10th of March; the third notice is released, and goes out before the 2nd of April."""
    mornings(reminding, at(8, 7), at(30, 7))
    Intent.objects.filter(kind="overdue_3").update(released_at=at(30, 8))
    mornings(reminding, at(31, 7), at(1, 7, month=4))
    return loan


def test_a_school_that_was_told_three_times_reserves_nothing_new(told_three_times, cases, north, anna):
    with pytest.raises(NoticesUnanswered) as refusal:
        reserve(cases, 1, LATER, north, anna, now=NOW)

    assert "Grundschule Nord hat trotz 3 Erinnerungen noch nicht alles zurückgebracht." in str(refusal.value)


def test_other_schools_and_the_desk_may(told_three_times, cases, north, south, bert, desk):
    assert reserve(cases, 1, LATER, south, bert, now=NOW)
    assert reserve(cases, 1, LATER, north, desk, now=NOW)


def test_when_it_is_back_it_goes_on(told_three_times, cases, north, anna, desk):
    take_back(told_three_times.item, by=desk, now=NOW)

    assert reserve(cases, 1, LATER, north, anna, now=NOW)


def test_what_lies_in_the_box_or_was_renewed_stands_in_nobodys_way(told_three_times, cases, north, anna, manager):
    renew(told_three_times, until=at(20, month=4), by=manager, override=True, now=NOW)
    assert reserve(cases, 1, LATER, north, anna, now=NOW)

    Loan.objects.update(due_at=told_three_times.due_at)
    with pytest.raises(NoticesUnanswered):
        reserve(cases, 1, LATER, north, anna, now=NOW)
    drop_off(told_three_times, by=None, now=NOW)
    assert reserve(cases, 1, LATER, north, anna, now=NOW)


def test_one_reminder_fewer_or_another_rule_blocks_nothing(by_the_rule, reminding, loan, cases, north, anna):  # noqa: F811  a fixture
    mornings(reminding, at(8, 7), at(24, 7))
    now, later = at(24, 9), (at(29, month=4), at(30, month=4))

    assert reserve(cases, 1, later, north, anna, now=now)
    Policy.objects.update(max_notices=2)
    with pytest.raises(NoticesUnanswered):
        reserve(cases, 1, later, north, anna, now=now)
    Policy.objects.update(max_notices=None)
    assert reserve(cases, 1, later, north, anna, now=now)


def test_fewer_is_no_news(told_three_times, cases, north, anna, desk):
    reservation = reserve(cases, 2, LATER, north, desk, now=NOW)

    line = reservation.lines.get().pk
    change(reservation, lines={line: LineChange(quantity=1)}, by=anna, now=NOW)
    with pytest.raises(NoticesUnanswered):
        change(reservation, lines={line: LineChange(quantity=3)}, by=anna, now=NOW)


def test_nothing_goes_over_the_counter_unless_the_management_says_so(told_three_times, cases, north, desk, manager):
    unit, slip = Item.objects.filter(product=cases)[0], open_handover(north, by=desk, due_at=at(9, month=4), now=NOW)
    with pytest.raises(NoticesUnanswered):
        hand_over(slip, unit, by=desk, now=NOW)
    assert not Allocation.objects.filter(item=unit).exists()

    hand_over(slip, unit, by=manager, override=True, now=NOW)

    assert JournalEntry.objects.get(verb="loan.handed_over", facts__item=unit.pk).facts["was_overridden"]
