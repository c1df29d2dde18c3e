"""Thirty-two at once want the last slot of a licence, over HTTP: one has it, the others are told that it is taken."""

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import pytest

from licenses.models import Medium, Seat, UseEvent
from licenses.models.entitlement import EntitlementQuerySet
from licenses.seats import arranging, seating
from people import access_tokens
from people.roles import Role
from tests.conftest import member
from tests.races import PATIENCE, meeting, without_wall

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 32
TRIES = 20
Answer = tuple[int, dict[str, Any]]


@pytest.fixture
def crowd(north) -> list[str]:
    """The tokens of thirty-two teachers of one school."""
    names = [f"lehrkraft{number}" for number in range(CROWD)]
    teachers = [member(f"{name}@nord.example", name, Role.TEACHER, north) for name in names]
    return [access_tokens.issue(teacher) for teacher in teachers]


@pytest.fixture
def run_at_once(live_server) -> Callable[[Medium, list[str]], list[Answer]]:
    """Everybody has connected before anybody asks. Only the server has connections to the database."""
    host = urlsplit(live_server.url).netloc

    def ask(medium: Medium, token: str, start: Barrier) -> Answer:
        headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        with closing(HTTPConnection(host, timeout=2 * PATIENCE)) as connection:
            connection.connect()
            start.wait()
            for _ in range(TRIES):
                connection.request("POST", f"/api/v1/media/{medium.pk}/use/", json.dumps({"action": "run"}), headers)
                answer = connection.getresponse()
                body = answer.read()
                if answer.getheader("Retry-After") is None:  # a slow machine lets locks time out
                    break
        return answer.status, json.loads(body) if answer.status < 500 else {}

    def all_ask(medium: Medium, tokens: list[str]) -> list[Answer]:
        start = Barrier(len(tokens), timeout=PATIENCE)
        with ThreadPoolExecutor(len(tokens)) as pool:
            return list(pool.map(lambda token: ask(medium, token, start), tokens))

    return all_ask


@pytest.fixture
def last_lease(entitled, film):
    return entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])


def test_of_thirty_two_on_the_last_lease_one_wins(run_at_once, last_lease, film, crowd):
    answers = run_at_once(film, crowd)

    assert {status for status, _ in answers} == {200}
    assert Counter((said["is_allowed"], said["reason"]) for _, said in answers) == {
        (True, ""): 1,
        (False, "LIMIT_EXCEEDED"): CROWD - 1,
    }
    assert Seat.objects.held().count() == 1


def test_each_of_them_is_one_event(run_at_once, last_lease, film, crowd):
    run_at_once(film, crowd)

    events = UseEvent.objects.values_list("kind", "session")
    assert Counter(kind for kind, _ in events) == {"request": 1, "limit_exceeded": CROWD - 1}
    assert len({session for _, session in events}) == CROWD, "each under a pseudonym of its own"


def test_without_lock_and_wall_the_last_lease_is_sold_eight_times(monkeypatch, run_at_once, last_lease, film, crowd):
    """The negative control: all have seen the free slot before anybody takes it."""
    monkeypatch.setattr(EntitlementQuerySet, "lock", lambda queryset: queryset)
    monkeypatch.setattr(seating, "arrange", meeting(8, arranging.arrange))

    with without_wall("licenses_seat", "slot_is_held_once"):
        answers = run_at_once(film, crowd[:8])
        Seat.objects.all().delete()

    assert [said["is_allowed"] for _, said in answers] == [True] * 8
