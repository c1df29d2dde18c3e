"""The way out to the provider is decided, counted, and not taken for anybody who has not clicked."""

import pytest
from django.urls import reverse

from licenses.models import Seat, UseEvent

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"}


def opened(client, film, **headers):
    return client.get(reverse("medium_open", args=[film.pk]), headers=BROWSER | headers)


def kinds() -> list[str]:
    return list(UseEvent.objects.order_by("id").values_list("kind", flat=True))


def test_the_way_leads_to_the_provider_and_is_counted(client, anna, film, entitled):
    entitled()
    client.force_login(anna)

    answer = opened(client, film)

    assert (answer.status_code, answer["Location"]) == (302, film.link)
    assert kinds() == ["request"]


def test_without_a_right_it_leads_back_with_the_reason(client, anna, film):
    client.force_login(anna)

    answer = opened(client, film)

    assert answer["Location"] == reverse("medium", args=[film.pk])
    assert kinds() == ["no_license"]
    assert "Lizenz" in client.get(answer["Location"], headers=BROWSER).text


def test_a_page_that_shows_the_way_is_looked_at(client, anna, film, entitled):
    entitled()
    client.force_login(anna)

    client.get(reverse("medium", args=[film.pk]), headers=BROWSER)

    assert kinds() == ["investigation"]


def test_a_page_that_shows_no_way_is_denied_demand(client, anna, film):
    client.force_login(anna)

    client.get(reverse("medium", args=[film.pk]), headers=BROWSER)

    assert kinds() == ["investigation", "no_license"]


def test_whoever_waits_for_a_slot_is_told_so_and_counted(client, anna, bert, film, entitled):
    entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])
    film.kind = "portal"
    film.save()
    for who in (anna, bert):
        client.force_login(who)
        opened(client, film)

    assert kinds() == ["request", "limit_exceeded"]


def test_robots_are_not_counted(client, anna, film, entitled):
    entitled()
    client.force_login(anna)

    client.get(reverse("medium", args=[film.pk]), headers={"User-Agent": "ExampleBot/1.0"})
    answer = opened(client, film, **{"User-Agent": "ExampleBot/1.0"})

    assert answer["Location"] == film.link
    assert kinds() == []


def test_what_a_browser_fetches_ahead_takes_no_slot(client, anna, film, entitled):
    entitled(capacity_kind="concurrent", capacity=1, permitted=["stream"])
    client.force_login(anna)

    assert opened(client, film, **{"Sec-Purpose": "prefetch"}).status_code == 204
    assert (Seat.objects.count(), kinds()) == (0, [])

    opened(client, film)
    assert Seat.objects.count() == 1, "a click does"


def test_the_desk_is_let_out_and_not_counted(client, desk, film):
    client.force_login(desk)

    assert opened(client, film)["Location"] == film.link
    assert kinds() == []


def test_a_medium_without_an_address_has_no_way_out(client, anna, film, entitled):
    film.link = ""
    film.save()
    client.force_login(anna)

    assert opened(client, film).status_code == 404
