"""Angeblich zurückgegeben: found, or letters go on. In March 2027 the 1st is a Monday."""

import pytest
from django.db import IntegrityError, transaction

from lending.models import Loan
from lending.refusals import LoanIsOver
from lending.returns import drop_off, take_back
from lending.searching import note_not_found, note_said_back
from people.models import JournalEntry
from tests.lending.shorthand import at
from tests.lending.test_reminders import LEVELS, loan, mornings, reminding, told  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db


def test_what_is_not_found_is_asked_for_again_in_its_rhythm(reminding, loan, desk):  # noqa: F811  a fixture
    note_said_back(loan, by=desk, now=at(15, 6))
    mornings(reminding, LEVELS[1], LEVELS[1])
    assert told() == []

    note_not_found(loan, by=desk, now=at(15, 12))
    mornings(reminding, at(16, 7), at(16, 7))
    assert told() == [("overdue_1", 16)]
    assert not Loan.objects.searched().exists()


def test_a_search_is_no_promise_so_that_the_next_level_keeps_its_distance(reminding, loan, desk):  # noqa: F811  a fixture
    mornings(reminding, LEVELS[1], LEVELS[1])
    note_said_back(loan, by=desk, now=at(15, 9))
    mornings(reminding, at(16, 7), at(24, 7))

    assert told() == [("overdue_1", 15), ("overdue_2", 22)]


def test_the_desk_may_search_again_what_a_link_may_not(loan, desk):  # noqa: F811  a fixture
    note_said_back(loan, by=desk, now=at(15, 9))
    note_not_found(loan, by=desk, now=at(15, 12))

    note_said_back(loan, by=desk, now=at(16, 9))
    assert list(Loan.objects.searched()) == [loan]


def test_both_words_stand_in_the_journal_once(loan, desk):  # noqa: F811  a fixture
    for _ in range(2):
        note_said_back(loan, by=desk, now=at(15, 9))
    for _ in range(2):
        note_not_found(loan, by=desk, now=at(15, 12))

    said = JournalEntry.objects.about(loan).filter(verb__in=["loan.said_back", "loan.not_found"]).order_by("pk")
    assert [(it.verb, it.by) for it in said] == [("loan.said_back", desk), ("loan.not_found", desk)]


def test_what_nobody_said_to_be_back_is_not_missed(loan, desk):  # noqa: F811  a fixture
    assert note_not_found(loan, by=desk).not_found_at is None


def test_what_is_back_is_neither_searched_nor_missed(loan, desk):  # noqa: F811  a fixture
    take_back(loan.item, by=desk, now=at(15, 9))

    for word in (note_said_back, note_not_found):
        with pytest.raises(LoanIsOver):
            word(loan, by=desk)


def test_what_lies_in_the_box_is_found(loan, desk):  # noqa: F811  a fixture
    note_said_back(loan, by=desk, now=at(15, 9))
    drop_off(loan, by=desk, now=at(15, 12))

    assert not Loan.objects.searched().exists()


def test_a_search_without_a_word_is_impossible(loan):  # noqa: F811  a fixture
    with pytest.raises(IntegrityError, match="loan_is_searched_when_said_back"), transaction.atomic():
        Loan.objects.update(not_found_at=at(15))


def test_what_is_dropped_off_stops_a_letter_that_is_written_already(reminding, loan, desk):  # noqa: F811  a fixture
    from lending.reminders import remind
    from people.letters import sending, writing
    from people.models import Letter

    remind(reminding, now=LEVELS[1])
    writing.write(now=LEVELS[1])
    assert Letter.objects.to_mail().count() == 1

    drop_off(loan, by=desk, now=LEVELS[1])
    assert sending.send(now=LEVELS[1]) == 0
    assert not Letter.objects.exists()
