"""The pages „Ändern“ and „Teilen“: what a teacher and the desk do to a reservation before pickup."""

import re
from datetime import time, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from inventory.models import Product
from lending import handovers
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, at, local_day
from lending.models import Reservation
from lending.reservations import Wish, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def days(center):
    """Ten open days from the day after tomorrow on."""
    calendar = calendar_of(center)
    return [add_open_days(timezone.localdate(), number, calendar) for number in range(2, 12)]


@pytest.fixture
def booked(days):
    def book(school, teacher, *wishes, until=2):
        starts_at, ends_at = at(days[0], time(10)), at(days[until], time(10))
        return place(school, wishes=wishes, starts_at=starts_at, ends_at=ends_at, by=teacher, responsible=teacher)

    return book


def sent(reservation, **said):
    """The form as the page shows it, with what is typed."""
    lines = {f"{line.pk}-{name}": value for line in reservation.lines.all() for name, value in as_it_is(line).items()}
    whole = {"starts_on": local_day(reservation.starts_at), "ends_on": local_day(reservation.ends_at)}
    return whole | lines | {"product": "", "more": 1} | said


def as_it_is(line):
    return {
        "quantity": line.quantity,
        "starts_on": local_day(line.starts_at),
        "ends_on": local_day(line.ends_at),
    }


def change_page(reservation):
    return reverse("reservation_change", args=[reservation.pk])


def test_a_teacher_moves_takes_more_and_adds_something(client, anna, north, case, cases, booked, days):
    reservation = booked(north, anna, Wish(cases, 2))
    line = reservation.lines.get()
    client.force_login(anna)
    assert change_page(reservation) in client.get(reverse("reservation", args=[reservation.pk])).text
    assert 'value="2"' in client.get(change_page(reservation)).text

    said = {"ends_on": days[4], f"{line.pk}-quantity": 3, "product": case.pk, "more": 1}
    answer = client.post(change_page(reservation), sent(reservation, **said), follow=True)

    lines = [(line.product, line.quantity, local_day(line.ends_at)) for line in reservation.lines.all()]
    assert lines == [(cases, 3, days[4]), (case, 1, days[4])]
    assert "Gespeichert. Abholung:" in answer.text


def test_a_line_gets_days_of_its_own_and_another_is_dropped(client, anna, north, case, cases, booked, days):
    reservation = booked(north, anna, Wish(cases, 2), Wish(case, 1))
    first, second = reservation.lines.all()
    client.force_login(anna)

    said = {f"{first.pk}-ends_on": days[1], f"{second.pk}-quantity": 0}
    client.post(change_page(reservation), sent(reservation, **said))

    line = reservation.lines.get()
    assert (line.pk, local_day(line.ends_at)) == (first.pk, days[1])


def test_a_refused_change_offers_what_is_free_in_one_button(client, anna, bert, north, south, cases, booked):
    booked(south, bert, Wish(cases, 2))
    reservation = booked(north, anna, Wish(cases, 1))
    line = reservation.lines.get()
    client.force_login(anna)

    said = sent(reservation, **{f"{line.pk}-quantity": 5})
    refusal = client.post(change_page(reservation), said)
    assert refusal.status_code == 409
    button = re.search(r'name="instead" value="([^"]+)">3 statt 5 nehmen', refusal.text)
    client.post(change_page(reservation), said | {"instead": unescape(button[1])})

    assert reservation.lines.get().quantity == 3


def test_a_refusal_over_two_products_offers_the_part_that_is_free(
    client, anna, bert, north, south, case, cases, booked
):
    booked(south, bert, Wish(cases, 3), Wish(case, 1))
    reservation = booked(north, anna, Wish(cases, 1))
    line = reservation.lines.get()
    client.force_login(anna)

    said = sent(reservation, **{f"{line.pk}-quantity": 4, "product": case.pk})
    refusal = client.post(change_page(reservation), said)
    assert "2 von 4 × Calliope Klassensatz, Bee-Bot Set nein" in refusal.text
    button = re.search(r'name="instead" value="([^"]+)">Nur nehmen, was frei ist', refusal.text)
    client.post(change_page(reservation), said | {"instead": unescape(button[1])})

    assert [(it.product, it.quantity) for it in reservation.lines.all()] == [(cases, 2)]


@pytest.mark.parametrize("typed", ["", "-1", "zwei", "99999"])
def test_a_mistyped_number_is_said_and_nothing_changes(client, anna, north, cases, booked, typed):
    reservation = booked(north, anna, Wish(cases, 2))
    line = reservation.lines.get()
    client.force_login(anna)

    answer = client.post(change_page(reservation), sent(reservation, **{f"{line.pk}-quantity": typed}))

    assert answer.status_code == 422
    assert reservation.lines.get().quantity == 2


def test_a_part_becomes_a_reservation_of_its_own(client, anna, north, cases, booked):
    reservation = booked(north, anna, Wish(cases, 3))
    line = reservation.lines.get()
    client.force_login(anna)
    address = reverse("reservation_split", args=[reservation.pk])
    assert "von 3" in client.get(address).text

    answer = client.post(address, {str(line.pk): 2}, follow=True)

    new = Reservation.objects.exclude(pk=reservation.pk).get()
    assert (new.lines.get().quantity, reservation.lines.get().quantity) == (2, 1)
    assert f"{reservation.number} ist geteilt" in answer.text


