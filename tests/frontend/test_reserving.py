"""From the catalogue to a reservation, and what a refusal offers instead."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from frontend.selection import Choice, Selection
from inventory.models import Part
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


def test_whoever_goes_back_for_more_finds_again_what_was_filled_in(client, anna, north, case, cases, week):
    client.force_login(anna)
    filled_in = {"institution": north.pk, "purpose": "Projektwoche", "delivery": "courier"}

    back = client.post(address(week, cases, 2), {**filled_in, "act": "more"})
    assert back.status_code == 303
    assert back.url.startswith(reverse("catalogue"))
    assert not Reservation.objects.exists()

    there = Selection.of(QueryDict(urlsplit(back.url).query))
    assert f'name="draft" value="{there.draft}"' in client.get(back.url).text
    page = client.get(there.with_choice(Choice(case.pk, 1)).address("reserve")).text
    assert 'value="Projektwoche"' in page
    assert re.search(r'value="courier"[^>]*checked', page)

    client.post(address(week, cases, 2), filled_in)
    assert 'value="Projektwoche"' not in client.get(there.address("reserve")).text


def test_what_was_left_unfinished_does_not_appear_in_the_next_reservation(client, anna, north, cases, week):
    client.force_login(anna)
    left = client.post(address(week, cases, 2), {"institution": north.pk, "purpose": "Elternabend", "act": "more"})

    assert "Elternabend" not in client.get(address(week, cases, 2)).text, "the same things, begun anew"
    assert "Elternabend" not in str(dict(client.session)), "and it is not kept any longer"
    there = Selection.of(QueryDict(urlsplit(left.url).query))
    page = client.get(there.address("reserve")).text
    assert f'name="quantity-{cases.pk}"' in page
    assert "Elternabend" not in page


def test_who_needs_every_piece_of_a_case_says_so(client, anna, north, center, cases, week):
    Part.objects.create(center=center, product=cases, name="Brillen", quantity=8, minimum=6)
    client.force_login(anna)
    assert "Ich brauche alle 8 Brillen" in client.get(address(week, cases, 1)).text

    for more in ({f"whole-{cases.pk}": "1"}, {}):
        client.post(address(week, cases, 1), {"institution": north.pk, "delivery": "pickup", **more})

    pieces = [it.lines.get().pieces for it in Reservation.objects.order_by("pk")]
    assert pieces == [8, None]


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

    client.post(address(week, cases, 4), filled_in | {"instead": way_out(refusal.text, "2 statt 4 nehmen")})

    reservation = Reservation.objects.get(institution=north)
    assert reservation.purpose == "AG"
    assert reservation.lines.get().quantity == 2


def test_the_form_changes_days_and_quantities_and_keeps_what_was_filled_in(client, anna, north, case, cases, week):
    client.force_login(anna)
    line = {"item": [f"{cases.pk}x1", f"{case.pk}x1"], f"quantity-{cases.pk}": 3, "starts_on": week.starts_on}
    said = {**line, "ends_on": week.ends_on, "institution": north.pk, "delivery": "courier", "purpose": "AG"}

    looked = client.post(reverse("reserve"), said | {"act": "look"}).text
    assert 'value="AG"' in looked
    assert f'value="{cases.pk}x3"' in looked
    dropped = client.post(reverse("reserve"), said | {"without": case.pk}).text
    assert f'name="quantity-{case.pk}"' not in dropped
    assert not Reservation.objects.exists()

    client.post(reverse("reserve"), said)

    assert [(it.product, it.quantity) for it in Reservation.objects.get().lines.all()] == [(cases, 3), (case, 1)]


def test_a_way_out_wins_over_what_the_form_says(client, anna, bert, north, south, cases, week):
    client.force_login(bert)
    client.post(address(week, cases, 3), {"institution": south.pk, "delivery": "pickup"})
    client.force_login(anna)
    said = {"institution": north.pk, "delivery": "pickup", "item": f"{cases.pk}x1", f"quantity-{cases.pk}": 4}
    refusal = client.post(address(week, cases, 1), said)

    client.post(address(week, cases, 1), said | {"instead": way_out(refusal.text, "2 statt 4 nehmen")})

    assert Reservation.objects.get(institution=north).lines.get().quantity == 2


@pytest.mark.parametrize("instead", ["purpose=%00", "item=x&item=", "quantity-1=-5&starts_on=bald", "&&==&%ff"])
def test_nonsense_in_a_way_out_writes_nothing(client, anna, north, cases, instead):
    client.force_login(anna)

    answer = client.post(
        address(Selection(), cases, 1), {"institution": north.pk, "delivery": "pickup", "instead": instead}
    )

    assert answer.status_code in {400, 422}
    assert not Reservation.objects.exists()


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
    found = re.search(rf'name="instead" value="([^"]*)">{label}<', page)
    assert found
    return unescape(found[1])


def address(selection: Selection, product, quantity: int) -> str:
    return selection.with_choice(Choice(product.pk, quantity)).address("reserve")
