"""A write that is sent twice happens once, and is answered with the very same bytes."""

from typing import Any

import pytest

from lending.models import Reservation
from people.models import OnceKey

RESERVATIONS = "/api/v1/reservations/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(north, case, week) -> dict[str, Any]:
    return {
        "institution": north.pk,
        "starts_at": str(week[0]),
        "ends_at": str(week[2]),
        "lines": [{"product": case.pk, "quantity": 1}],
    }


def send(client, body, key="a-key", address=RESERVATIONS):
    return client.post(address, body, headers={"Idempotency-Key": key})


def test_the_same_key_is_answered_with_the_same_bytes(program, anna, asked):
    client = program(anna)

    first, second = send(client, asked), send(client, asked)

    assert (first.status_code, first.content, dict(first.items())) == (
        second.status_code,
        second.content,
        dict(second.items()),
    )
    assert first.status_code == 201
    assert Reservation.objects.count() == 1


def test_without_a_key_it_would_have_been_refused(program, anna, asked):
    client = program(anna)

    assert [client.post(RESERVATIONS, asked).status_code for _ in range(2)] == [201, 409]


def test_the_order_of_the_fields_does_not_matter_but_their_values_do(program, anna, asked):
    client = program(anna)
    first = send(client, asked)

    assert send(client, dict(reversed(asked.items()))).content == first.content
    reused = send(client, asked | {"purpose": "etwas anderes"})
    assert (reused.status_code, reused.json()["code"]) == (422, "key_reused")


def test_a_key_belongs_to_its_caller(program, anna, carla, asked):
    assert send(program(anna), asked).status_code == 201
    assert send(program(carla), asked).json()["code"] == "not_available"


def test_a_final_refusal_is_replayed_even_when_the_way_is_free(program, anna, bert, south, asked):
    made = program(anna).post(RESERVATIONS, asked).json()
    client, theirs = program(bert), asked | {"institution": south.pk}
    refused = send(client, theirs)
    program(anna).post(f"{RESERVATIONS}{made['id']}/cancel/")

    assert send(client, theirs).content == refused.content
    assert send(client, theirs, key="another").status_code == 201


@pytest.mark.parametrize("wrong", [{"purpose": "x" * 201}, {"institution": 0}])
def test_a_mistake_may_be_corrected_under_the_same_key(program, anna, asked, wrong):
    client = program(anna)

    assert send(client, asked | wrong).status_code == 400
    assert send(client, asked).status_code == 201


def test_not_permitted_and_not_found_are_not_remembered(program, auditor, anna, asked):
    assert send(program(auditor), asked).status_code == 403
    assert send(program(anna), {}, address=f"{RESERVATIONS}0/cancel/").status_code == 404
    assert not OnceKey.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 201, "schlüssel", "a\tb"])
def test_a_key_is_short_and_plain(program, anna, asked, key):
    answer = send(program(anna), asked, key=key)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "Idempotency-Key"


def test_the_token_is_never_kept_under_a_key(program, anna):
    body = {"email": anna.email, "password": "geheim-genug"}

    first, second = (send(program(anna), body, address="/api/v1/auth/token/") for _ in range(2))

    assert first.json()["token"] != second.json()["token"]
    assert not OnceKey.objects.exists()
