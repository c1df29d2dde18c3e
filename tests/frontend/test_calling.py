"""Somebody phones: the desk writes down what is said, and books."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.models import BookingChannel, Reservation
from people import contacts
from people.models import Contact
from tests.conftest import school

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(center, north, case):
    start = add_open_days(timezone.localdate(), 3, calendar_of(center))
    end = start + timedelta(days=7)
    return {
        "who": "nord",
        "what": "bee",
        "when": f"{start:%d.%m.%Y}-{end:%d.%m.%Y}",
        "contact": "Frau Meier, Tel. 0214 77 88",
        "act": "book",
    }


def test_a_call_becomes_a_reservation_with_its_contact(client, desk, north, said):
    client.force_login(desk)

    answer = client.post(reverse("call"), said)

    reservation = Reservation.objects.get()
    assert answer.status_code == 303
    assert reservation.institution == north
    assert (reservation.channel, reservation.booked_by) == (BookingChannel.PHONE, desk)
    assert (reservation.contact.name, reservation.contact.phone) == ("Frau Meier", "0214 77 88")


def test_who_is_known_is_not_entered_again(client, desk, north, said):
    known = contacts.add(north, by=desk, name="Frau Meier", channel="phone")
    client.force_login(desk)

    client.post(reverse("call"), said)

    assert Reservation.objects.get().contact == known
    assert Contact.objects.count() == 1


def test_a_member_becomes_responsible(client, desk, anna, said):
    client.force_login(desk)

    client.post(reverse("call"), {**said, "contact": "anna amsel"})

    assert Reservation.objects.get().responsible == anna


def test_two_schools_of_that_name_are_asked_for(client, desk, center, said):
    other = school(center, "Gymnasium Nord", "100009")
    client.force_login(desk)

    answer = client.post(reverse("call"), said)
    assert answer.status_code == 422
    assert "die Einrichtung" in answer.text
    assert not Reservation.objects.exists()

    client.post(reverse("call"), {**said, "institution": other.pk})
    assert Reservation.objects.get().institution == other


def test_looking_writes_nothing(client, desk, said):
    client.force_login(desk)

    page = client.post(reverse("call"), {**said, "act": "look"}, headers={"HX-Request": "true"}).text

    assert "Eingabetaste bucht" in page
    assert "<html" not in page
    assert not Contact.objects.exists()


def test_the_last_set_is_refused_with_the_next_date_and_no_contact_is_left(client, desk, south, said):
    client.force_login(desk)
    client.post(reverse("call"), {**said, "who": "süd"})

    answer = client.post(reverse("call"), {**said, "contact": "Herr Neu"})

    assert answer.status_code == 409
    assert "Frei ab" in answer.text
    assert 'name="when" value="' in answer.text
    assert not Contact.objects.filter(name="Herr Neu").exists()


def test_without_an_end_the_usual_period_holds(client, desk, said):
    client.force_login(desk)

    client.post(reverse("call"), {**said, "when": said["when"].split("-")[0]})

    reservation = Reservation.objects.get()
    assert (reservation.ends_at - reservation.starts_at).days >= 13


def test_teachers_do_not_book_for_others(client, anna, said):
    client.force_login(anna)

    assert client.post(reverse("call"), said).status_code == 403


def test_another_centres_school_is_not_found(client, desk, foreign_school, said):
    client.force_login(desk)

    assert client.post(reverse("call"), {**said, "who": "nebenan"}).status_code == 422
    assert client.post(reverse("call"), {**said, "institution": foreign_school.pk, "who": ""}).status_code == 422
