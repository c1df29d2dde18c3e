"""Rooms by the hour: the day of a room, several dates at once, and letting some of them go."""

import re
from datetime import time, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontend.selection import Choice, Hours, Selection
from frontend.templatetags.german import day as words
from frontend.views.reserving.repeating import rule_of
from inventory.models import Product
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, at, local_day
from lending.models import Reservation, State
from lending.recurrence import occurrences
from lending.reservations import Wish, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(center, robots) -> Product:
    made = Product.objects.create(center=center, category=robots, name="Medienstudio", kind="room")
    made.items.create(center=center, asset_number="R-1")
    return made


@pytest.fixture
def day(center):
    """A Tuesday at least a week away, so that neither it nor those after it fall on Easter or Whit Monday."""
    soon = add_open_days(timezone.localdate(), 5, calendar_of(center))
    return next(soon + timedelta(days=n) for n in range(7) if (soon + timedelta(days=n)).weekday() == 1)


def hours_on(day) -> Hours:
    return Hours(day, time(10), time(12))


@pytest.fixture
def picked(room, day) -> str:
    return Selection(choices=(Choice(room.pk, 1, Hours(day, time(10), time(12))),)).address("reserve")


def sent(north, day, **more):
    until = day + timedelta(days=21)
    return {"institution": north.pk, "delivery": "pickup", "repeat": "weekly", "until": until, **more}


def test_the_day_of_a_room_shows_free_and_taken_hours(client, anna, bert, south, room, day):
    place(south, wishes=[Wish(room, 1)], starts_at=at(day, time(10)), ends_at=at(day, time(12)), by=bert)
    client.force_login(anna)

    page = client.get(reverse("product", args=[room.pk]), {"starts_on": day}).text

    hours = page.split('id="hours"')[1].split("</table>")[0]
    assert (hours.count(">frei<"), hours.count(">belegt<")) == (6, 2)  # 8 to 16 o'clock
    assert "opens=08%3A00&amp;closes=09%3A00#reserve" in hours


def test_the_calendar_of_a_room_counts_free_hours_and_leads_to_them(client, anna, bert, south, room, day):
    """Two hours taken leave six, and are not a day that is taken."""
    place(south, wishes=[Wish(room, 1)], starts_at=at(day, time(10)), ends_at=at(day, time(12)), by=bert)
    client.force_login(anna)

    page = client.get(reverse("product", args=[room.pk])).text

    cell = page.split(f'<time datetime="{day}">')
    assert f"on={day}#reserve" in cell[0].rsplit("<td", 1)[1]
    assert "<strong>6<" in cell[1].split("</td>")[0]
    box = client.get(reverse("product", args=[room.pk]), {"on": day, "opens": "10:00", "closes": "11:00"}).text
    assert "nicht frei" in box.split('id="reserve-title"')[1].split("</form>")[0]


def test_an_hour_fills_the_form(client, anna, room, day):
    client.force_login(anna)

    page = client.get(reverse("product", args=[room.pk]), {"starts_on": day, "opens": "08:00", "closes": "09:00"}).text

    assert 'name="opens" value="08:00"' in page


def test_a_device_has_no_hours(client, anna, cases):
    client.force_login(anna)

    assert 'id="hours"' not in client.get(reverse("product", args=[cases.pk])).text


def test_a_room_is_reserved_on_two_days_beside_devices_for_a_week(client, anna, north, room, cases, day):
    client.force_login(anna)
    week = Selection(day, day + timedelta(days=7), (Choice(cases.pk, 2), Choice(room.pk, 1, hours_on(day))))

    box = client.get(week.address("product", pk=room.pk)).text
    assert "Schon ausgewählt:" in box
    second = {"product": room.pk, "on": day + timedelta(days=1), "opens": "10:00", "closes": "12:00"}
    page = client.get(f"{reverse('reserve')}?{week.query()}&{urlencode(second)}").text
    assert f'name="on-{room.pk}-2"' in page
    client.post(f"{reverse('reserve')}?{week.query()}&{urlencode(second)}", sent(north, day, repeat=""))

    lines = Reservation.objects.get().lines.order_by("starts_at", "pk")
    assert sorted(local_day(it.starts_at) for it in lines) == [day, day, day + timedelta(days=1)]
    assert {local_day(it.ends_at) for it in lines if it.product == cases} == {day + timedelta(days=7)}


