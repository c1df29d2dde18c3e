"""The catalogue: dates first, then what is free."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inventory.models import Part, Product
from inventory.search import search, understand
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.reservations import Wish, place
from tests.conftest import product

pytestmark = pytest.mark.django_db


@pytest.fixture
def days(center):
    """Two open days next week, a week apart, as the address carries them."""
    start = add_open_days(timezone.localdate(), 5, calendar_of(center))
    return {"starts_on": start.isoformat(), "ends_on": (start + timedelta(days=7)).isoformat()}


def test_without_days_it_says_how_many_there_are(client, anna, cases):
    client.force_login(anna)

    assert "5 im Bestand" in client.get(reverse("catalogue")).text


def test_with_days_it_says_how_many_are_free(client, anna, bert, south, cases, days):
    reserve(cases, 2, south, bert, days)
    client.force_login(anna)

    page = client.get(reverse("catalogue"), days).text

    assert "3 von 5 frei" in page


def test_only_what_is_free_leaves_out_what_is_not(client, anna, bert, south, case, cases, days):
    reserve(case, 1, south, bert, days)
    client.force_login(anna)

    page = client.get(reverse("catalogue"), {**days, "only_free": "on"}).text

    assert "Calliope" in page
    assert "Bee-Bot" not in page


def test_an_open_date_shows_the_next_free_period(client, anna, case):
    client.force_login(anna)

    assert "frei ab" in client.get(reverse("catalogue"), {"when_open": "on"}).text


def test_htmx_gets_the_results_alone(client, anna, case):
    client.force_login(anna)

    part = client.get(reverse("catalogue"), {"search": "bee"}, headers={"HX-Request": "true"}).text

    assert "Bee-Bot" in part
    assert "<html" not in part


def test_nothing_found_says_what_to_do(client, anna, case):
    client.force_login(anna)

    assert "Dazu haben wir nichts gefunden" in client.get(reverse("catalogue"), {"search": "Hubschrauber"}).text


def test_another_centre_is_not_in_the_catalogue(client, anna, case, foreign_case):
    client.force_login(anna)

    assert "Dash" not in client.get(reverse("catalogue")).text
    assert client.get(reverse("product", args=[foreign_case.pk])).status_code == 404


def test_a_product_shows_its_packing_list_and_calendar(client, anna, center, case):
    Part.objects.create(center=center, product=case, name="Dockingstation")
    client.force_login(anna)

    page = client.get(reverse("product", args=[case.pk])).text

    assert "Dockingstation" in page
    assert "Wann ist etwas frei?" in page


def test_a_long_catalogue_takes_no_more_queries_than_a_short_one(
    client, anna, center, robots, case, days, django_assert_max_num_queries
):
    for number in range(60):
        product(center, robots, f"Koffer {number}", units=1, first=100 + number)
    client.force_login(anna)

    with django_assert_max_num_queries(20):
        page = client.get(reverse("catalogue"), days).text

    assert "61 Artikel" in page
    assert "Weiter" in page


@pytest.mark.parametrize(
    ("typed", "words", "children"), [("bee 25 kinder", "bee", 25), ("VR", "VR", None), ("30 SuS", "", 30)]
)
def test_children_are_understood(typed, words, children):
    asked = understand(typed)

    assert (asked.words, asked.children) == (words, children)


@pytest.mark.parametrize("typed", ["bee", "BEE-bot", "bee robotik", "Beebot", "be bot set"])
def test_words_find_a_product_even_when_misspelt(case, cases, typed):
    assert case in search(Product.objects.all(), typed)


def reserve(thing, quantity, school, by, days):
    start, end = (datetime.fromisoformat(days[key]) for key in ("starts_on", "ends_on"))
    at_ten = [timezone.make_aware(moment.replace(hour=10)) for moment in (start, end)]
    return place(school, wishes=[Wish(thing, quantity)], starts_at=at_ten[0], ends_at=at_ten[1], by=by)
