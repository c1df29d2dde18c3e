"""Bounces lie in a mailbox: a real Maildir, and an IMAP server. What is ours is noted; all else stays as it was."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people import letters, tasks
from people.letters import bounces, sending, writing
from people.letters.bounces.fetching import MailboxUnreachable
from people.letters.bounces.imap import Imap
from people.models import Contact, Letter
from tests.people import dsn
from tests.people.imap_server import ImapServer

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def klara(north) -> Contact:
    return Contact.objects.create(
        center=north.center, institution=north, name="Klara Kreide", channel="mail", email="klara@nord.example"
    )


@pytest.fixture
def letter(klara) -> Letter:
    """To Klara; sent."""
    letters.intend("overdue_1", klara, klara, due_on=NOW.date(), product="Bee-Bot Set", due_at=NOW)
    writing.write(now=NOW)
    assert sending.send(now=NOW) == 1
    return Letter.objects.get()


class Folder:
    """A Maildir as a mail server fills it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("tmp", "new", "cur"):
            (path / name).mkdir()

    def deliver(self, mail: bytes, *, name: str = "", folder: str = "new", at: datetime = NOW) -> Path:
        number = len(list(self.path.rglob("*")))
        written = self.path / "tmp" / (name or f"1763967600.V1I{number}.post.stadt.example")
        written.write_bytes(mail)
        os.utime(written, (at.timestamp(), at.timestamp()))
        return written.rename(self.path / folder / written.name)

    def names(self) -> set[str]:
        return {str(path.relative_to(self.path)) for path in self.path.glob("*/*")}

    @property
    def url(self) -> str:
        return f"maildir://{self.path}"


@pytest.fixture
def folder(tmp_path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize("report", [dsn.postfix, dsn.exchange])
def test_a_bounce_in_the_maildir_is_noted_and_marked_as_read(report, letter, klara, folder):
    lies_in = folder.deliver(report(letter.message_id, klara.email))

    assert bounces.fetch(folder.url, now=LATER) == 1

    klara.refresh_from_db()
    assert klara.mail_refused_at == LATER
    assert folder.names() == {f"cur/{lies_in.name}:2,S"}


def test_fetched_twice_it_is_noted_once(letter, klara, folder):
    folder.deliver(dsn.postfix(letter.message_id, klara.email))

    assert [bounces.fetch(folder.url, now=LATER) for _ in range(2)] == [1, 0]


def test_what_lay_in_cur_keeps_its_flags(letter, klara, folder):
    folder.deliver(dsn.postfix(letter.message_id, klara.email), folder="cur", name="1.V1.post:2,FR")

    assert bounces.fetch(folder.url, now=LATER) == 1
    assert folder.names() == {"cur/1.V1.post:2,FRS"}


@pytest.mark.parametrize(
    "other",
    [
        dsn.vacation,
        lambda *_: b"Subject: Frage zur Rueckgabe\n\nGuten Tag",
        lambda message_id, address: dsn.postfix(message_id, address, action="delayed", status="4.4.1"),
        lambda _, address: dsn.postfix("<1.2.3.letter@other.example>", address),
        lambda message_id, _: dsn.postfix(message_id, "anna@nord.example"),
        lambda *_: b"\xff\x00Content-Type: multipart/report",
    ],
    ids=["vacation", "a person", "late", "not our letter", "not its recipient", "garbage"],
)
def test_whatever_else_comes_is_left_alone(other, letter, klara, folder):
    folder.deliver(other(letter.message_id, klara.email))
    before = folder.names()

    assert bounces.fetch(folder.url, now=LATER) == 0

    klara.refresh_from_db()
    assert not klara.is_mail_refused
    assert folder.names() == before


def test_what_a_person_has_read_or_is_old_is_not_looked_at(letter, klara, folder):
    report = dsn.postfix(letter.message_id, klara.email)
    folder.deliver(report, folder="cur", name="1.V1.post:2,S")
    folder.deliver(report, at=LATER - timedelta(days=15))

    assert bounces.fetch(folder.url, now=LATER) == 0


@pytest.mark.parametrize("report", [dsn.postfix, dsn.exchange])
def test_a_bounce_in_an_imap_mailbox_is_noted_and_marked_as_read(report, letter, klara):
    mails = (dsn.vacation(letter.message_id, klara.email), report(letter.message_id, klara.email))
    with ImapServer(*mails) as server:
        assert [bounces.fetch(server.url(), now=LATER) for _ in range(2)] == [1, 0]

    klara.refresh_from_db()
    assert klara.mail_refused_at == LATER
    assert server.seen == {2}
    assert not [command for command in server.commands if "DELETE" in command.upper() or "EXPUNGE" in command]
    assert any("SINCE 10-Nov-2026" in command for command in server.commands)


def test_reports_that_are_not_ours_stay_unread(letter, klara):
    with ImapServer(dsn.postfix("<1.2.3.letter@other.example>", klara.email)) as server:
        assert bounces.fetch(server.url(), now=LATER) == 0

    assert server.seen == set()


def test_a_mailbox_that_cannot_be_opened_says_so_without_its_password(folder):
    with ImapServer() as server, pytest.raises(MailboxUnreachable) as trouble:
        bounces.fetch(server.url("geheim"), now=LATER)
    assert "geheim" not in str(trouble.value)

    for url in ("maildir:///not/there", "http://post.example/", "", "imaps://127.0.0.1:9/INBOX"):
        with pytest.raises(MailboxUnreachable):
            bounces.fetch(url, now=LATER)


def test_a_password_is_not_sent_in_the_clear_over_a_network(monkeypatch):
    """The server offers no STARTTLS; within the machine that is all right."""
    with ImapServer() as server:
        monkeypatch.setattr("people.letters.bounces.imap._is_here", lambda _host: False)
        with pytest.raises(OSError, match="127"), Imap(server.url(), largest=9):
            pass

    assert not [command for command in server.commands if command.startswith("LOGIN")]


def test_the_timetable_and_the_command_look_into_the_mailbox(letter, klara, folder, settings, capsys):
    tasks.fetch_bounces()  # nothing is configured: nothing happens
    settings.BOUNCES_URL = folder.url
    folder.deliver(dsn.postfix(letter.message_id, klara.email), at=datetime.now(UTC))

    call_command("fetch_bounces")
    assert "vermerkt sind: 1." in capsys.readouterr().out
    tasks.fetch_bounces()

    klara.refresh_from_db()
    assert klara.is_mail_refused


def test_the_command_fails_where_there_is_no_mailbox(settings):
    settings.BOUNCES_URL = ""
    with pytest.raises(CommandError, match="BOUNCES_URL"):
        call_command("fetch_bounces")
