"""The link in a reminder: what its reader may say without an account, and what nobody may. The 1st is a Monday."""

from datetime import date, timedelta

import pytest
from django.core.signing import Signer

from lending import replying
from lending.calendars import calendar_of
from lending.models import Line, Loan
from lending.overdue import keep_blocking
from lending.refusals import AlreadySearched, ClosedToBring, NothingToAnswer, PromiseTooFar, TooManyAnswers
from lending.renewals import renew
from lending.replying import bring_on, read, say_back, token_for
from lending.returns import drop_off, take_back
from lending.searching import note_not_found
from people.models import JournalEntry, Letter
from tests.lending.shorthand import at, reserve
from tests.lending.test_reminders import DUE, LEVELS, lend, loan, mornings, reminding, told  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db

ASKED, NOW = date(2027, 3, 15), at(15, 9)  # the first level, a Monday


@pytest.fixture
def asked(loan) -> replying.Asked:  # noqa: F811  a fixture
    return the(read(token_for(ASKED, {loan.pk: loan.due_at}), now=NOW))


def the(asked: replying.Asked | None) -> replying.Asked:
    assert asked is not None
    return asked


def march(day: int) -> date:
    return date(2027, 3, day)


def again(loan: Loan) -> Loan:  # noqa: F811  a fixture
    return Loan.objects.get(pk=loan.pk)


def test_the_letter_carries_a_link_that_answers_for_what_it_speaks_of(reminding, loan, cases, north, anna, desk):  # noqa: F811  a fixture
    other = lend(cases, north, desk, responsible=anna)
    mornings(reminding, LEVELS[1], LEVELS[1])

    bring, back = (block for block in Letter.objects.get().body if "url" in block)
    assert (bring["label"], back["label"]) == ("Ich bringe es am …", "Ich habe es schon zurückgegeben")
    token = bring["url"].split("/antwort/")[1].rstrip("/")
    assert the(read(token, now=NOW)) == replying.Asked(
        ASKED, {it.pk: "2027-03-10T09:00:00+00:00" for it in (loan, other)}
    )


def test_on_paper_there_is_nothing_to_click(reminding, case, north, desk):  # noqa: F811  a fixture
    north.email, north.street = "", "Nordweg 1"
    north.save()
    lend(case, north, desk)
    mornings(reminding, LEVELS[1], LEVELS[1])

    letter = Letter.objects.get()
    assert letter.channel == "print"
    assert not [block for block in letter.body if "url" in block]


def test_who_brings_it_on_thursday_is_not_written_to_and_the_plan_follows(
    reminding,  # noqa: F811  a fixture
    loan,  # noqa: F811  a fixture
    asked,
    case,
    south,
    bert,
):
    friday = reserve(case, 1, (at(19), at(24)), south, bert, now=at(4))
    keep_blocking(case, now=NOW)
    assert Line.objects.get(reservation=friday).shortfall == 1

    bring_on(asked, [loan.pk], march(18), now=NOW)

    assert again(loan).expected_back_at == at(18, 16)
    assert Line.objects.get(reservation=friday).shortfall == 0
    mornings(reminding, at(16, 7), at(19, 7))
    assert told() == [("overdue_1", 19)]


def test_nobody_is_claimed_to_have_answered(loan, asked):  # noqa: F811  a fixture
    bring_on(asked, [loan.pk], march(18), now=NOW)
    say_back(asked, [loan.pk], now=NOW)

    entries = JournalEntry.objects.about(loan).filter(facts__channel="link")
    assert {(it.verb, it.by, it.person) for it in entries} == {
        ("loan.promised_back", None, None),
        ("loan.said_back", None, None),
    }


def test_the_days_offered_are_open_and_end_ten_open_days_after_the_letter(loan, asked):  # noqa: F811  a fixture
    days = asked.days(calendar_of(loan.center), NOW)

    assert days[:6] == [march(day) for day in (15, 16, 17, 18, 19, 22)]
    assert days[-1] == date(2027, 3, 31)  # good Friday and Easter Monday are closed, and come before the tenth
    assert days == [*dict.fromkeys(days)]


