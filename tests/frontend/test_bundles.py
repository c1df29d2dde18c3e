"""Bundles in the catalogue, on the manager's page and over the API."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lending.bundles import compose
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.models import Bundle, Reservation
from people import access_tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def days(center):
    """Two open days next to each other, some days from now."""
    calendar = calendar_of(center)
    first = add_open_days(timezone.localdate(), 5, calendar)
    return {"starts_on": str(first), "ends_on": str(add_open_days(first, 1, calendar))}


@pytest.fixture
def robotics(center, case, cases, manager) -> Bundle:
    return compose(center, name="Robotik-Paket", lines={cases: 2, case: 1}, by=manager)


def test_one_click_puts_all_of_it_into_the_selection(client, anna, robotics, case, cases, days):
    client.force_login(anna)
    page = client.get(reverse("catalogue"), days).text
    offer = page.split('id="bundles-title"')[1].split("</section>")[0]
    assert "1 frei" in offer

    address = offer.split('href="')[1].split('"')[0].replace("&amp;", "&")
    lines = client.get(address).text

    assert f"item={cases.pk}x2" in address
    assert f"item={case.pk}x1" in address
    assert "Bee-Bot Set" in lines


def test_a_bundle_is_found_by_what_is_in_it(client, anna, robotics):
    client.force_login(anna)

    assert "Robotik-Paket" in client.get(reverse("catalogue"), {"search": "calliope"}).text
    assert "Robotik-Paket" not in client.get(reverse("catalogue"), {"search": "mikrofon"}).text


@pytest.mark.parametrize("typed", ["forderpaket", "FÖRDERPAKET", "Förderpacket", "förderpaket 25 kinder"])
def test_a_bundle_is_found_as_forgivingly_as_a_product(client, anna, center, case, manager, typed):
    compose(center, name="Förderpaket", lines={case: 1}, by=manager)
    client.force_login(anna)

    assert "Förderpaket</strong>" in client.get(reverse("catalogue"), {"search": typed}).text


def test_a_manager_keeps_bundles(client, manager, case, cases):
    client.force_login(manager)
    said = {"name": "Robotik", "product-0": cases.pk, "quantity-0": 2, "product-1": case.pk, "quantity-1": 1}

    client.post(reverse("bundles"), said)
    bundle = Bundle.objects.get()
    assert [(line.product, line.quantity) for line in bundle.lines.all()] == [(cases, 2), (case, 1)]

    client.post(reverse("bundle", args=[bundle.pk]), {"name": "Robotik", "product-0": case.pk, "quantity-0": 1})
    assert [line.product for line in bundle.lines.all()] == [case]
    assert "Ein Paket „Robotik“ gibt es schon" in client.post(reverse("bundles"), said).text
    client.post(reverse("bundle_dissolve", args=[bundle.pk]))
    assert not Bundle.objects.exists()


def test_the_desk_looks_and_does_not_touch(client, desk, robotics, cases):
    client.force_login(desk)

    page = client.get(reverse("bundles")).text
    assert "Robotik-Paket" in page
    assert "Paket speichern" not in page
    said = {"name": "Robotik", "product-0": cases.pk, "quantity-0": 2}
    assert client.post(reverse("bundles"), said).status_code == 403


def test_the_api_lists_bundles_and_takes_them_as_lines(anna, north, foreign_teacher, robotics, case, cases, days):
    ours, theirs = (Client(headers={"Authorization": f"Token {access_tokens.issue(it)}"})
                    for it in (anna, foreign_teacher))  # fmt: skip
    (told,) = ours.get("/api/v1/bundles/").json()["results"]
    assert [(line["product"], line["quantity"]) for line in told["lines"]] == [(cases.pk, 2), (case.pk, 1)]
    assert theirs.get("/api/v1/bundles/").json()["count"] == 0

    period = {"starts_at": days["starts_on"], "ends_at": days["ends_on"]}
    body = {"institution": north.pk, **period, "lines": [{"bundle": told["id"], "quantity": 1}]}
    made = ours.post("/api/v1/reservations/", body, content_type="application/json")

    assert made.status_code == 201, made.json()
    assert {(it.product, it.quantity) for it in Reservation.objects.get().lines.all()} == {(cases, 2), (case, 1)}
    body["lines"] = [{"bundle": told["id"], "product": case.pk, "quantity": 1}]
    assert ours.post("/api/v1/reservations/", body, content_type="application/json").status_code == 400
