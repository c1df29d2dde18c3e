"""Programs see which keys there are, and are told what one says once for each time they ask."""

import pytest

from leihwerk.secrecy import Secret
from licenses.keys import keeping
from licenses.keys.revealing import MOST
from licenses.models import Key, KeyKind
from people.models import JournalEntry
from tests.canary import traces_in_database

SECRET = "Wolke-17-Anker"
pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(contract, manager) -> Key:
    return keeping.keep(contract, kind=KeyKind.LICENSE, name="Volumen", secret=Secret(SECRET), by=manager)


def reveal(client, key, reason="check", **headers):
    return client.post(f"/api/v1/keys/{key.pk}/reveal/", {"reason": reason}, format="json", headers=headers)


def test_the_list_does_not_say_what_a_key_says(program, auditor, contract, kept):
    answer = program(auditor).get("/api/v1/keys/", {"contract": contract.pk})

    (row,) = answer.json()["results"]
    assert row.keys() == {"id", "contract", "provider", "kind", "name", "sign_in_name", "changed_at"}
    assert program(auditor).get("/api/v1/keys/", {"provider": contract.provider_id}).json()["count"] == 0


def test_one_is_told_for_a_reason_and_the_answer_is_kept_by_nobody(program, manager, kept):
    for _ in range(2):
        answer = reveal(program(manager), kept, **{"Idempotency-Key": "a-key"})
        assert (answer.status_code, answer.json()) == (200, {"secret": SECRET})
        assert answer["Cache-Control"] == "no-store"

    assert traces_in_database(SECRET) == []
    assert JournalEntry.objects.filter(verb="key.revealed").count() == 2


def test_without_a_reason_or_the_right_nothing_is_told(program, manager, auditor, kept):
    assert reveal(program(manager), kept, reason="").status_code == 400
    assert reveal(program(auditor), kept).status_code == 403
    assert not JournalEntry.objects.filter(verb="key.revealed").exists()


def test_the_eleventh_within_an_hour_is_refused(program, manager, kept):
    client = program(manager)

    seen = [reveal(client, kept).status_code for _ in range(MOST + 1)]

    assert seen == [200] * MOST + [429]
    assert reveal(client, kept).json()["code"] == "too_many_keys_shown"