@pytest.mark.parametrize("day", [date(2027, 4, 1), date(2028, 3, 16), march(12)])
def test_a_promise_ends_with_what_the_letter_allows(loan, asked, day):  # noqa: F811  a fixture
    with pytest.raises(PromiseTooFar):
        bring_on(asked, [loan.pk], day, now=NOW)
    assert again(loan).expected_back_at is None


def test_promising_again_and_again_does_not_keep_the_next_level_waiting_for_ever(loan, asked):  # noqa: F811  a fixture
    bring_on(asked, [loan.pk], march(24), now=at(24, 9))

    with pytest.raises(PromiseTooFar):
        bring_on(asked, [loan.pk], date(2027, 4, 7), now=at(30, 9))


def test_on_a_closed_day_nobody_is_there(loan, asked):  # noqa: F811  a fixture
    with pytest.raises(ClosedToBring) as refusal:
        bring_on(asked, [loan.pk], march(20), now=NOW)

    assert str(refusal.value) == "Am Sa, 20.3. haben wir geschlossen. Passt Fr, 19.3. oder Mo, 22.3.?"


def test_what_is_settled_cannot_be_answered(asked, loan, desk):  # noqa: F811  a fixture
    take_back(loan.item, by=desk, now=NOW)

    assert asked.loans() == []
    with pytest.raises(NothingToAnswer):
        bring_on(asked, [loan.pk], march(18), now=NOW)


def test_neither_what_lies_in_the_box_nor_what_was_renewed_is_asked_for(asked, loan, desk):  # noqa: F811  a fixture
    renew(loan, until=at(24), by=desk, now=at(9))
    assert asked.loans() == []

    Loan.objects.update(due_at=DUE)
    assert asked.loans() == [loan]
    drop_off(loan, by=None, now=NOW)
    assert asked.loans() == []


def test_a_link_answers_only_for_its_own_letter(loan, asked, cases, north, anna, desk):  # noqa: F811  a fixture
    other = lend(cases, north, desk, responsible=anna)

    with pytest.raises(NothingToAnswer):
        bring_on(asked, [other.pk], march(18), now=NOW)
    assert again(other).expected_back_at is None


def test_neither_a_changed_nor_a_foreign_nor_an_old_link_is_ours(loan):  # noqa: F811  a fixture
    token = token_for(ASKED, {loan.pk: loan.due_at})
    changed = token[:3] + ("A" if token[3] != "A" else "B") + token[4:]

    assert read(token, now=NOW)
    assert read(changed, now=NOW) is None
    assert read("", now=NOW) is None
    assert read(Signer(salt="another use").sign_object([str(ASKED), []]), now=NOW) is None
    assert read(Signer(key="another house", salt="lending.replying").sign_object([str(ASKED), []]), now=NOW) is None
    assert read(token, now=NOW + replying.VALID_FOR)
    assert read(token, now=NOW + replying.VALID_FOR + timedelta(days=1)) is None


def test_what_is_back_already_is_searched_and_letters_rest_for_two_open_days(reminding, loan, asked):  # noqa: F811  a fixture
    say_back(asked, [loan.pk], now=NOW)

    assert list(Loan.objects.searched()) == [loan]
    mornings(reminding, at(16, 7), at(18, 7))
    assert told() == [("overdue_1", 18)]


def test_saying_it_again_neither_prolongs_the_rest_nor_starts_it_anew(loan, asked, desk):  # noqa: F811  a fixture
    say_back(asked, [loan.pk], now=NOW)
    say_back(asked, [loan.pk], now=at(17, 9))
    assert again(loan).said_back_at == NOW

    note_not_found(loan, by=desk, now=at(17, 10))
    with pytest.raises(AlreadySearched):
        say_back(asked, [loan.pk], now=at(17, 11))


def test_a_link_answers_ten_times_at_most(loan, asked):  # noqa: F811  a fixture
    for number in range(replying.MOST_ANSWERS):
        bring_on(asked, [loan.pk], march(18 + number % 2), now=NOW)

    with pytest.raises(TooManyAnswers):
        bring_on(asked, [loan.pk], march(22), now=NOW)
