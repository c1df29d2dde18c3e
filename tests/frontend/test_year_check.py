"""Wer arbeitet noch dort? The page behind the link, and the page of the staff."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import year_checks
from people.models import Membership, YearCheck
from people.year_checks import links

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(center, north, anna, carla, manager) -> YearCheck:
    (asked,) = year_checks.ask(center, ends_on=timezone.localdate() + timedelta(days=30), by=manager)
    return asked


@pytest.fixture
def page(check) -> str:
    return reverse("year_check", args=[links.token_for(check.pk)])


def of(person) -> int:
    return Membership.objects.get(user=person).pk


def test_looking_shows_the_names_and_changes_nothing(client, page, bert, newcomer):
    before = list(Membership.objects.order_by("pk").values())
    for _ in range(2):
        answer = client.get(page)

    assert "Anna Amsel" in answer.text
    assert "Carla Clever <span" in answer.text
    assert "Bert Buche" not in answer.text
    assert "anna@nord.example" not in answer.text
    assert "checked" not in answer.text
    assert list(Membership.objects.order_by("pk").values()) == before
    assert YearCheck.objects.get().answered_at is None
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


def test_an_answer_is_kept_and_shown_again(client, page, check, anna, carla):
    sent = client.post(page, {"shown": [of(anna), of(carla)], "stays": [of(carla)]})

    assert (sent.status_code, sent["Location"]) == (303, page)
    assert Membership.objects.get(user=anna).leaves_on == check.ends_on
    again = client.get(page).text
    assert again.count(" checked") == 1
    assert "Ihre Antwort ist vom" in again


def test_nobody_ticked_is_asked_back_and_then_taken_as_meant(client, page, anna, carla):
    everybody = {"shown": [of(anna), of(carla)]}

    answer = client.post(page, everybody)
    assert answer.status_code == 409
    assert "Das ist richtig: Niemand von ihnen arbeitet mehr hier." in answer.text

    assert client.post(page, {**everybody, "certain": 1}).status_code == 303


def test_without_coordination_the_ticks_stay_while_it_asks_back(client, page, anna, carla):
    answer = client.post(page, {"shown": [of(anna), of(carla)], "stays": [of(anna)]})

    assert "Danach hätte Ihre Einrichtung keine Koordination mehr." in answer.text
    assert answer.text.count(" checked") == 1
    assert not YearCheck.objects.exclude(answered_at=None).exists()


def test_another_site_cannot_answer(page, anna):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(page, {"shown": of(anna), "certain": 1}).status_code == 403


@pytest.mark.parametrize(
    "spoil", [lambda page: f"{page[:-2]}/", lambda page: page.replace("/kollegium/", "/kollegium/1")]
)
def test_a_spoilt_link_opens_nothing(client, page, spoil):
    answer = client.get(spoil(page))

    assert answer.status_code == 404
    assert "Anna" not in answer.text


def test_a_link_whose_time_is_over_opens_nothing(client, page, anna):
    today = timezone.localdate()
    YearCheck.objects.update(asked_on=today - timedelta(days=30), ends_on=today - timedelta(days=1))

    assert client.get(page).status_code == 404
    assert client.post(page, {"shown": of(anna), "certain": 1}).status_code == 404
    assert Membership.objects.get(user=anna).leaves_on is None


def test_the_management_sees_whom_it_asks_and_asks(client, manager, north, south, anna, bert):
    client.force_login(manager)
    overview = client.get(reverse("year_checks")).text
    assert "2 Schulen bekommen eine Mail." in overview
    assert "Es geht um 2 Konten." in overview

    ends_on = timezone.localdate() + timedelta(days=20)
    client.post(reverse("year_checks_ask"), {"ends_on": ends_on})

    assert YearCheck.objects.count() == 2
    assert "Noch keine Antwort (2)" in client.get(reverse("year_checks")).text


def test_too_little_time_is_refused_on_the_page(client, manager, anna):
    client.force_login(manager)

    answer = client.post(reverse("year_checks_ask"), {"ends_on": timezone.localdate() + timedelta(days=3)})

    assert answer.status_code == 400
    assert "so bleibt den Schulen Zeit zu antworten" in answer.text


def test_the_desk_sees_who_is_silent_and_cannot_ask(client, desk, check):
    client.force_login(desk)
    overview = client.get(reverse("year_checks")).text

    assert str(check.institution) in overview
    assert "Schulen fragen" not in overview
    assert client.post(reverse("year_checks_ask"), {"ends_on": check.ends_on}).status_code == 403


def test_a_day_of_every_year_is_kept_and_dropped(client, manager, center):
    client.force_login(manager)
    on = timezone.localdate() + timedelta(days=10)
    address = reverse("year_checks_plan")

    client.post(address, {"on": on, "until": on + timedelta(days=30)})
    center.refresh_from_db()
    assert center.year_check_on == on

    assert client.post(address, {"on": on}).status_code == 422
    client.post(address, {"on": "", "until": ""})
    center.refresh_from_db()
    assert center.year_check_on is None


def test_the_card_of_a_school_says_whose_last_day_is_known(client, page, check, anna, carla, desk):
    client.post(page, {"shown": [of(anna), of(carla)], "stays": [of(carla)]})
    client.force_login(desk)

    assert "letzter Tag:" in client.get(reverse("institution", args=[check.institution_id])).text
