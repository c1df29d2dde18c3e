"""Bounces: the letter goes another way and the address is flagged; whatever else somebody sends in does nothing."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from people import letters
from people.letters import bounces, sending, writing
from people.models import Contact, JournalEntry, Letter
from tests.people import dsn

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
LATER = NOW + timedelta(minutes=20)


@pytest.fixture
def klara(north) -> Contact:
    return Contact.objects.create(
        center=north.center, institution=north, name="Klara Kreide", channel="mail", email="Klara@nord.example"
    )


@pytest.fixture
def letter(klara) -> Letter:
    """To Klara, with a copy to her school; sent."""
    letters.intend("overdue_2", klara, klara, due_on=NOW.date(), product="Bee-Bot Set", due_at=NOW, until_on=NOW.date())
    writing.write(now=NOW)
    assert sending.send(now=NOW) == 1
    return Letter.objects.get()


@pytest.mark.parametrize("report", [dsn.postfix, dsn.exchange])
def test_a_bounced_letter_goes_to_the_school_and_the_address_is_flagged(report, letter, klara, mailoutbox):
    assert bounces.take(report(letter.message_id, "klara@nord.example"), now=LATER) == 1

    klara.refresh_from_db()
    assert (klara.mail_refused_at, klara.mail_refused_with[:4]) == (LATER, "5.1.")
    assert sending.send(now=LATER) == 1
    assert mailoutbox[-1].to == ["100001@schule.example"]


def test_headers_that_come_back_alone_are_enough(letter, klara):
    report = dsn.postfix(letter.message_id, klara.email, returned="text/rfc822-headers")

    assert bounces.take(report, now=LATER) == 1


def test_a_forwarded_letter_is_known_by_its_first_recipient(letter, klara):
    report = dsn.postfix(letter.message_id, "elsewhere@ferne.example", original="klara@nord.example")

    assert bounces.take(report, now=LATER) == 1


def test_taken_twice_it_changes_nothing_more(letter, klara):
    report = dsn.postfix(letter.message_id, klara.email)
    assert [bounces.take(report, now=LATER), bounces.take(report, now=LATER + timedelta(hours=1))] == [1, 0]

    klara.refresh_from_db()
    assert klara.mail_refused_at == LATER
    assert JournalEntry.objects.filter(verb="mail.refused").count() == 1


def test_when_the_school_bounces_as_well_the_letter_is_printed(letter, klara, north):
    type(north).objects.update(street="Am Friedenspark 1", postal_code="51373", city="Leverkusen")
    bounces.take(dsn.postfix(letter.message_id, klara.email), now=LATER)
    sending.send(now=LATER)
    bounces.take(dsn.postfix(letter.message_id, north.email), now=LATER)

    letter.refresh_from_db()
    assert (letter.channel, letter.is_on_paper, letter.sent_at) == ("print", True, None)
    assert "Am Friedenspark 1" in letter.address


def test_a_bounced_copy_flags_the_school_and_leaves_the_letter_alone(letter, north):
    assert bounces.take(dsn.postfix(letter.message_id, "100001@schule.example"), now=LATER) == 1

    letter.refresh_from_db()
    north.refresh_from_db()
    assert letter.sent_at == NOW
    assert north.mail_refused_with == "5.1.1"


def test_who_does_not_want_our_mail_is_reached_another_way_but_the_address_is_good(letter, klara):
    assert bounces.take(dsn.postfix(letter.message_id, klara.email, status="5.7.1"), now=LATER) == 1

    letter.refresh_from_db()
    klara.refresh_from_db()
    assert letter.address == "100001@schule.example"
    assert not klara.is_mail_refused


def test_an_address_that_was_changed_meanwhile_is_not_flagged(letter, klara):
    Contact.objects.update(email="neu@nord.example")
    bounces.take(dsn.postfix(letter.message_id, "klara@nord.example"), now=LATER)

    klara.refresh_from_db()
    assert not klara.is_mail_refused


@pytest.mark.parametrize("differently", [{"action": "delayed", "status": "4.4.1"}, {"action": "delivered"}])
def test_what_is_only_late_or_has_arrived_does_nothing(letter, klara, differently):
    assert untouched(letter, klara, dsn.postfix(letter.message_id, klara.email, **differently))


@pytest.mark.parametrize("status", ["4.4.1", "5", "", "5.1.1111", "<script>"])
def test_failed_with_anything_else_than_a_status_for_good_does_nothing(letter, klara, status):
    assert untouched(letter, klara, dsn.postfix(letter.message_id, klara.email, status=status))


def test_who_does_not_know_the_letter_can_flag_nobody(letter, klara):
    assert untouched(letter, klara, dsn.postfix("<1.2.3.letter@localhost>", klara.email))


def test_who_got_a_letter_can_flag_nobody_else(letter, klara):
    assert untouched(letter, klara, dsn.postfix(letter.message_id, "anna@nord.example"))


@pytest.mark.parametrize("mail", [b"", b"\x00\xff", b"Subject: hi\n\nhello", b"Content-Type: multipart/report\n\n"])
def test_garbage_does_nothing(letter, klara, mail):
    assert untouched(letter, klara, mail)


def test_a_mutilated_report_never_breaks(letter, klara):
    report = dsn.postfix(letter.message_id, klara.email)
    for length in range(0, len(report), 7):
        assert bounces.take(report[:length] + b"\xff\x00", now=LATER) in {0, 1}


def test_a_mail_server_pipes_it_into_the_command(letter, klara, capsys, monkeypatch):
    report = dsn.postfix(letter.message_id, klara.email)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report)))

    call_command("take_bounce")

    assert "vermerkt sind: 1." in capsys.readouterr().out


def untouched(letter: Letter, klara: Contact, mail: bytes) -> bool:
    taken = bounces.take(mail, now=LATER)
    klara.refresh_from_db()
    return taken == 0 and not klara.is_mail_refused and Letter.objects.get().sent_at == letter.sent_at == NOW
