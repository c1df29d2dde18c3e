"""From the catalogue to a reservation, and what a refusal offers instead."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from frontend.selection import Choice, Selection
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.models import Reservation, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(center):
    start = add_open_days(timezone.localdate(), 5, calendar_of(center))
    return Selection(start, start + timedelta(days=7))


def test_a_teacher_reserves_for_her_school(client, anna, north, cases, week):
    client.force_login(anna)

    answer = client.post(address(week, cases, 2), {"institution": north.pk, "purpose": "AG", "delivery": "pickup"})

    reservation = Reservation.objects.get()
    assert answer.status_code == 303
    assert answer.url == reverse("reservation", args=[reservation.pk])
    assert (reservation.institution, reservation.responsible, reservation.state) == (north, anna, State.APPROVED)
    assert [(line.product, line.quantity) for line in reservation.lines.all()] == [(cases, 2)]


def test_several_products_go_into_one_reservation(client, anna, north, case, cases, week):
    client.force_login(anna)

    client.post(
        address(week.with_choice(Choice(case.pk, 1)), cases, 2), {"institution": north.pk, "delivery": "pickup"}
    )

    assert Reservation.objects.get().lines.count() == 2


def test_a_refusal_says_why_and_offers_ways_out(client, anna, bert, north, south, case, cases, week):
    client.force_login(bert)
    client.post(address(week, cases, 3), {"institution": south.pk, "delivery": "pickup"})
    client.force_login(anna)

    answer = client.post(address(week, cases, 4), {"institution": north.pk, "delivery": "pickup"})

    assert answer.status_code == 409
    assert "2 statt 4 nehmen" in answer.text
    assert "reservieren</button>" in answer.text
    assert Reservation.objects.count() == 1


def test_a_way_out_reserves_at_once_with_what_was_filled_in(client, anna, bert, north, south, cases, week):
    client.force_login(bert)
    client.post(address(week, cases, 3), {"institution": south.pk, "delivery": "pickup"})
    client.force_login(anna)
    filled_in = {"institution": north.pk, "delivery": "pickup", "purpose": "AG"}
    refusal = client.post(address(week, cases, 4), filled_in)

    client.post(way_out(refusal.text, "2 statt 4 nehmen"), filled_in)

    reservation = Reservation.objects.get(institution=north)
    assert reservation.purpose == "AG"
    assert reservation.lines.get().quantity == 2


def test_nobody_reserves_for_another_school(client, anna, south, cases, week):
    client.force_login(anna)

    answer = client.post(address(week, cases, 1), {"institution": south.pk, "delivery": "pickup"})

    assert answer.status_code == 422
    assert not Reservation.objects.exists()


def test_without_days_it_asks_for_them(client, anna, north, cases):
    client.force_login(anna)

    answer = client.post(address(Selection(), cases, 1), {"institution": north.pk, "delivery": "pickup"})

    assert answer.status_code == 422
    assert "Es fehlt noch, wann" in answer.text


def test_the_usual_return_day_comes_with_its_reason(client, anna, cases, week):
    client.force_login(anna)
    two_weeks = week.on_days(week.starts_on, week.starts_on + timedelta(days=14))

    assert "14 Tage" in client.get(address(two_weeks, cases, 1)).text


def test_a_foreign_product_is_not_reserved(client, anna, north, foreign_case, week):
    client.force_login(anna)

    answer = client.post(address(week, foreign_case, 1), {"institution": north.pk, "delivery": "pickup"})

    assert answer.status_code == 422
    assert not Reservation.objects.exists()


def way_out(page: str, label: str) -> str:
    found = re.search(rf'formaction="([^"]*)">{label}<', page)
    assert found
    return unescape(found[1])


def address(selection: Selection, product, quantity: int) -> str:
    return selection.with_choice(Choice(product.pk, quantity)).address("reserve")