def test_what_is_picked_twice_is_added_and_said(client, anna, cases, day):
    client.force_login(anna)
    picked = Selection(day, day + timedelta(days=7), (Choice(cases.pk, 2),))

    page = client.get(f"{picked.address('reserve')}&product={cases.pk}&quantity=1").text

    assert "2 davon waren schon ausgewählt." in page
    assert f'id="quantity-{cases.pk}" name="quantity-{cases.pk}" min="1" max="999" value="3"' in page
    assert "schon ausgewählt" not in client.get(picked.address("reserve")).text


def test_two_hours_of_a_room_are_put_off_together(client, anna, bert, north, south, room, day):
    """The way out of a refusal keeps both; each is moved by itself."""
    place(south, wishes=[Wish(room, 1)], starts_at=at(day, time(8)), ends_at=at(day, time(14)), by=bert)
    client.force_login(anna)
    both = Selection(choices=(Choice(room.pk, 1, hours_on(day)), Choice(room.pk, 1, hours_on(day + timedelta(days=1)))))
    refusal = client.post(both.address("reserve"), sent(north, day, repeat="")).text
    told = [f"Medienstudio ({words(it)}) {ja}" for it, ja in ((day, "nein"), (day + timedelta(days=1), "ja"))]
    assert ", ".join(told) in refusal, "which of them is free"
    (later,) = re.findall(r'name="instead" value="([^"]*)">Ab ', refusal)

    client.post(both.address("reserve"), sent(north, day, repeat="", instead=unescape(later)))

    days = [local_day(it.starts_at) for it in Reservation.objects.get(institution=north).lines.order_by("starts_at")]
    assert len(set(days)) == 2
    assert min(days) > day


def test_outside_the_opening_hours_a_school_gets_no_room(client, anna, north, room, day):
    client.force_login(anna)
    evening = Selection(choices=(Choice(room.pk, 1, Hours(day, time(18), time(20))),)).address("reserve")

    answer = client.post(evening, {"institution": north.pk, "delivery": "pickup"})

    assert answer.status_code == 409
    assert "haben wir geöffnet: 08:00–16:00 Uhr" in answer.text


def test_only_hours_can_be_repeated(client, anna, picked, cases, day):
    client.force_login(anna)

    assert 'name="repeat"' in client.get(picked).text
    devices = Selection(day, day + timedelta(days=1), (Choice(cases.pk, 1),)).address("reserve")
    assert 'name="repeat"' not in client.get(devices).text


def test_the_dates_are_shown_before_anything_is_sent(client, anna, bert, north, south, room, picked, day):
    then = day + timedelta(days=7)
    place(south, wishes=[Wish(room, 1)], starts_at=at(then, time(11)), ends_at=at(then, time(13)), by=bert)
    client.force_login(anna)

    page = client.post(picked, sent(north, day, act="foresee")).text

    dates = page.split('id="dates-title"')[1].split("</section>")[0]
    assert "4 Termine" in dates
    assert dates.count("geht nicht") == 1
    assert "Von 1 ist 1 reserviert. Frei ab" in dates
    assert not Reservation.objects.filter(institution=north).exists()


def test_what_is_free_is_reserved_and_what_is_not_is_named(client, anna, bert, north, south, room, picked, day):
    then = day + timedelta(days=7)
    place(south, wishes=[Wish(room, 1)], starts_at=at(then, time(11)), ends_at=at(then, time(13)), by=bert)
    client.force_login(anna)

    answer = client.post(picked, sent(north, day), follow=True)

    made = Reservation.objects.filter(institution=north)
    assert f"{made.count()} Termine sind reserviert" in answer.text
    assert "1 Termin ist nicht dabei." in answer.text
    assert len(set(made.values_list("series", flat=True))) == 1
    assert answer.redirect_chain[-1][0] == reverse("reservation_series", args=[made[0].series])


