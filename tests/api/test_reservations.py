"""Reserving over the API: all of it, or a refusal that explains itself; and every later decision."""

from typing import Any

import pytest

from inventory.models import Product
from lending.due_dates import ZONE
from lending.models import Policy, Reservation
from people.models import Contact

RESERVATIONS = "/api/v1/reservations/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def room(center, robots) -> Product:
    made = Product.objects.create(center=center, category=robots, name="Medienstudio", kind="room")
    made.items.create(center=center, asset_number="R-1")
    return made


@pytest.fixture
def asked(north, cases, week) -> dict[str, Any]:
    """Two sets from Monday to Wednesday, for the north school."""
    return {
        "institution": north.pk,
        "starts_at": str(week[0]),
        "ends_at": str(week[2]),
        "lines": [{"product": cases.pk, "quantity": 2}],
    }


def test_a_day_means_the_centres_pickup_and_return_times(program, anna, asked, week):
    Policy.objects.create(center=anna.memberships.get().center, pickup_time="11:00", return_time="9:30")

    made = program(anna).post(RESERVATIONS, asked)

    assert made.status_code == 201, made.json()
    reservation = Reservation.objects.get(pk=made.json()["id"])
    assert reservation.starts_at.astimezone(ZONE).strftime("%F %H:%M") == f"{week[0]} 11:00"
    assert reservation.ends_at.astimezone(ZONE).strftime("%F %H:%M") == f"{week[2]} 09:30"
    assert (reservation.channel, reservation.responsible, reservation.booked_by) == ("api", anna, anna)


def test_one_day_alone_goes_to_closing_time(program, anna, asked, week):
    made = program(anna).post(RESERVATIONS, asked | {"ends_at": asked["starts_at"]}).json()

    ends_at = Reservation.objects.get(pk=made["id"]).ends_at.astimezone(ZONE)
    assert ends_at.strftime("%F %H:%M") == f"{week[0]} 16:00"


def test_what_was_placed_is_answered_as_its_address_tells_it(program, anna, asked):
    made = program(anna).post(RESERVATIONS, asked | {"purpose": "Projektwoche"}).json()

    assert made == program(anna).get(f"{RESERVATIONS}{made['id']}/").json()


def test_a_line_says_what_it_is_and_how_long_it_blocks(program, anna, asked, cases):
    Policy.objects.create(center=cases.center, turnaround_days=1)

    (line,) = program(anna).post(RESERVATIONS, asked).json()["lines"]

    assert (line["product"], line["quantity"], line["blocked_from"]) == (cases.pk, 2, line["starts_at"])
    assert line["blocked_until"] > line["ends_at"]


def test_a_line_may_have_a_period_of_its_own(program, anna, asked, room, week):
    hour = {"starts_at": f"{week[1]}T10:00:00+01:00", "ends_at": f"{week[1]}T12:00:00+01:00"}
    asked["lines"].append({"product": room.pk, "quantity": 1, **hour})

    made = program(anna).post(RESERVATIONS, asked).json()

    assert [line["product"] for line in made["lines"]] == [asked["lines"][0]["product"], room.pk]
    assert made["lines"][1]["starts_at"] > made["starts_at"]


def test_a_room_wants_the_time_of_day(program, anna, asked, room):
    asked["lines"].append({"product": room.pk, "quantity": 1})

    errors = program(anna).post(RESERVATIONS, asked).json()["errors"]

    assert {(error["attr"], error["code"]) for error in errors} == {
        ("lines.1.starts_at", "time_required"),
        ("lines.1.ends_at", "time_required"),
    }


def test_a_refusal_explains_itself_and_offers_ways_out(program, anna, bert, south, asked, cases):
    program(anna).post(RESERVATIONS, asked)

    refusal = program(bert).post(
        RESERVATIONS, asked | {"institution": south.pk, "lines": [{"product": cases.pk, "quantity": 4}]}
    )

    told = refusal.json()
    assert (refusal.status_code, told["type"], told["code"]) == (409, "client_error", "partly_available")
    assert told["errors"] == [{"code": "partly_available", "detail": told["errors"][0]["detail"], "attr": None}]
    assert (told["facts"]["capacity"], told["facts"]["available"]) == (5, 3)
    assert told["facts"]["reasons"] == [{"code": "plan", "count": 2, "detail": "2 reserviert"}]
    assert {way["kind"] for way in told["alternatives"]} >= {"later", "fewer"}
    assert north_is_not_named(refusal)


def north_is_not_named(answer) -> bool:
    return "Nord" not in answer.content.decode() and "Amsel" not in answer.content.decode()


