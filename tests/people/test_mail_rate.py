"""The city's relay takes so many letters a minute, from all workers together; and one that is down loses nothing."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from people import letters
from people.letters import alarm, sending, turns, writing
from people.models import Contact, Institution, Letter, MailTurn
from tests.races import together
from tests.sink import Sink, free_port
from tests.workers import Workers

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
MANY = 12
RATE = 120  # letters a minute


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "leihwerk.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def intend_to(institution: Institution, count: int) -> None:
    for number in range(count):
        contact = Contact.objects.create(
            center_id=institution.center_id,
            institution=institution,
            name=f"Nummer {number}",
            channel="mail",
            email=f"{number}@nord.example",
        )
        letters.intend("overdue_1", institution, contact, product="Bee-Bot Set", asset_number=f"MZ-{number}")


@pytest.mark.django_db
def test_no_minute_has_more_letters_than_the_relay_takes(north, sink, settings):
    settings.MAIL_RATE = 4
    intend_to(north, MANY)
    writing.write(now=NOW)
    went = [NOW + timedelta(seconds=s) for s in range(180) if sending.send(now=NOW + timedelta(seconds=s))]

    assert len(went) == MANY
    assert max(sum(at <= other < at + timedelta(minutes=1) for other in went) for at in went) == 4


@pytest.mark.django_db
def test_after_a_quiet_hour_nothing_is_saved_up(settings):
    settings.MAIL_RATE = 60
    later = NOW + timedelta(hours=1)

    assert [turns.take(now=NOW), turns.take(now=later), turns.take(now=later)] == [True, True, False]


@pytest.mark.django_db
def test_what_waits_for_its_turn_is_not_in_anybodys_hand(north, sink, settings):
    settings.MAIL_RATE = 1
    intend_to(north, 2)
    writing.write(now=NOW)

    assert sending.send_in_turn(now=NOW) == (1, True)
    assert Letter.objects.get(sent_at=None).claimed_until is None


@pytest.mark.django_db
def test_without_a_rate_nobody_waits_and_no_turn_is_kept(north, sink):
    intend_to(north, MANY)
    writing.write(now=NOW)

    assert sending.send_in_turn(now=NOW) == (MANY, False)
    assert not MailTurn.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_one_has_the_turn(settings):
    settings.MAIL_RATE = 1
    MailTurn.objects.create(next_at=NOW)

    assert Counter(together(*[lambda: turns.take(now=NOW)] * 8)) == {True: 1, False: 7}


@pytest.mark.django_db(transaction=True)
def test_who_looks_first_and_moves_the_turn_on_afterwards_shares_it():
    """The negative control: the same without the one statement."""
    MailTurn.objects.create(next_at=NOW)

    def take_carelessly() -> bool:
        is_free = MailTurn.objects.get().next_at <= NOW
        time.sleep(0.3)
        MailTurn.objects.update(next_at=NOW + timedelta(minutes=1))
        return is_free

    assert Counter(together(*[take_carelessly] * 8))[True] > 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_keep_the_rate_together(north, tmp_path):
    intend_to(north, MANY)
    writing.write()
    arrivals = []
    with Sink() as sink, Workers("filesystem://", sink.url, tmp_path, MAIL_RATE=f"{RATE}") as workers:
        sink.on_arrival = lambda _port: arrivals.append(time.monotonic())
        assert workers.until(lambda: len(sink.mails) == MANY, seconds=120)

    assert len(set(sink.message_ids)) == MANY
    assert arrivals[-1] - arrivals[0] >= (MANY - 2) * 60 / RATE  # the first may have been late


@pytest.mark.django_db
def test_a_mail_server_that_is_down_for_a_day_loses_nothing(north, sink, settings):
    settings.EMAIL_PORT = free_port()
    now, up_again, over = NOW, NOW + timedelta(hours=24), NOW + timedelta(hours=29)
    stuck = []
    intend_to(north, MANY)
    while now < over:  # the sweep
        if now == up_again:
            settings.EMAIL_PORT = sink.port
        writing.write(now=now)
        sending.send(now=now)
        stuck.append((now, alarm.troubles(now)))
        now += timedelta(minutes=5)

    assert sorted(sink.message_ids) == sorted(Letter.objects.values_list("message_id", flat=True))
    assert len(sink.mails) == MANY
    told = f"{MANY} Briefe warten seit mehr als zwei Stunden auf den Versand."
    down = [troubles for at, troubles in stuck if NOW + timedelta(hours=3) < at < up_again]
    assert all(told in troubles for troubles in down)
    assert stuck[-1][1] == []
