"""Adresse prüfen: whose mail does not arrive is seen wherever somebody looks, and put right there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lending.handovers import finish, hand_over, open_handover
from lending.reminders import switch_on
from people import letters
from people.letters import writing
from people.models import Contact, Institution, Letter, Membership, User

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DEAD = {"mail_refused_at": NOW, "mail_refused_with": "5.1.1"}
WORDS = "Adresse prüfen"


@pytest.fixture
def klara(north) -> Contact:
    return Contact.objects.create(
        center=north.center, institution=north, name="Klara Kreide", email="k@nord.example", channel="mail", **DEAD
    )


def test_the_overview_lists_everybody_whose_mail_does_not_arrive(client, desk, klara, anna, north):
    User.objects.filter(pk=anna.pk).update(**DEAD)
    Institution.objects.filter(pk=north.pk).update(**DEAD)
    client.force_login(desk)

    page = client.get(reverse("letters")).text

    assert WORDS in page
    assert all(address in page for address in ("k@nord.example", "anna@nord.example", "100001@schule.example"))
    assert page.count("Code 5.1.1") == 3


def test_without_any_there_is_no_such_list(client, desk, north):
    client.force_login(desk)

    assert WORDS not in client.get(reverse("letters")).text


def test_another_centre_does_not_hear_of_it(client, foreign_desk, klara):
    client.force_login(foreign_desk)

    assert "k@nord.example" not in client.get(reverse("letters")).text
    assert client.post(reverse("address_trusted", args=["kontakt", klara.pk])).status_code == 404


def test_it_stands_on_the_pages_of_the_person_and_the_institution(client, desk, klara, anna):
    User.objects.filter(pk=anna.pk).update(**DEAD)
    client.force_login(desk)

    assert WORDS in client.get(reverse("contact", args=[klara.pk])).text
    assert WORDS in client.get(reverse("institution", args=[klara.institution_id])).text


@pytest.mark.parametrize("kind", ["kontakt", "einrichtung", "person"])
def test_the_desk_says_that_an_address_is_right(client, desk, klara, anna, north, kind):
    User.objects.filter(pk=anna.pk).update(**DEAD)
    Institution.objects.filter(pk=north.pk).update(**DEAD)
    owner = {"kontakt": klara, "einrichtung": north, "person": anna}[kind]
    pk = Membership.objects.get(user=anna).pk if kind == "person" else owner.pk
    client.force_login(desk)
    client.post(reverse("address_trusted", args=[kind, pk]))

    owner.refresh_from_db()
    assert not owner.is_mail_refused


def test_a_teacher_may_not(client, anna, klara):
    client.force_login(anna)

    assert client.post(reverse("address_trusted", args=["kontakt", klara.pk])).status_code in {403, 404}
    klara.refresh_from_db()
    assert klara.is_mail_refused


def test_what_is_no_kind_of_address_is_not_there(client, desk):
    client.force_login(desk)

    assert client.post(reverse("address_trusted", args=["mond", 1])).status_code == 404


def test_a_letter_that_was_turned_away_says_so_in_the_list(client, desk, klara):
    letters.intend("part_missing", klara, klara, product="VR-Koffer", parts=[{"quantity": 1, "name": "Kabel"}])
    writing.write()
    Letter.objects.update(refused_at=NOW)
    client.force_login(desk)

    assert WORDS in client.get(reverse("letters_sent")).text


def test_a_school_and_a_person_show_what_was_written_and_what_comes_next(
    client, desk, manager, center, klara, north, case
):
    switch_on(center, by=manager)
    slip = open_handover(north, by=desk, contact=klara, due_at=timezone.now() + timedelta(days=8))
    hand_over(slip, case.items.get(), by=desk)
    finish(slip, by=desk)
    Contact.objects.update(mail_refused_at=None, mail_refused_with="")
    letters.intend("part_missing", klara, klara, product="VR-Koffer", parts=[{"quantity": 1, "name": "Kabel"}])
    writing.write()
    client.force_login(desk)

    for page in (reverse("contact", args=[klara.pk]), reverse("institution", args=[north.pk])):
        text = client.get(page).text
        assert "Beim Auspacken fehlte etwas: VR-Koffer" in text
        to_come = text.partition("Kommt als Nächstes")[2]
        assert to_come.index("Rückgabe steht an") < to_come.index("Bee-Bot Set")
