"""After the third notice a suspension is proposed; somebody decides, and it ends when all is back (Ludwigsburg)."""

import pytest
from django.db import IntegrityError, transaction

from inventory.models import Category, Item
from lending import eligibility
from lending.handovers import hand_over, open_handover
from lending.models import Allocation, Loan, Policy, Suspension
from lending.presets import BY_KEY
from lending.refusals import InstitutionSuspended, NothingLate
from lending.renewals import renew
from lending.reservations import LineChange, change
from lending.returns import drop_off, take_back
from lending.suspending import keep_lending, lift, proposals, suspend
from lending.tasks import end_settled_suspensions
from people.letters import writing
from people.models import Intent, JournalEntry, Letter
from tests.conftest import product as make_product
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


def test_nothing_happens_before_somebody_decides(told_three_times, cases, north, anna):
    assert [it.institution for it in proposals(north.center, now=NOW)] == [north]
    assert reserve(cases, 1, LATER, north, anna, now=NOW)


def test_a_suspended_school_reserves_nothing_new(told_three_times, cases, north, anna, manager):
    suspend(north, by=manager, now=NOW)

    with pytest.raises(InstitutionSuspended) as refusal:
        reserve(cases, 1, LATER, north, anna, now=NOW)
    assert str(refusal.value).startswith("Grundschule Nord kann zurzeit nichts Neues ausleihen.")
    assert str(refusal.value).endswith("Rufen Sie uns an: 0214 123.")


def test_without_the_check_the_booking_gets_through(told_three_times, cases, north, anna, manager, monkeypatch):
    suspend(north, by=manager, now=NOW)
    monkeypatch.setattr(eligibility, "refuse_suspended", lambda suspensions, product: None)

    assert reserve(cases, 1, LATER, north, anna, now=NOW)


def test_only_of_its_kind(told_three_times, cases, center, north, anna, manager, robots):
    tablets = make_product(
        center, Category.objects.create(center=center, name="Tablets"), "iPad-Koffer", units=1, first=91
    )
    suspend(north, category=robots, by=manager, now=NOW)

    assert reserve(tablets, 1, LATER, north, anna, now=NOW)
    with pytest.raises(InstitutionSuspended) as refusal:
        reserve(cases, 1, LATER, north, anna, now=NOW)
    assert "nichts Neues aus „Robotik & Coding“" in str(refusal.value)


def test_other_schools_and_the_desk_may(told_three_times, cases, north, south, bert, desk, manager):
    suspend(north, by=manager, now=NOW)

    assert reserve(cases, 1, LATER, south, bert, now=NOW)
    assert reserve(cases, 1, LATER, north, desk, now=NOW)


def test_when_it_is_back_it_goes_on_at_once_and_the_sweep_writes_it_down(
    told_three_times, cases, north, anna, desk, manager
):
    suspension = suspend(north, by=manager, now=NOW)
    take_back(told_three_times.item, by=desk, now=NOW)

    assert reserve(cases, 1, LATER, north, anna, now=NOW)
    assert list(Suspension.objects.settled(NOW)) == [suspension]
    end_settled_suspensions()
    assert Suspension.objects.get().ended_at is not None
    entry = JournalEntry.objects.get(verb="institution.suspension_lifted")
    assert (entry.by, entry.institution) == (None, north)


def test_as_long_as_something_is_late_the_sweep_leaves_it(told_three_times, north, manager):
    suspend(north, by=manager, now=NOW)

    assert not Suspension.objects.settled(NOW).exists()


def test_what_lies_in_the_box_or_was_renewed_stands_in_nobodys_way(told_three_times, cases, north, anna, manager):
    suspend(north, by=manager, now=NOW)
    renew(told_three_times, until=at(20, month=4), by=manager, override=True, now=NOW)
    assert reserve(cases, 1, LATER, north, anna, now=NOW)

    Loan.objects.update(due_at=told_three_times.due_at)
    with pytest.raises(InstitutionSuspended):
        reserve(cases, 1, LATER, north, anna, now=NOW)
    drop_off(told_three_times, by=None, now=NOW)
    assert reserve(cases, 1, LATER, north, anna, now=NOW)


