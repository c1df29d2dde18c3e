"""Letters that rest, and letters that go out now, because the desk wants it. In March 2027 the 1st is a Monday."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from lending.models import Loan, QuietReason
from lending.overdue import promise_back
from lending.refusals import (
    LoanIsOver,
    NobodyToRemind,
    NothingLeftToSay,
    PauseOutOfRange,
    ReminderIsWaiting,
    RemindersAreOff,
)
from lending.reminders import pause, remind, remind_now, resume, switch_off
from lending.returns import drop_off, take_back
from people.letters import writing
from people.models import Institution, Intent, JournalEntry, Letter
from people.models.institution import InstitutionKind
from tests.lending.shorthand import at
from tests.lending.test_reminders import LEVELS, lend, loan, mornings, reminding, the_intent, told  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db

AGREED = QuietReason.AGREED


def march(day: int) -> date:
    return date(2027, 3, day)


def test_letters_rest_until_the_day_and_go_on_in_their_rhythm(reminding, loan, desk):  # noqa: F811  a fixture
    mornings(reminding, at(8, 7), at(8, 7))
    pause(loan, until=march(18), reason=AGREED, by=desk, now=at(9, 9))
    mornings(reminding, at(9, 7), at(31, 7))

    assert told() == [("due_soon", 8), ("overdue_1", 19), ("overdue_2", 30)]  # after Easter


def test_the_word_before_the_return_rests_too_and_is_left_out_when_it_comes_too_late(reminding, loan, desk):  # noqa: F811  a fixture
    pause(loan, until=march(8), reason=AGREED, by=desk, now=at(4, 9))
    mornings(reminding, at(5, 7), at(9, 7))
    assert told() == [("due_soon", 9)]

    pause(loan, until=march(9), reason=AGREED, by=desk, now=at(4, 9))
    Intent.objects.all().delete()
    mornings(reminding, at(5, 7), at(15, 7))
    assert told() == [("overdue_1", 15)]


def test_what_is_written_already_does_not_go_out(reminding, loan, desk):  # noqa: F811  a fixture
    remind(reminding, now=LEVELS[1])
    writing.write(now=LEVELS[1])
    pause(loan, until=march(18), reason=AGREED, by=desk, now=LEVELS[1])

    assert not Letter.objects.exists()


def test_resumed_letters_go_on_at_once(reminding, loan, desk):  # noqa: F811  a fixture
    pause(loan, until=march(30), reason=AGREED, by=desk, now=at(9, 9))
    resume(loan, by=desk)
    mornings(reminding, LEVELS[1], LEVELS[1])

    assert told() == [("overdue_1", 15)]


def test_the_journal_knows_the_reason_as_a_code(loan, desk):  # noqa: F811  a fixture
    pause(loan, until=march(18), reason=AGREED, by=desk, now=at(9, 9))
    resume(loan, by=desk)
    resume(loan, by=desk)

    rows = JournalEntry.objects.about(loan).filter(verb__startswith="loan.reminders").order_by("pk")
    assert [(it.verb, it.by, it.facts.get("reason")) for it in rows] == [
        ("loan.reminders_paused", desk, "agreed"),
        ("loan.reminders_resumed", desk, None),
    ]


@pytest.mark.parametrize("until", [march(9), march(1), date(2027, 6, 10), date(2029, 1, 1)])
def test_a_pause_begins_tomorrow_and_ends_within_a_term(loan, desk, until):  # noqa: F811  a fixture
    with pytest.raises(PauseOutOfRange):
        pause(loan, until=until, reason=AGREED, by=desk, now=at(9, 9))


def test_what_is_back_needs_no_rest(loan, desk):  # noqa: F811  a fixture
    take_back(loan.item, by=desk, now=at(9, 9))
    with pytest.raises(LoanIsOver):
        pause(loan, until=march(18), reason=AGREED, by=desk, now=at(9, 9))


@pytest.mark.parametrize("half", [{"quiet_until_on": march(18)}, {"quiet_reason": "agreed"}])
def test_no_rest_without_a_reason_and_no_reason_without_a_rest(loan, half):  # noqa: F811  a fixture
    with pytest.raises(IntegrityError, match="loan_is_quiet_for_a_reason"), transaction.atomic():
        Loan.objects.update(**half)


def test_sent_now_the_next_level_goes_out_before_its_day_and_the_rhythm_goes_on_from_there(reminding, loan, desk):  # noqa: F811  a fixture
    mornings(reminding, at(8, 7), at(8, 7))
    remind_now(loan, by=desk, now=at(12, 9))  # a Friday, and the first level is due on Monday
    mornings(reminding, at(12, 10), at(23, 10))

    assert told() == [("due_soon", 8), ("overdue_1", 12), ("overdue_2", 22)]
    entry = JournalEntry.objects.get(verb="loan.reminded_by_hand")
    assert (entry.by, entry.facts["step"]) == (desk, 1)


def test_the_run_leaves_alone_what_a_person_wanted_until_it_is_posted(reminding, case, north, desk):  # noqa: F811  a fixture
    north.email, north.street = "", "Nordweg 1"
    north.save()
    by_post = lend(case, north, desk)
    remind_now(by_post, by=desk, now=at(12, 9))
    for day in (12, 13, 14):
        remind(reminding, now=at(day, 10))
        writing.write(now=at(day, 10))

    assert Letter.objects.to_print().get().day == march(12)


def test_without_the_mark_of_a_person_the_run_would_take_it_back(reminding, loan, desk):  # noqa: F811  a fixture
    remind_now(loan, by=desk, now=at(12, 9))
    Intent.objects.filter(kind="overdue_1").update(facts={"due_at": the_intent().facts["due_at"]})

    assert remind(reminding, now=at(12, 10)).withdrawn == 1


def test_the_third_level_still_waits_for_its_release(reminding, loan, desk):  # noqa: F811  a fixture
    mornings(reminding, LEVELS[0], LEVELS[2])

    assert remind_now(loan, by=desk, now=at(23, 9)).needs_release
    mornings(reminding, at(23, 10), at(23, 10))
    assert Intent.objects.to_release().get().kind == "overdue_3"


def test_a_promise_takes_back_what_was_to_go_out_now(reminding, loan, desk):  # noqa: F811  a fixture
    remind_now(loan, by=desk, now=at(12, 9))
    promise_back(loan, at=at(17, 16), by=desk, now=at(12, 10))
    mornings(reminding, at(12, 11), at(17, 7))

    assert told() == []


def test_twice_now_is_once(reminding, loan, desk):  # noqa: F811  a fixture
    remind_now(loan, by=desk, now=at(12, 9))
    with pytest.raises(ReminderIsWaiting):
        remind_now(loan, by=desk, now=at(12, 9))


def test_nothing_is_sent_that_has_no_sense(reminding, loan, desk):  # noqa: F811  a fixture
    mornings(reminding, LEVELS[0], LEVELS[0])
    with pytest.raises(NothingLeftToSay):  # it was announced, and is not late yet
        remind_now(loan, by=desk, now=at(9, 9))
    drop_off(loan, by=desk, now=at(12, 8))
    with pytest.raises(NothingLeftToSay):
        remind_now(loan, by=desk, now=at(12, 9))


def test_a_centre_that_does_not_remind_sends_nothing_by_hand_either(reminding, loan, manager, desk):  # noqa: F811  a fixture
    switch_off(reminding, by=manager)
    loan.center.refresh_from_db()
    with pytest.raises(RemindersAreOff):
        remind_now(loan, by=desk, now=at(12, 9))


def test_where_nobody_can_be_reached_nobody_is_said_to_be_reminded(reminding, case, north, desk):  # noqa: F811  a fixture
    Institution.objects.filter(pk=north.pk).update(kind=InstitutionKind.INTERNAL, email="", school_number="")
    north.refresh_from_db()
    own = lend(case, north, desk)
    with pytest.raises(NobodyToRemind):
        remind_now(own, by=desk, now=at(12, 9))
