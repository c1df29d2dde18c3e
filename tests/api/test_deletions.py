"""Programs read what is to be deleted, and say that it is."""

from datetime import date

import pytest

from licenses.models import Deletion
from people.models import JournalEntry

pytestmark = pytest.mark.django_db

ENDED = date(2026, 10, 31)


@pytest.fixture
def deletion(center, north, film, contract) -> Deletion:
    made = Deletion.objects.create(center=center, institution=north, month_on=date(2026, 10, 1), due_on=ENDED)
    made.titles.create(center=center, institution=north, medium=film, contract=contract, ends_on=ENDED)
    return made


def test_who_sees_what(program, deletion, carla, desk, auditor, anna, bert, foreign_desk):
    def seen(who) -> int:
        return int(program(who).get("/api/v1/deletions/").json()["count"])

    assert [seen(who) for who in (carla, desk, auditor)] == [1, 1, 1]
    assert [seen(who) for who in (anna, bert, foreign_desk)] == [0, 0, 0]


def test_a_row(program, desk, deletion, film, contract):
    (row,) = program(desk).get("/api/v1/deletions/", {"open": "true"}).json()["results"]

    assert (row["institution_name"], row["month_on"], row["confirmed_at"]) == ("Grundschule Nord", "2026-10-01", None)
    (title,) = row["titles"]
    assert (title["medium"], title["title"], title["ends_on"]) == (film.pk, "Der Wasserkreislauf", "2026-10-31")
    assert program(desk).get("/api/v1/deletions/", {"open": "false"}).json()["count"] == 0


def test_confirming_once(program, carla, deletion):
    address, key = f"/api/v1/deletions/{deletion.pk}/confirm/", {"HTTP_IDEMPOTENCY_KEY": "k1"}
    first = program(carla).post(address, {}, **key)
    again = program(carla).post(address, {}, **key)

    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert (first.json()["confirmed_how"], first.json()["due_on"]) == ("account", None)
    assert JournalEntry.objects.filter(verb="deletion.confirmed").count() == 1


def test_not_what_was_not_seen(program, carla, deletion):
    answer = program(carla).post(f"/api/v1/deletions/{deletion.pk}/confirm/", {"seen": 1})

    assert deletion.titles.get().pk > 1
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "titles_were_added")


def test_who_only_looks(program, auditor, anna, deletion):
    address = f"/api/v1/deletions/{deletion.pk}/confirm/"

    assert program(auditor).post(address, {}).status_code == 403
    assert program(anna).post(address, {}).status_code == 404