def test_one_reminder_fewer_or_another_rule_proposes_nothing(by_the_rule, reminding, loan, north):  # noqa: F811  a fixture
    mornings(reminding, at(8, 7), at(24, 7))

    assert proposals(reminding, now=at(24, 9)) == []
    Policy.objects.update(max_notices=2)
    assert [(it.institution, it.notices) for it in proposals(reminding, now=at(24, 9))] == [(north, 2)]
    Policy.objects.update(max_notices=None)
    assert proposals(reminding, now=at(24, 9)) == []


def test_what_was_decided_is_not_proposed_again_before_another_notice(told_three_times, center, north, manager):
    keep_lending(north, by=manager, now=NOW)
    assert proposals(center, now=NOW) == []

    Suspension.objects.update(decided_at=at(30, 9))  # before the third notice went out
    assert [it.institution for it in proposals(center, now=NOW)] == [north]


def test_lifted_it_is_over(told_three_times, cases, north, anna, manager):
    suspension = suspend(north, by=manager, now=NOW)
    for _ in range(2):
        lift(suspension, by=manager, now=NOW)

    assert reserve(cases, 1, LATER, north, anna, now=NOW)
    assert JournalEntry.objects.filter(verb="institution.suspension_lifted", by=manager).count() == 1


def test_the_school_is_told_what_is_missing_and_what_follows(told_three_times, north, manager):
    for _ in range(2):
        suspend(north, by=manager, now=NOW)
    writing.write(now=NOW)

    letter = Letter.objects.get(intents__kind="suspended")
    assert (letter.institution, letter.user, letter.address) == (north, None, north.email)
    assert letter.subject == "Vorerst keine neuen Ausleihen: Grundschule Nord"
    assert {"list": ["Bee-Bot Set MZ-0001"]} in letter.body


def test_a_letter_about_what_was_lifted_does_not_go_out(told_three_times, north, manager):
    suspension = suspend(north, by=manager, now=NOW)
    lift(suspension, by=manager, now=NOW)
    writing.write(now=NOW)

    assert not Letter.objects.filter(intents__kind="suspended").exists()


def test_who_brought_everything_back_cannot_be_suspended(north, manager):
    with pytest.raises(NothingLate):
        suspend(north, by=manager, now=NOW)


@pytest.mark.parametrize(
    ("wall", "row"),
    [
        ("institution_is_suspended_once", {"suspends": True}),
        ("only_a_suspension_ends", {"suspends": False, "ended_at": at(3, month=4)}),
        ("only_a_suspension_ends", {"suspends": True, "ended_at": at(1)}),
    ],
)
def test_the_walls_hold(told_three_times, north, manager, wall, row):
    suspend(north, by=manager, now=NOW)
    with pytest.raises(IntegrityError, match=wall), transaction.atomic():
        Suspension.objects.create(center=north.center, institution=north, decided_at=NOW, **row)


def test_a_foreign_school_cannot_be_suspended_here(center, foreign_school):
    with pytest.raises(IntegrityError, match="suspension_institution_is_of_its_center"), transaction.atomic():
        Suspension.objects.create(center=center, institution=foreign_school, suspends=True, decided_at=NOW)


def test_fewer_is_no_news(told_three_times, cases, north, anna, desk, manager):
    suspend(north, by=manager, now=NOW)
    reservation = reserve(cases, 2, LATER, north, desk, now=NOW)

    line = reservation.lines.get().pk
    change(reservation, lines={line: LineChange(quantity=1)}, by=anna, now=NOW)
    with pytest.raises(InstitutionSuspended):
        change(reservation, lines={line: LineChange(quantity=3)}, by=anna, now=NOW)


def test_nothing_goes_over_the_counter_unless_the_management_says_so(told_three_times, cases, north, desk, manager):
    suspend(north, by=manager, now=NOW)
    unit, slip = Item.objects.filter(product=cases)[0], open_handover(north, by=desk, due_at=at(9, month=4), now=NOW)
    with pytest.raises(InstitutionSuspended):
        hand_over(slip, unit, by=desk, now=NOW)
    assert not Allocation.objects.filter(item=unit).exists()

    hand_over(slip, unit, by=manager, override=True, now=NOW)

    assert JournalEntry.objects.get(verb="loan.handed_over", facts__item=unit.pk).facts["was_overridden"]
