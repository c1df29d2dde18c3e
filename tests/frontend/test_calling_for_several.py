"""Somebody phones for more than one thing: several articles, bundles, rooms, again and again, or not free at all."""

import re
from datetime import time, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from lending.bundles import compose
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, at, local_day
from lending.models import Reservation, State
from lending.reservations import Wish, place
from people.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(center):
    """A Tuesday at least a week away, so that neither it nor those after it fall on Easter or Whit Monday."""
    soon = add_open_days(timezone.localdate(), 5, calendar_of(center))
    return next(soon + timedelta(days=n) for n in range(7) if (soon + timedelta(days=n)).weekday() == 1)


@pytest.fixture
def room(center, robots):
    made = robots.products.create(center=center, name="Medienstudio", kind="room")
    made.items.create(center=center, asset_number="R-1")
    return made


@pytest.fixture
def says(client, desk, north, day):
    """Send the page as the desk does, with what is typed or pressed."""
    client.force_login(desk)
    week = f"{day:%d.%m.%Y}-{day + timedelta(days=7):%d.%m.%Y}"

    def say(**more):
        said = {"who": "nord", "when": week, "contact": "Frau Meier, Tel. 0214 77 88", "delivery": "pickup"}
        return client.post(reverse("call"), said | more)

    return say


def lines():
    return [(line.product.name, line.quantity) for line in Reservation.objects.get().lines.all()]


def way_out(page: str, label: str) -> str:
    return unescape(re.search(rf'name="instead" value="([^"]*)">{label}', page)[1])


def items(page: str) -> list[str]:
    return re.findall(r'name="item" value="([^"]+)"', page)


def test_one_thing_after_the_other_goes_along(says, case, cases):
    first = says(what="2 x calliope", act="take").text
    assert items(first) == [f"{cases.pk}x2"]
    assert 'id="what" name="what" value=""' in first
    assert not Reservation.objects.exists()

    says(item=items(first), what="bee", act="book")

    assert lines() == [("Calliope Klassensatz", 2), ("Bee-Bot Set", 1)]


def test_a_line_is_changed_and_dropped_on_the_way(says, case, cases):
    taken = [f"{cases.pk}x2", f"{case.pk}x1"]

    page = says(**{"item": taken, f"quantity-{cases.pk}": 3, "without": case.pk}).text

    assert items(page) == [f"{cases.pk}x3"]


def test_among_several_that_fit_one_is_chosen(says, center, robots, case):
    other = robots.products.create(center=center, name="Bee-Bot Matte")
    other.items.create(center=center, asset_number="M-1")

    page = says(what="bee", act="take").text
    assert f'name="product" value="{other.pk}"' in page
    assert items(page) == []
    assert says(item=f"{case.pk}x1", what="matt", act="take").status_code == 200
    assert says(item=f"{case.pk}x1", what="bee b", act="book").status_code == 422, "words that mean nothing yet"

    assert items(says(what="bee", product=other.pk).text) == [f"{other.pk}x1"]


def test_what_is_called_so_goes_before_what_has_to_do_with_it(says, center, robots, case):
    mat = robots.products.create(center=center, name="Spielmatte", description="Passt zum Bee-Bot")
    mat.items.create(center=center, asset_number="M-1")

    assert items(says(what="bee", act="take").text) == [f"{case.pk}x1"]
    assert items(says(what="passt", act="take").text) == [f"{mat.pk}x1"]


def test_a_bundle_is_booked_by_its_name(says, center, manager, case, cases):
    compose(center, name="Robotik-Paket", lines={cases: 2, case: 1}, by=manager)

    assert "Paket:" in says(what="paket", act="look").text
    says(what="paket", act="book")

    assert sorted(lines()) == [("Bee-Bot Set", 1), ("Calliope Klassensatz", 2)]


def test_a_room_by_the_hour_beside_devices_for_a_week(says, room, cases, day):
    taken = items(says(what="calliope", act="take").text)

    says(item=taken, what=f"studio {day:%d.%m.} 10-12", act="book")

    devices, hours = Reservation.objects.get().lines.order_by("pk")
    assert (hours.starts_at, hours.ends_at) == (at(day, time(10)), at(day, time(12)))
    assert local_day(devices.ends_at) == day + timedelta(days=7)


def test_a_room_without_hours_asks_for_them(says, room, day):
    answer = says(what="studio", act="book")
    assert answer.status_code == 422
    assert "die Uhrzeit" in answer.text

    says(what="studio", when=f"{day:%d.%m.%Y} 10-12", act="book")

    assert local_day(Reservation.objects.get().starts_at) == day


def test_a_room_every_week(says, room, day):
    said = {"what": "studio", "when": f"{day:%d.%m.%Y} 10-12", "repeat": "weekly", "until": day + timedelta(days=14)}
    assert says(**said, act="foresee").text.count("row__side") >= 2
    assert not Reservation.objects.exists()
    assert "bis wann" in says(**said | {"until": ""}, act="book").text

    answer = says(**said, act="book")

    assert answer.status_code == 303
    made = Reservation.objects.all()
    assert len(set(made.values_list("series", flat=True))) == 1
    assert {it.contact.name for it in made} == {"Frau Meier"}
    assert Contact.objects.count() == 1


@pytest.fixture
def taken(south, bert, case, cases, day):
    """Three of five, and the only one."""
    days = at(day, time(10)), at(day + timedelta(days=7), time(10))
    place(south, wishes=[Wish(cases, 3), Wish(case, 1)], starts_at=days[0], ends_at=days[1], by=bert)


def test_part_of_it_is_booked_by_one_button(says, north, taken):
    refusal = says(what="4 x calliope", act="book")
    assert refusal.status_code == 409
    assert not Contact.objects.exists()

    says(what="4 x calliope", instead=way_out(refusal.text, "2 statt 4 nehmen"))

    assert Reservation.objects.get(institution=north).lines.get().quantity == 2


def test_of_several_what_is_free_is_booked_by_one_button(says, north, cases, taken):
    line = {"item": f"{cases.pk}x1", f"quantity-{cases.pk}": 4, "what": "bee"}
    refusal = says(**line, act="book")

    says(**line, instead=way_out(refusal.text, "Nur nehmen, was frei ist"))

    assert Reservation.objects.get(institution=north).lines.get().quantity == 2


def test_other_days_are_booked_by_one_button(says, north, day, taken):
    refusal = says(what="bee", act="book")

    says(what="bee", instead=way_out(refusal.text, "Ab "))

    assert local_day(Reservation.objects.get(institution=north).starts_at) > day


def test_what_is_not_free_is_waited_for(says, north, taken):
    refusal = says(what="bee", act="book")

    answer = says(what="bee", instead=way_out(refusal.text, "Benachrichtigen, wenn frei"))

    assert answer.status_code == 303
    waiting = Reservation.objects.get(institution=north)
    assert (waiting.state, waiting.contact.name) == (State.WAITLISTED, "Frau Meier")


def test_something_similar_takes_its_place_and_is_not_sent_yet(says, center, robots, north, taken):
    other = robots.products.create(center=center, name="Ozobot")
    other.items.create(center=center, asset_number="O-1")
    refusal = says(what="bee", act="book")

    page = says(what="bee", instead=way_out(refusal.text, "Stattdessen Ozobot")).text

    assert items(page) == [f"{other.pk}x1"]
    assert not Reservation.objects.filter(institution=north).exists()


def test_whoever_has_an_address_is_written_to(says, cases):
    says(what="calliope", contact="Frau Meier, meier@nord.example", act="book")

    contact = Reservation.objects.get().contact
    assert (contact.email, contact.channel) == ("meier@nord.example", "mail")
