"""Reports are fetched from a real little server on this machine; what it answers, and what it must not be asked."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from leihwerk import outside
from leihwerk.errors import DomainError
from leihwerk.outside import NoAnswer, NotOutside
from leihwerk.secrecy import Secret
from licenses.counter.reading import FileIsNoCounterReport, ProviderSentNoReport
from licenses.errors import KeyIsInUse, OfAnotherCenter
from licenses.keys import keeping
from licenses.models import KeyKind, Provider, ReportedFigure, Source
from licenses.taking_in import fetching, sources
from licenses.tasks import fetch_usage
from people.models import JournalEntry
from tests.licenses.usage.test_taking_in import report

NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
SECRET = "Wolke-17-Anker"
GOOD = (200, report({"2026-01": 7, "2026-02": 9}))
pytestmark = pytest.mark.django_db


def caveat(code: int, status: int = 400) -> tuple[int, bytes]:
    return status, json.dumps({"Code": code, "Message": "So ist es"}).encode()


class Portal(ThreadingHTTPServer):
    """Answers what was laid down, one after the other, the last one for ever; remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = [GOOD]
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Answering)


class Answering(BaseHTTPRequestHandler):
    server: Portal

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, body = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/secret")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """In silence."""


@pytest.fixture
def portal(monkeypatch) -> Iterator[Portal]:
    monkeypatch.setenv("INTERNAL_HOSTS", "127.0.0.1")
    server = Portal()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def source(portal, provider, manager) -> Source:
    key = keeping.keep(provider, kind=KeyKind.USAGE, name="COUNTER", secret=Secret(SECRET), by=manager)
    made = sources.add(provider, name="Filmportal", by=manager)
    address = f"http://127.0.0.1:{portal.server_port}/api/"
    return fetching.set_up(made, address=address, customer_id="lev", requestor_id="mz", key=key, by=manager)


def fetch(source, **more):
    return fetching.fetch(source, now=NOW, waits=(0.0, 0.0), **more)


def trouble(source) -> str:
    source.refresh_from_db()
    return source.trouble


def test_the_last_three_months_are_asked_for_with_the_key_and_taken_in_once(source, portal, caplog):
    first, again = fetch(source), fetch(source)

    place = urlsplit(portal.asked[0])
    assert place.path == "/api/r51/reports/ir"
    assert parse_qs(place.query) == {
        "customer_id": ["lev"], "requestor_id": ["mz"], "api_key": [SECRET],
        "begin_date": ["2025-12"], "end_date": ["2026-02"],
    }  # fmt: skip
    assert (len(first.new), again.has_changes) == (2, False)
    assert ReportedFigure.objects.filter(source=source).count() == 4
    assert trouble(source) == ""
    assert source.fetched_at == NOW
    assert JournalEntry.objects.get(verb="usage.taken_in").by is None
    assert SECRET not in caplog.text


def test_release_5_lies_elsewhere(source, portal, manager):
    fetch(fetching.set_up(source, release="5", by=manager))

    assert urlsplit(portal.asked[0]).path == "/api/reports/ir"


@pytest.mark.parametrize("first", [caveat(1011, 202), caveat(1020, 429), (503, b"<html>")])
def test_who_says_later_is_asked_again(source, portal, first):
    portal.answers = [first, GOOD]

    assert fetch(source).has_changes
    assert len(portal.asked) == 2


@pytest.mark.parametrize(
    ("answer", "refusal", "times"),
    [
        (caveat(1011, 202), ProviderSentNoReport, 3),
        (caveat(2010, 401), ProviderSentNoReport, 1),
        (caveat(3031), ProviderSentNoReport, 1),
        ((503, b"<html>"), NoAnswer, 3),
        ((404, b"nichts"), NoAnswer, 1),
        ((200, b"<html>Anmelden</html>"), FileIsNoCounterReport, 1),
        ((302, b""), NoAnswer, 1),
    ],
)
def test_what_went_wrong_stands_beside_the_source_and_nothing_is_written(source, portal, answer, refusal, times):
    fetch(source)
    portal.asked.clear()
    portal.answers = [answer]

    with pytest.raises(refusal):
        fetch(source)

    assert len(portal.asked) == times, "and nobody followed where it led"
    assert trouble(source)
    assert SECRET not in source.trouble
    assert ReportedFigure.objects.count() == 4


def test_a_provider_without_usage_has_nothing_to_tell(source, portal):
    portal.answers = [caveat(3030)]

    assert fetch(source) is None
    assert trouble(source) == ""


def test_nobody_there_is_a_sentence(source, portal):
    portal.shutdown()
    portal.server_close()

    with pytest.raises(NoAnswer):
        fetch(source)

    assert "127.0.0.1 hat nicht geantwortet" in trouble(source)
    assert SECRET not in source.trouble


def test_an_answer_without_an_end_is_given_up(source, portal, monkeypatch):
    monkeypatch.setattr(outside, "MOST_BYTES", 1000)
    portal.answers = [(200, b"{" + b" " * 2000)]

    with pytest.raises(NoAnswer):
        fetch(source)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.7", "192.168.1.1", "169.254.169.254",
                                  "0.0.0.0",  # noqa: S104  asked, not listened on
                                  "[::ffff:127.0.0.1]", "[fd00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
                                  "[::7f00:1]", "[fec0::1]", "[ff0e::1]",
                                  "2130706433", "0x7f.1", "127.1", "0"])  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nothing_inside_is_asked(portal, monkeypatch, scheme, host):
    monkeypatch.delenv("INTERNAL_HOSTS")

    with pytest.raises(NotOutside):
        outside.get(f"{scheme}://{host}:{portal.server_port}/")

    assert portal.asked == []


def test_without_the_guard_it_would_have_answered(portal, monkeypatch):
    """The negative control: with the host named by the operator the very same question is answered."""
    assert outside.get(f"http://127.0.0.1:{portal.server_port}/").status == 200


@pytest.mark.parametrize("address", ["", "https://", "ftp://a.example/", "file:///etc/passwd", "http://a.example/",
                                     "https://a.example:99999/", "https://[::1/"])  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(address):
    with pytest.raises(DomainError):
        outside.get(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_the_net_outside_is_outside(address):
    assert outside._is_outside(address)


@pytest.mark.parametrize("sent", [b"H", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n{",
                                  b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"])  # fmt: skip
def test_who_answers_byte_by_byte_is_given_up(monkeypatch, sent):
    """Each byte comes within the patience of a step; without an end for all of it a worker would wait for years."""
    monkeypatch.setenv("INTERNAL_HOSTS", "127.0.0.1")
    monkeypatch.setattr(outside, "LONGEST_WAIT", 0.5)
    with dripping(sent) as port:
        began = time.monotonic()
        with pytest.raises(NoAnswer, match="zu langsam"):
            outside.get(f"http://127.0.0.1:{port}/")

    assert time.monotonic() - began < 5


@contextmanager
def dripping(sent: bytes) -> Iterator[int]:
    """A server that says ``sent``, and then a letter ten times a second."""
    done = Event()

    def drip(heard: socket.socket) -> None:
        with heard, suppress(OSError):
            connected, _from = heard.accept()
            with connected:
                connected.sendall(sent)
                while not done.wait(0.1):
                    connected.sendall(b"x")

    listening = socket.create_server(("127.0.0.1", 0))
    thread = Thread(target=drip, args=[listening], daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    done.set()
    thread.join()


def test_what_a_provider_says_of_the_key_is_not_kept(source, portal):
    told = {"Code": 2020, "Message": f"Der Schlüssel {SECRET} ist falsch", "Data": f"api_key={SECRET}"}
    portal.answers = [(401, json.dumps(told).encode())]

    with pytest.raises(ProviderSentNoReport) as refusal:
        fetch(source)

    assert "ist falsch" in trouble(source)
    assert SECRET not in source.trouble + str(refusal.value) + repr(refusal.value)


def test_the_task_asks_every_source_that_says_where(source, portal, provider, manager):
    sources.add(provider, name="Ohne Adresse", by=manager)

    fetch_usage()
    fetch_usage(source.pk)

    assert len(portal.asked) == 2


def test_a_key_in_use_stays_and_one_of_others_is_refused(source, manager, neighbor):
    with pytest.raises(KeyIsInUse):
        keeping.forget(source.key, by=manager)
    theirs = Provider.objects.create(center=neighbor, name="N")
    foreign = keeping.keep(theirs, kind=KeyKind.USAGE, name="N", secret=Secret("x"), by=manager)
    with pytest.raises(OfAnotherCenter):
        fetching.set_up(source, key=foreign, by=manager)