def test_nothing_cannot_be_split_off(client, anna, north, cases, booked):
    reservation = booked(north, anna, Wish(cases, 3))
    client.force_login(anna)

    answer = client.post(reverse("reservation_split", args=[reservation.pk]), {str(reservation.lines.get().pk): ""})

    assert answer.status_code == 400
    assert "Etwas muss mitgehen" in answer.text


def test_what_is_not_collected_yet_is_shown_beside_what_is_out(client, desk, anna, north, cases, booked):
    reservation = booked(north, anna, Wish(cases, 3))
    handover = handovers.open_handover(north, reservation=reservation, by=desk)
    handovers.hand_over(handover, cases.items.first(), by=desk)
    client.force_login(desk)

    page = client.get(reverse("reservation", args=[reservation.pk])).text

    assert "Noch nicht abgeholt" in page
    assert "2\u00a0×\u00a0Calliope Klassensatz" in page


@pytest.fixture
def room(center, robots):
    made = robots.products.create(center=center, name="Medienstudio", kind="room")
    made.items.create(center=center, asset_number="R-1")
    return made


@pytest.fixture
def room_booked(north, anna, room, days):
    hours = at(days[0], time(10)), at(days[0], time(12))
    return place(north, wishes=[Wish(room, 1)], starts_at=hours[0], ends_at=hours[1], by=anna, responsible=anna)


def test_hours_of_a_room_move_by_the_form(client, anna, room_booked, days):
    line = room_booked.lines.get()
    client.force_login(anna)
    assert 'name="starts_on"' not in client.get(change_page(room_booked)).text

    said = {"quantity": 1, "on": days[0], "opens": "13:00", "closes": "15:30"}
    client.post(
        change_page(room_booked), {f"{line.pk}-{name}": value for name, value in said.items()} | {"product": ""}
    )

    room_booked.refresh_from_db()
    assert room_booked.ends_at - room_booked.starts_at == timedelta(hours=2, minutes=30)


def test_a_room_comes_along_with_hours_of_its_own(client, anna, north, room, cases, booked, days):
    reservation = booked(north, anna, Wish(cases, 2))
    client.force_login(anna)
    said = {"product": room.pk, "on": days[1], "opens": "10:00"}
    assert client.post(change_page(reservation), sent(reservation, **said)).status_code == 422, "until when?"

    client.post(change_page(reservation), sent(reservation, **said, closes="12:00"))

    new = reservation.lines.get(product=room)
    assert (new.starts_at, new.ends_at) == (at(days[1], time(10)), at(days[1], time(12)))
    reservation.refresh_from_db()
    assert local_day(reservation.ends_at) == days[2], "the devices keep their days"


def test_a_device_beside_a_room_gets_the_day_of_it(client, anna, room_booked, case, days):
    line = room_booked.lines.get()
    client.force_login(anna)
    said = {"quantity": 1, "on": days[0], "opens": "10:00", "closes": "12:00"}

    lines = {f"{line.pk}-{name}": value for name, value in said.items()}
    client.post(change_page(room_booked), lines | {"product": case.pk})

    new = room_booked.lines.get(product=case)
    assert {local_day(new.starts_at), local_day(new.ends_at)} == {days[0]}
    assert new.ends_at - new.starts_at > timedelta(hours=2)


def test_a_room_that_is_taken_is_offered_on_another_day(client, anna, bert, north, south, room, cases, booked, days):
    taken = at(days[1], time(10)), at(days[1], time(12))
    place(south, wishes=[Wish(room, 1)], starts_at=taken[0], ends_at=taken[1], by=bert)
    reservation = booked(north, anna, Wish(cases, 2))
    client.force_login(anna)

    said = sent(reservation, product=room.pk, on=days[1], opens="10:00", closes="12:00")
    refusal = client.post(change_page(reservation), said)
    button = re.search(r'name="instead" value="([^"]+)">Ab ', refusal.text)
    client.post(change_page(reservation), said | {"instead": unescape(button[1])})

    assert local_day(reservation.lines.get(product=room).starts_at) > days[1]


@pytest.mark.parametrize(
    ("typed", "comes"),
    [
        ("Bee-Bot Set", True),
        ("bee-bot set", True),
        ("bee", True),
        ("Wal", "So heißt kein Artikel"),
        ("set", "mehr als"),
    ],
)
def test_what_comes_along_is_named_and_not_picked_from_five_hundred(
    client, anna, north, case, cases, booked, typed, comes
):
    Product.objects.create(center=case.center, category=case.category, name="Ozobot Set", kind="device")
    reservation = booked(north, anna, Wish(cases, 1))
    client.force_login(anna)

    answer = client.post(change_page(reservation), sent(reservation, product=typed))

    if comes is True:
        assert answer.status_code == 303
        assert reservation.lines.filter(product=case).exists()
    else:
        assert answer.status_code == 422
        assert comes in answer.text
        assert f'value="{typed}"' in answer.text
