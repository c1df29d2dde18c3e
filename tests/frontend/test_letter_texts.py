"""Texte: the head rewords letters, sees what they would say, and gets one to try."""

import pytest
from django.urls import reverse

from people.letters.wording import our_text
from people.models import Letter, Wording

pytestmark = pytest.mark.django_db

OWN = "Wo steckt {Artikel}?\n\nWir vermissen {Exemplar}."
ADDRESS = ("overdue_1", "de")


@pytest.fixture
def page(client, manager):
    client.force_login(manager)
    return reverse("wording", args=ADDRESS)


def test_the_list_says_which_texts_are_the_centres_own(client, page):
    client.post(page, {"text": OWN, "keep": 1})

    assert client.get(reverse("wordings")).content.decode().count("eigener Text") == 1


def test_the_editor_begins_with_our_text_and_explains_the_placeholders(client, page):
    answer = client.get(page)

    assert answer.context["form"].initial["text"] == our_text(*ADDRESS)
    assert "{Geräteliste}" in answer.content.decode()
    assert "zum Beispiel Bee-Bot Set MZ-0007" in answer.content.decode()


def test_a_german_text_is_a_german_text_for_whoever_reads_english(client, page, manager):
    manager.language = "en"
    manager.save()
    client.post(page, {"text": OWN, "keep": 1})

    answer = client.get(page).content.decode()
    assert f'href="{page}" aria-current="page"' in answer
    assert reverse("wording_reset", args=ADDRESS) in answer


def test_a_preview_changes_nothing(client, page):
    answer = client.post(page, {"text": OWN})

    assert "Wir vermissen Bee-Bot Set MZ-0007." in answer.context["as_text"]
    assert not Wording.objects.exists()


def test_a_text_with_troubles_is_given_back_with_what_is_wrong(client, page):
    answer = client.post(page, {"text": "Wo?\n\n{Artiekl}", "keep": 1})

    assert answer.status_code == 422
    assert "Zeile 3: {Artiekl} kennen wir hier nicht. Meinten Sie {Artikel}?" in answer.content.decode()


def test_a_kept_text_holds_until_ours_is_restored(client, page):
    client.post(page, {"text": OWN, "keep": 1})
    assert Wording.objects.get().text == OWN
    assert "Unseren Text wiederherstellen" in client.get(page).content.decode()

    client.post(reverse("wording_reset", args=ADDRESS))
    assert "Unseren Text wiederherstellen" not in client.get(page).content.decode()


def test_a_test_letter_carries_what_is_typed_and_keeps_nothing(client, page, manager):
    answer = client.post(page, {"text": OWN, "try_out": 1})

    assert f"Der Testbrief geht an {manager.email}." in answer.content.decode()
    assert Letter.objects.get().subject == "Test: Wo steckt Bee-Bot Set?"
    assert OWN in answer.content.decode()
    assert not Wording.objects.exists()


@pytest.mark.parametrize("address", [("nothing", "de"), ("overdue_1", "fr")])
def test_what_is_no_kind_or_language_of_ours_is_not_there(client, page, address):
    assert client.get(reverse("wording", args=address)).status_code == 404


def test_the_desk_sees_no_way_to_the_texts(client, desk):
    client.force_login(desk)

    assert reverse("wordings") not in client.get(reverse("letters")).content.decode()
