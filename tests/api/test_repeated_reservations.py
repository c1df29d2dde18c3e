"""Repeated reservations over the API: what is placed and what is refused stand in one answer."""

from datetime import timedelta
from typing import Any

import pytest

from inventory.models import Product
from lending.models import Reservation

RESERVATIONS = "/api/v1/reservations/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def room(center, robots) -> Product:
    made = Product.objects.create(center=center, category=robots, name="Medienstudio", kind="room")
    made.items.create(center=center, asset_number="R-1")
    return made


@pytest.fixture
def hours(room, week):
    def on(day, institution, **more) -> dict[str, Any]:
        period = {"starts_at": f"{day}T10:00:00", "ends_at": f"{day}T12:00:00"}
        return {"institution": institution.pk, **period, "lines": [{"product": room.pk, "quantity": 1}], **more}

    return on


def test_every_date_is_placed_or_refused_with_its_reason(program, anna, bert, north, south, hours, week):
    taken = week[0] + timedelta(days=7)
    program(bert).post(RESERVATIONS, hours(taken, south))

    made = program(anna).post(RESERVATIONS, hours(week[0], north, recurrence="FREQ=WEEKLY;COUNT=3"))

    assert made.status_code == 201, made.json()
    told = made.json()
    assert {it["series"] for it in told["placed"]} == {told["series"]}
    refused = {it["starts_at"][:10]: it["code"] for it in told["refused"]}
    assert refused[str(taken)] == "not_available"
    assert len(told["placed"]) + len(told["refused"]) == 3


def test_those_to_come_are_canceled_and_nobody_elses(program, anna, bert, north, hours, week):
    placed = program(anna).post(RESERVATIONS, hours(week[0], north, recurrence="FREQ=DAILY;COUNT=3")).json()["placed"]
    second = f"{RESERVATIONS}{placed[1]['id']}/cancel/"

    assert program(bert).post(second, {"scope": "all"}).status_code == 404
    assert program(anna).post(second, {"scope": "following"}).json()["state"] == "canceled"

    states = dict(Reservation.objects.values_list("pk", "state"))
    assert [states[it["id"]] for it in placed] == ["approved", *["canceled"] * (len(placed) - 1)]


@pytest.mark.parametrize(
    ("rule", "code"), [("immer", "no_rule"), ("FREQ=DAILY;COUNT=99", "too_many_dates"), ("FREQ=SECONDLY", "no_rule")]
)
def test_a_rule_that_is_not_understood_is_told(program, anna, north, hours, week, rule, code):
    answer = program(anna).post(RESERVATIONS, hours(week[0], north, recurrence=rule))

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Reservation.objects.exists()
