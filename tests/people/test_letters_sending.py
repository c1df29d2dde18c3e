"""Mails go to a real SMTP server on the loopback."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.html import strip_tags

from people import letters
from people.letters import claiming, sending, writing
from people.models import Letter, Membership, User
from tests.sink import Sink, free_port

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "leihwerk.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.fixture
def letter(anna, center) -> Letter:
    """An unsent reminder to Anna."""
    center.email = "ausleihe@mz.example"
    center.save()
    return write_to(anna)


def write_to(person: User) -> Letter:
    due_at = NOW - timedelta(days=5)
    about = Membership.objects.get(user=person)
    until_on = NOW.date() + timedelta(days=3)
    letters.intend(
        "overdue_2", about, person, due_on=NOW.date(), product="Bee-Bot Set", due_at=due_at, until_on=until_on
    )
    writing.write(now=NOW)
    return Letter.objects.get(user=person)


def test_a_letter_arrives_once_however_often_it_is_sent(sink, letter):
    assert [sending.send(now=NOW), sending.send(now=NOW)] == [1, 0]
    assert sink.message_ids == [letter.message_id]


def test_the_mail_says_who_wrote_it_and_answers_to_the_centre(sink, letter):
    sending.send(now=NOW)

    mail = sink.mails[0]
    assert mail["To"] == "anna@nord.example"
    assert mail["Cc"] == "100001@schule.example"
    assert mail["From"].startswith("Medienzentrum Musterstadt <")
    assert mail["Reply-To"] == "Medienzentrum Musterstadt <ausleihe@mz.example>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_text_and_html_say_the_same(sink, letter):
    sending.send(now=NOW)

    mail = sink.mails[0]
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Bee-Bot Set ist seit dem 19. November überfällig." in " ".join(text.split())
    assert " ".join(text.split()) in " ".join(strip_tags(html).split())


def test_the_html_fetches_nothing_and_follows_nobody(sink, letter):
    sending.send(now=NOW)

    html = sink.mails[0].get_body(("html",)).get_content()
    for remote in ("<img", "<link", "<script", "<iframe", "url(", "@import", "src="):
        assert remote not in html


def test_plain_text_has_short_lines(sink, letter):
    sending.send(now=NOW)

    text = sink.mails[0].get_body(("plain",)).get_content()
    assert max(len(line) for line in text.splitlines()) <= 76


def test_without_a_mail_server_a_letter_waits_and_then_goes(settings, letter, sink):
    settings.EMAIL_PORT = free_port()
    assert sending.send(now=NOW) == 0

    letter.refresh_from_db()
    assert letter.trouble == "ConnectionRefusedError"
    assert not letter.is_out

    settings.EMAIL_PORT = sink.port
    assert sending.send(now=NOW) == 0  # not yet
    assert sending.send(now=LATER) == 1


def test_each_pause_is_longer_than_the_last_up_to_four_hours(settings, letter, sink):
    settings.EMAIL_PORT = free_port()
    pauses, now = [], NOW
    for _ in range(11):
        sending.send(now=now)
        letter.refresh_from_db()
        pauses.append((letter.not_before - now) // timedelta(minutes=1))
        now = letter.not_before

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]


def test_a_busy_address_is_tried_again_later_and_the_others_go_on(sink, letter, bert):
    write_to(bert)
    sink.refused = {"anna@nord.example": "450 try later", "100001@schule.example": "450 try later"}

    assert sending.send(now=NOW) == 1
    sink.refused.clear()
    assert sending.send(now=LATER) == 1


def test_instead_of_a_refused_address_the_school_is_written_to(sink, letter):
    sink.refused = {"anna@nord.example": "550 unknown", "100001@schule.example": "550 unknown"}
    sending.send(now=NOW)

    letter.refresh_from_db()
    assert letter.refused_at == NOW
    assert (letter.channel, letter.copy_to) == ("phone", "")


def test_when_the_person_is_refused_the_school_still_gets_the_letter(sink, letter):
    Letter.objects.update(copy_to="")
    sink.refused = {"anna@nord.example": "550 unknown"}
    sending.send(now=NOW)

    assert [mail["To"] for mail in sink.mails] == ["100001@schule.example"]


def test_an_accepted_copy_does_not_hide_a_refused_person(sink, letter):
    """Django's own backend counts it as sent: the sink took the copy."""
    sink.refused = {"anna@nord.example": "550 unknown"}
    assert sending.send(now=NOW) == 1  # to the school, in Anna's stead, and only once

    letter.refresh_from_db()
    assert (letter.refused_at, letter.address, letter.copy_to) == (NOW, "100001@schule.example", "")
    assert [(mail["To"], mail["Cc"]) for mail in sink.mails] == [("100001@schule.example", None)]


def test_a_busy_person_is_tried_again_although_the_copy_was_accepted(sink, letter):
    sink.refused = {"anna@nord.example": "450 try later"}
    assert sending.send(now=NOW) == 0
    assert sink.mails == []

    sink.refused.clear()
    assert sending.send(now=LATER) == 1


def test_a_refused_copy_does_not_keep_the_letter_from_the_person(sink, letter, caplog):
    sink.refused = {"100001@schule.example": "550 unknown"}

    assert sending.send(now=NOW) == 1
    letter.refresh_from_db()
    assert letter.sent_at
    assert "a copy was refused: 550" in caplog.text


def test_a_letter_in_somebodys_hand_is_not_taken_by_another(sink, letter):
    assert claiming.claim(now=NOW) == letter
    assert claiming.claim(now=NOW) is None


def test_what_a_dead_worker_had_in_hand_goes_out_when_the_lease_is_over(sink, letter, settings):
    claiming.claim(now=NOW)

    assert sending.send(now=NOW + settings.LETTER_LEASE) == 0
    assert sending.send(now=NOW + settings.LETTER_LEASE + timedelta(seconds=1)) == 1
    assert sink.message_ids == [letter.message_id]


def test_trouble_is_noted_without_anybodys_address(settings, letter, sink, caplog):
    sink.refused = {"anna@nord.example": "550 anna@nord.example unknown", "100001@schule.example": "550 no"}
    sending.send(now=NOW)

    letter.refresh_from_db()
    assert letter.trouble == "SMTPRecipientsRefused 550"
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("people.")]
    assert ours
    assert not any("anna" in line for line in ours)
