"""Changing and splitting over the API; what a refusal offers instead can be posted as it is."""

from typing import Any

import pytest

from inventory.models import Product
from lending.due_dates import ZONE, local_day
from lending.models import Reservation

RESERVATIONS = "/api/v1/reservations/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(north, cases, week) -> dict[str, Any]:
    """Two sets from Monday to Wednesday, for the north school."""
    return {
        "institution": north.pk,
        "starts_at": str(week[0]),
        "ends_at": str(week[2]),
        "lines": [{"product": cases.pk, "quantity": 2}],
    }


@pytest.fixture
def placed(program, anna, asked) -> dict[str, Any]:
    return program(anna).post(RESERVATIONS, asked).json()


def test_days_quantities_and_lines_change_in_one_request(program, anna, placed, case, week):
    (line,) = placed["lines"]
    wanted = {
        "ends_at": str(week[3]),
        "lines": [{"line": line["id"], "quantity": 3}, {"product": case.pk, "quantity": 1}],
    }

    changed = program(anna).post(f"{RESERVATIONS}{placed['id']}/change/", wanted)

    assert changed.status_code == 200, changed.json()
    assert [(it["product"], it["quantity"]) for it in changed.json()["lines"]] == [(line["product"], 3), (case.pk, 1)]
    reservation = Reservation.objects.get()
    assert {local_day(it.ends_at) for it in reservation.lines.all()} == {week[3]}


def test_a_single_line_gets_days_of_its_own_and_another_goes(program, anna, asked, case, week):
    asked["lines"].append({"product": case.pk, "quantity": 1})
    placed = program(anna).post(RESERVATIONS, asked).json()
    first, second = (line["id"] for line in placed["lines"])

    lines = [{"line": first, "ends_at": str(week[1])}, {"line": second, "quantity": 0}]
    changed = program(anna).post(f"{RESERVATIONS}{placed['id']}/change/", {"lines": lines}).json()

    assert [line["id"] for line in changed["lines"]] == [first]
    assert changed["ends_at"][:10] == str(week[1])


def test_what_a_refusal_offers_instead_can_be_posted(program, anna, bert, south, asked, cases, case, week):
    """Placing: each way out that has lines is sent as it came, and taken."""
    program(anna).post(RESERVATIONS, asked)
    wanted = asked | {
        "institution": south.pk,
        "lines": [{"product": cases.pk, "quantity": 4}, {"product": case.pk, "quantity": 1}],
    }

    refusal = program(bert).post(RESERVATIONS, wanted)

    told = refusal.json()
    assert (refusal.status_code, told["code"]) == (409, "partly_available")
    assert [(line["name"], line["available"], line["quantity"]) for line in told["facts"]["lines"]] == [
        ("Calliope Klassensatz", 3, 4),
        ("Bee-Bot Set", 1, 1),
    ]
    ways = {way["kind"]: way for way in told["alternatives"]}
    for kind in ("partly", "later"):
        made = program(bert).post(RESERVATIONS, wanted | {"lines": ways[kind]["lines"]})
        assert made.status_code == 201, made.json()
        program(bert).post(f"{RESERVATIONS}{made.json()['id']}/cancel/", {})


def test_what_a_refused_change_offers_instead_can_be_posted(program, anna, bert, south, asked, placed):
    asked["lines"][0]["quantity"] = 2
    program(bert).post(RESERVATIONS, asked | {"institution": south.pk})
    address = f"{RESERVATIONS}{placed['id']}/change/"

    refusal = program(anna).post(address, {"lines": [{"line": placed["lines"][0]["id"], "quantity": 5}]}).json()
    (fewer,) = (way for way in refusal["alternatives"] if way["kind"] == "fewer")
    changed = program(anna).post(address, {"lines": fewer["lines"]}).json()

    assert changed["lines"][0]["quantity"] == 3


def test_a_part_becomes_a_reservation_of_its_own(program, anna, placed):
    part = {"line": placed["lines"][0]["id"], "quantity": 1}

    new = program(anna).post(f"{RESERVATIONS}{placed['id']}/split/", {"lines": [part]})

    assert (new.status_code, new.json()["lines"][0]["quantity"]) == (201, 1)
    assert new.json()["id"] != placed["id"]
    both = program(anna).post(f"{RESERVATIONS}{placed['id']}/split/", {"lines": [part]}).json()
    assert both["code"] == "nothing_to_split"


@pytest.mark.parametrize(
    "lines",
    [
        [{"line": 999_999_999, "quantity": 1}],
        [{"quantity": 1}],
        [{"product": 999_999_999, "quantity": 1}],
        [{"line": "eins"}],
        "alles",
    ],
)
def test_a_line_that_is_not_there_is_told(program, anna, placed, lines):
    answer = program(anna).post(f"{RESERVATIONS}{placed['id']}/change/", {"lines": lines})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"].startswith("lines")


def test_hours_are_asked_for_where_a_room_moves(program, anna, north, center, robots, week):
    room = Product.objects.create(center=center, category=robots, name="Medienstudio", kind="room")
    room.items.create(center=center, asset_number="R-1")
    hours = {"starts_at": f"{week[1]}T10:00:00", "ends_at": f"{week[1]}T12:00:00"}
    lines = [{"product": room.pk, "quantity": 1}]
    placed = program(anna).post(RESERVATIONS, {"institution": north.pk, "lines": lines, **hours}).json()
    address = f"{RESERVATIONS}{placed['id']}/change/"

    assert program(anna).post(address, {"ends_at": str(week[1])}).json()["errors"][0]["code"] == "time_required"
    program(anna).post(address, {"starts_at": f"{week[1]}T13:00:00", "ends_at": f"{week[1]}T15:00:00"})

    assert Reservation.objects.get().starts_at.astimezone(ZONE).hour == 13
