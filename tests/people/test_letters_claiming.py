"""A worker takes a few letters in hand at once, and notes each by itself: cheap, and at a kill one is in doubt."""

import time
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people import letters
from people.letters import claiming, sending, writing
from people.models import Contact, Institution, Letter
from tests.sink import Sink, free_port
from tests.workers import database_url

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
MANY = 40

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "leihwerk.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def intend_to(school: Institution, count: int) -> None:
    made = Contact.objects.bulk_create(
        Contact(center=school.center, institution=school, name="N", channel="mail", email=f"{n}@nord.example")
        for n in range(count)
    )
    for contact in made:
        letters.intend("overdue_1", contact, contact, product="Bee-Bot Set", due_at=NOW)


@pytest.fixture
def many(north) -> int:
    intend_to(north, MANY)
    assert writing.write(now=NOW) == MANY
    return MANY


def test_many_letters_are_written_in_a_handful_of_statements(north):
    intend_to(north, MANY)

    with CaptureQueriesContext(connection) as asked:
        assert writing.write(now=NOW) == MANY

    assert len(asked) <= 12


def test_a_letter_is_claimed_sent_and_noted_in_less_than_two_statements(many, sink):
    with CaptureQueriesContext(connection) as asked:
        assert sending.send(now=NOW) == many

    assert len(asked) < 2 * many


def test_one_claim_takes_a_hand_of_letters(many):
    hand = claiming.claim_some(now=NOW)

    assert [letter.attempts for letter in hand] == [1] * claiming.AT_ONCE
    assert Letter.objects.filter(claimed_until__gt=NOW).count() == claiming.AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_each_letter_is_noted_before_the_next_one_is_sent(many, sink):
    """So whoever dies leaves one in doubt, not a hand."""
    noted: list[int] = []
    with psycopg.connect(database_url(), autocommit=True) as somebody_else:
        count = "SELECT count(*) FROM people_letter WHERE sent_at IS NOT NULL"
        sink.on_arrival = lambda _port: noted.extend(*somebody_else.execute(count))
        sending.send(now=NOW)

    assert noted == list(range(many))


def test_what_is_left_when_the_time_is_over_is_put_back_as_it_was(many, sink):
    """Whoever is asked to stop finishes the letter in hand; the others need not wait for the lease."""
    sink.on_arrival = lambda _port: time.sleep(0.05)

    sent = sending.send(now=NOW, seconds=0.12)

    assert 0 < sent < claiming.AT_ONCE
    untouched = Letter.objects.filter(sent_at=None)
    assert {(letter.attempts, letter.claimed_until) for letter in untouched} == {(0, None)}


def test_when_the_server_is_gone_only_the_letter_that_was_tried_has_failed(many, sink, settings):
    settings.EMAIL_PORT = free_port()

    assert sending.send(now=NOW) == 0

    assert list(Letter.objects.order_by("pk").values_list("attempts", flat=True)) == [1] + [0] * (many - 1)
    assert not Letter.objects.exclude(claimed_until=None).exists()


def test_a_hand_that_takes_long_is_put_back_before_its_lease_is_over(many):
    hand = claiming.claim_some(now=NOW)

    tried = list(sending.in_hand(hand, until=time.monotonic()))

    assert tried == hand[:1]
    free = claiming.claim_some(now=NOW, at_most=MANY)
    assert set(hand[1:]) <= set(free)
    assert hand[0] not in free


def test_without_that_somebody_else_sends_them_too(many, settings):
    """The negative control: whoever does not look at the time still holds what another one has taken by then."""
    hand = claiming.claim_some(now=NOW)
    later = NOW + settings.LETTER_LEASE * 2

    tried = list(sending.in_hand(hand, until=time.monotonic() + 60))

    assert set(tried) & set(claiming.claim_some(now=later, at_most=MANY)) == set(hand)


def test_what_somebody_else_has_taken_meanwhile_stays_with_them(many, settings):
    hand = claiming.claim_some(now=NOW)
    later = NOW + settings.LETTER_LEASE * 2
    others = claiming.claim_some(now=later, at_most=MANY)

    claiming.put_back(hand)

    assert set(hand) <= set(others)
    assert not set(hand) & set(claiming.claim_some(now=later, at_most=MANY))


def test_who_gives_out_turns_gives_out_one_letter_at_a_time(many, settings):
    settings.MAIL_RATE = 60

    assert len(claiming.claim_some(now=NOW)) == 1


def test_the_next_letter_is_found_without_sorting_all_that_wait(many):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # what PostgreSQL does where there are more of them
    plans = {
        order: Letter.objects.claimable(NOW).order_by(order, "pk")[:1].explain() for order in ("attempts", "written_at")
    }

    assert "letter_waiting_for_mail" in plans["attempts"]
    assert "Sort" not in plans["attempts"]
    assert "Sort" in plans["written_at"], "the negative control: an order that no index has"
