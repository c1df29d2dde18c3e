"""Institutions for staff, and one's own school."""

import pytest
from django.urls import reverse

from people.models import Contact, Institution

pytestmark = pytest.mark.django_db


def test_an_institution_is_found_while_one_types(client, desk, north, south):
    client.force_login(desk)

    part = client.get(reverse("institutions"), {"search": "süd"}, headers={"HX-Request": "true"}).text

    assert "Gymnasium Süd" in part
    assert "Grundschule Nord" not in part


def test_the_card_shows_note_and_contacts(client, desk, north):
    Contact.objects.create(center=north.center, institution=north, name="Frau Meier", phone="0214 5", channel="phone")
    client.force_login(desk)
    client.post(reverse("institution_note", args=[north.pk]), {"note": "Lieferung nur bis 9 Uhr"})

    page = client.get(reverse("institution", args=[north.pk])).text

    assert "Lieferung nur bis 9 Uhr" in page
    assert "Frau Meier" in page


def test_the_manager_enters_and_edits(client, manager, center):
    client.force_login(manager)
    fields = {"kind": "kita", "name": "Kita Löwenzahn", "channel": "print"}

    assert client.post(reverse("institution_new"), fields).status_code == 303
    kita = Institution.objects.get(name="Kita Löwenzahn")
    client.post(reverse("institution_edit", args=[kita.pk]), {**fields, "phone": "0214 8"})

    kita.refresh_from_db()
    assert kita.phone == "0214 8"


def test_a_refusal_stands_on_the_form(client, manager, north, center):
    client.force_login(manager)
    fields = {"kind": "school", "name": "Zweite", "channel": "print", "school_number": north.school_number}

    answer = client.post(reverse("institution_new"), fields)

    assert answer.status_code == 409
    assert "Schulnummer 100001" in answer.text
    assert 'value="Zweite"' in answer.text


def test_a_form_with_mistakes_is_422(client, manager, center):
    client.force_login(manager)

    answer = client.post(reverse("institution_new"), {"kind": "kita", "name": ""})

    assert answer.status_code == 422
    assert "Bitte prüfen Sie Ihre Eingaben" in answer.text


def test_a_contact_is_entered_and_leaves(client, desk, north):
    client.force_login(desk)
    client.post(reverse("contact_new", args=[north.pk]), {"name": "Herr Löwe", "channel": "phone", "phone": "1234567"})
    contact = Contact.objects.get()

    client.post(reverse("contact_left", args=[contact.pk]))

    contact.refresh_from_db()
    assert contact.left_on is not None


@pytest.mark.parametrize("name", ["institution", "institution_edit", "contact_new"])
def test_another_centre_is_not_there(client, manager, foreign_school, name):
    client.force_login(manager)

    assert client.get(reverse(name, args=[foreign_school.pk])).status_code == 404


def test_a_teacher_does_not_see_the_card(client, anna, north):
    client.force_login(anna)

    assert client.get(reverse("institution", args=[north.pk])).status_code == 403


def test_a_coordinator_sees_who_belongs_to_the_school(client, carla, anna):
    client.force_login(carla)

    assert "Anna Amsel" in client.get(reverse("my_school")).text


def test_a_teacher_sees_only_what_is_theirs(client, carla, anna):
    client.force_login(anna)

    assert "Carla Clever" not in client.get(reverse("my_school")).text


@pytest.mark.parametrize("person", ["anna", "carla", "manager", "auditor", "operator"])
def test_everybody_has_a_home(client, request, person, north):
    client.force_login(request.getfixturevalue(person))

    assert client.get(reverse("home")).status_code == 200


def test_the_desk_begins_with_today(client, desk):
    client.force_login(desk)

    assert client.get(reverse("home")).url == reverse("today")


def test_a_new_centre_is_told_what_to_do_first(client, manager):
    client.force_login(manager)

    page = client.get(reverse("home")).text

    assert "noch keine Schulen" in page
    assert "Bestand ist noch leer" in page


def test_the_front_page_greets_strangers(client, db):
    page = client.get(reverse("home")).text

    assert "Alles ausgeliehen, nichts vergessen." in page
    assert "demo" not in page