def test_a_request_of_somebody_not_activated_is_taken_and_holds_nothing(program, newcomer, anna, asked):
    submitted = program(newcomer).post(RESERVATIONS, asked).json()

    assert submitted["state"] == "submitted"
    asked["lines"][0]["quantity"] = 5
    assert program(anna).post(RESERVATIONS, asked).json()["state"] == "approved"


def test_the_desk_books_for_a_contact(program, desk, north, south, asked):
    meier = Contact.objects.create(center=north.center, institution=north, name="Frau Meier")
    other = Contact.objects.create(center=south.center, institution=south, name="Herr Schmidt")
    client = program(desk)

    assert client.post(RESERVATIONS, asked | {"contact": meier.pk}).json()["responsible_name"] == "Frau Meier"
    assert client.post(RESERVATIONS, asked | {"contact": other.pk}).json()["errors"][0]["attr"] == "contact"


def test_the_desk_rejects_with_a_reason(program, anna, desk, asked, cases):
    Policy.objects.create(center=cases.center, needs_approval=True)
    own = f"{RESERVATIONS}{program(anna).post(RESERVATIONS, asked).json()['id']}/"

    assert program(desk).post(f"{own}reject/", {}).status_code == 400
    rejected = program(desk).post(f"{own}reject/", {"reason": "An dem Tag sind wir unterwegs."}).json()

    assert (rejected["state"], rejected["reason"]) == ("rejected", "An dem Tag sind wir unterwegs.")
    again = program(desk).post(f"{own}approve/")
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


def test_a_teacher_extends_and_cancels_her_own_and_no_colleagues(program, anna, bert, asked, week):
    own = f"{RESERVATIONS}{program(anna).post(RESERVATIONS, asked).json()['id']}/"

    extended = program(anna).post(f"{own}extend/", {"until": str(week[3])}).json()
    assert extended["ends_at"][:10] == str(week[3])
    assert program(bert).post(f"{own}cancel/").status_code == 404
    assert program(anna).post(f"{own}cancel/").json()["state"] == "canceled"


def test_an_auditor_sees_and_changes_nothing(program, anna, auditor, asked):
    own = f"{RESERVATIONS}{program(anna).post(RESERVATIONS, asked).json()['id']}/"
    client = program(auditor)

    assert client.get(own).status_code == 200
    assert client.post(RESERVATIONS, asked).status_code == 403
    for verb, body in {
        "approve": {},
        "reject": {"reason": "x"},
        "cancel": {},
        "extend": {"until": "2099-01-01"},
    }.items():
        assert client.post(f"{own}{verb}/", body).status_code == 403, verb


@pytest.mark.parametrize(
    "wrong",
    [
        {"institution": None},
        {"institution": 10**30},
        {"institution": "x"},
        {"institution": True},
        {"institution": 1.5},
        {"institution": {"id": 1}},
        {"contact": -1},
        {"starts_at": "9999-12-31"},
        {"starts_at": "0000-00-00"},
        {"starts_at": 5},
        {"starts_at": ["2027-01-01"]},
        {"ends_at": None},
        {"purpose": "\0"},
        {"purpose": "x" * 201},
        {"delivery": "drone"},
        {"lines": []},
        {"lines": None},
        {"lines": {}},
        {"lines": [None]},
        {"lines": [{}] * 51},
        {"lines": [{"product": 1}]},
        {"lines": [{"product": "\0", "quantity": 1}]},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_400_and_says_where(program, anna, asked, wrong):
    answer = program(anna).post(RESERVATIONS, asked | wrong)

    assert answer.status_code == 400
    (name,) = wrong
    assert {error["attr"].split(".")[0] for error in answer.json()["errors"]} == {name}
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("quantity", [0, -1, 10**9, 10**40, "x", None, 1.5])
def test_a_quantity_is_a_reasonable_whole_number(program, anna, asked, quantity):
    asked["lines"][0]["quantity"] = quantity

    assert program(anna).post(RESERVATIONS, asked).json()["errors"][0]["attr"] == "lines.0.quantity"


def test_the_wrong_way_round_is_refused(program, anna, asked):
    asked["starts_at"], asked["ends_at"] = asked["ends_at"], asked["starts_at"]

    answer = program(anna).post(RESERVATIONS, asked)

    assert (answer.status_code, answer.json()["code"]) == (400, "ends_before_it_starts")


def test_reservations_are_asked_for_by_state_and_institution(program, anna, desk, asked, north, south):
    program(anna).post(RESERVATIONS, asked)
    client = program(desk)

    assert client.get(RESERVATIONS, {"state": "approved", "institution": north.pk}).json()["count"] == 1
    assert client.get(RESERVATIONS, {"state": "approved", "institution": south.pk}).json()["count"] == 0
    assert client.get(RESERVATIONS, {"state": "canceled"}).json()["count"] == 0
    assert client.get(RESERVATIONS, {"state": "lost"}).status_code == 400