def test_a_missed_date_offers_what_a_refusal_offers(
    client, anna, bert, center, robots, north, south, room, picked, day
):
    """What stands in the way, another day, another room, and to be told: each of that date alone."""
    other = Product.objects.create(center=center, category=robots, name="Tonstudio", kind="room")
    other.items.create(center=center, asset_number="R-2")
    then = day + timedelta(days=7)
    place(south, wishes=[Wish(room, 1)], starts_at=at(then, time(11)), ends_at=at(then, time(13)), by=bert)
    client.force_login(anna)

    page = client.post(picked, sent(north, day), follow=True).text

    missed = re.sub(
        r'<span class="sr-only">[^<]*</span>', "", page.split('id="missed-title"')[1].split("</section>")[0]
    )
    assert "Von 1 ist 1 reserviert. Frei ab" in missed
    ways = {words: unescape(address) for address, words in re.findall(r'href="([^"]*)">([^<]*)<', missed)}
    assert {words.split()[0] for words in ways} == {"Ab", "Ähnliches", "Benachrichtigen,"}
    box = client.get(ways["Ähnliches ansehen: Tonstudio"]).text
    assert f'name="on" value="{then}"' in box
    assert 'name="opens" value="10:00"' in box
    form = client.get(ways["Benachrichtigen, wenn frei"]).text
    assert 'name="may_wait" value="1" checked' in form
    client.post(ways["Benachrichtigen, wenn frei"], {"institution": north.pk, "delivery": "pickup"})
    assert Reservation.objects.filter(institution=north, state=State.WAITLISTED).get().starts_at == at(then, time(10))


def test_what_is_missed_is_shown_where_it_was_asked_for(client, anna, bert, north, south, room, picked, day):
    """What did not happen is written nowhere: another browser sees the dates alone, another series nothing of it."""
    place(south, wishes=[Wish(room, 1)], starts_at=at(day, time(11)), ends_at=at(day, time(13)), by=bert)
    client.force_login(anna)
    page = client.post(picked, sent(north, day), follow=True).redirect_chain[-1][0]
    assert "missed-title" in client.get(page).text

    elsewhere = Client()
    elsewhere.force_login(anna)
    assert "missed-title" not in elsewhere.get(page).text
    evening = Selection(choices=(Choice(room.pk, 1, Hours(day, time(14), time(15))),)).address("reserve")
    assert "missed-title" not in client.post(evening, sent(north, day), follow=True).text


@pytest.mark.parametrize("more", [{"until": ""}, {"until": "bald"}, {"repeat": "stündlich"}])
def test_a_mistyped_repetition_is_said(client, anna, north, picked, day, more):
    client.force_login(anna)

    assert client.post(picked, sent(north, day, **more)).status_code == 422
    assert not Reservation.objects.exists()


def test_far_too_many_dates_are_refused(client, anna, north, picked, day):
    client.force_login(anna)

    answer = client.post(picked, sent(north, day, until=day + timedelta(days=2000)))

    assert answer.status_code == 400
    assert "zu viele Termine" in answer.text


@pytest.mark.parametrize(("scope", "left"), [("this", 3), ("following", 1), ("all", 0)])
def test_this_date_those_to_come_or_all_are_canceled(client, anna, north, picked, day, scope, left):
    client.force_login(anna)
    client.post(picked, sent(north, day))
    second = Reservation.objects.order_by("starts_at")[1]
    assert "alle folgenden" in client.get(reverse("reservation", args=[second.pk])).text
    before = Reservation.objects.filter(state=State.APPROVED).count()

    client.post(reverse("reservation_cancel", args=[second.pk]), {"scope": scope})

    kept = Reservation.objects.filter(state=State.APPROVED).count()
    assert kept == (before - 1 if scope == "this" else left)


def test_a_month_later_is_the_same_weekday_of_the_month(day):
    rule = rule_of("monthly", day, day + timedelta(days=70))

    assert {found.weekday() for found in occurrences(rule, day)} == {1}
    assert len(occurrences(rule, day)) in {2, 3}
