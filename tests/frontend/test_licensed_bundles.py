"""A bundle with a licence: put together by a manager, reserved by a school, kept for its days, and shown."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontend.selection import Selection
from inventory.models import Item
from lending.bundles import Licensed, compose
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.models import Bundle, Reservation
from licenses.models import Seat
from people import access_tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def days(center):
    calendar = calendar_of(center)
    first = add_open_days(timezone.localdate(), 5, calendar)
    return {"starts_on": str(first), "ends_on": str(add_open_days(first, 1, calendar))}


@pytest.fixture
def one_at_once(entitled):
    return entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])


@pytest.fixture
def cinema(center, case, cases, film, manager) -> Bundle:
    return compose(center, name="Kinokoffer", lines={cases: 2, case: 1}, licensed={case: Licensed(film)}, by=manager)


def reserve_address(client, days) -> str:
    offer = client.get(reverse("catalogue"), days).text.split('id="bundles-title"')[1].split("</section>")[0]
    assert "mit Lizenz für „Der Wasserkreislauf“" in offer
    return offer.split('href="')[1].split('"')[0].replace("&amp;", "&")


def test_a_school_reserves_it_and_the_slot_is_kept(client, anna, north, case, film, cinema, days, one_at_once):
    client.force_login(anna)
    address = reserve_address(client, days)
    assert f"item={case.pk}x1~{cinema.pk}" in address
    assert "mit Lizenz für „Der Wasserkreislauf“" in client.get(address).text

    answer = client.post(address, {"institution": north.pk, "delivery": "pickup"}, follow=True)

    reservation = Reservation.objects.get()
    assert f'mit Lizenz für <a href="{reverse("medium", args=[film.pk])}">' in answer.text
    line = reservation.lines.get(product=case)
    seat = Seat.objects.held().get()
    assert (seat.kept_for, seat.held_at, seat.expires_at) == (line.pk, line.starts_at, line.ends_at)
    assert reservation.lines.exclude(product=case).get().medium is None


def test_where_the_slot_is_taken_the_page_says_so(client, anna, bert, north, south, case, cinema, days, one_at_once):
    client.force_login(anna)
    address = reserve_address(client, days)
    client.post(address, {"institution": north.pk, "delivery": "pickup"})
    Item.objects.create(center=north.center, product=case, asset_number="MZ-0777")
    client.force_login(bert)

    refused = client.post(address, {"institution": south.pk, "delivery": "pickup"})

    assert refused.status_code == 409
    assert "nicht durchgehend ein Lizenzplatz frei" in refused.text
    assert Reservation.objects.count() == 1


def test_the_quantity_of_what_came_with_a_bundle_can_be_changed(client, anna, north, case, cinema, days, one_at_once):
    client.force_login(anna)
    address = reserve_address(client, days)

    page = client.post(address, {f"quantity-{case.pk}": 3, "act": "look"}).text

    assert f'value="{case.pk}x3~{cinema.pk}"' in page


def test_an_address_with_somebody_elses_bundle_comes_without_a_licence(
    client, anna, north, case, neighbor, foreign_case, film, cinema, days
):
    Bundle.objects.filter(pk=cinema.pk).update(name="Kinokoffer")
    client.force_login(anna)

    page = client.get(f"{reverse('reserve')}?item={case.pk}x1~4711&starts_on={days['starts_on']}")

    assert page.status_code == 200
    assert "mit Lizenz" not in page.text


@pytest.mark.parametrize("item", ["7x2~9", "7x2@2026-11-23T10:00-12:00~9"])
def test_the_bundle_stands_in_the_address(item, rf):
    (choice,) = Selection.of(rf.get("/", {"item": item}).GET).choices

    assert (choice.product, choice.quantity, choice.bundle, str(choice)) == (7, 2, 9, item)


def test_a_manager_says_with_which_licence(client, manager, case, cases, film):
    client.force_login(manager)
    said = {"name": "Kino", "product-0": case.pk, "quantity-0": 1, "product-1": cases.pk, "quantity-1": 1}

    client.post(reverse("bundles"), said | {"medium-0": film.number, "slots-0": 2})
    (line, other) = Bundle.objects.get().lines.all()
    assert (line.medium, line.slots, other.medium) == (film, 2, None)

    page = client.get(reverse("bundle", args=[line.bundle_id])).text
    assert f'value="{film.number}"' in page
    client.post(reverse("bundle", args=[line.bundle_id]), said)
    assert not Bundle.objects.get().lines.filter(medium__isnull=False).exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"medium-0": "Mondlandung"}, "Ein solches Medium gibt es nicht."),
        ({"product-0": "", "medium-0": "5500001"}, "Bitte wählen Sie auch den Artikel"),
        ({"medium-0": "Kreislauf"}, "Das passt auf mehrere Medien."),
        ({"medium-0": "5500001", "slots-0": "0"}, "Mindestens 1."),
    ],
)
def test_what_is_not_clear_about_the_licence_is_asked(client, manager, case, film, more, words):
    film.pk, film.number, film.title = None, "5500002", "Der Blutkreislauf"
    film.save()
    client.force_login(manager)

    answer = client.post(reverse("bundles"), {"name": "Kino", "product-0": case.pk, "quantity-0": 1} | more)

    assert answer.status_code == 422
    assert words in answer.text
    assert not Bundle.objects.exists()


def test_the_seats_page_shows_what_is_kept(client, anna, manager, north, cinema, days, one_at_once):
    client.force_login(anna)
    client.post(reserve_address(client, days), {"institution": north.pk, "delivery": "pickup"})
    client.force_login(manager)

    page = client.get(reverse("seats", args=[one_at_once.pk])).text

    assert "Mit Paketen reserviert" in page
    assert north.name in page
    assert client.post(reverse("seat_release", args=[Seat.objects.get().pk])).status_code == 404


def test_programs_see_and_take_it(anna, north, case, film, cinema, days, one_at_once):
    ours = Client(headers={"Authorization": f"Token {access_tokens.issue(anna)}"})
    (told,) = ours.get("/api/v1/bundles/").json()["results"]
    assert [(line["medium"], line["slots"]) for line in told["lines"]] == [(None, 1), (film.pk, 1)]

    period = {"starts_at": days["starts_on"], "ends_at": days["ends_on"]}
    body = {"institution": north.pk, **period, "lines": [{"bundle": told["id"], "quantity": 1}]}
    made = ours.post("/api/v1/reservations/", body, content_type="application/json").json()
    assert [line["medium"] for line in made["lines"]] == [None, film.pk]

    Item.objects.create(center=north.center, product=case, asset_number="MZ-0777")
    refused = ours.post("/api/v1/reservations/", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_slot_then")
