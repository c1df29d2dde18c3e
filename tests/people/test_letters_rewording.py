"""A centre words its letters itself, tries the words, and finds ours again."""

import pytest

from people import letters
from people.errors import TextHasTroubles
from people.letters import rewording, sending, trying, writing
from people.letters.wording import our_text
from people.models import JournalEntry, Letter, Membership, Wording

pytestmark = pytest.mark.django_db

OWN = "Wo steckt {Artikel}?\n\nWir vermissen {Exemplar}."


@pytest.fixture
def late(anna):
    about = Membership.objects.get(user=anna)
    return letters.intend("overdue_1", about, anna, product="Bee-Bot Set", asset_number="MZ-0007")


def test_a_letter_speaks_as_its_centre_words_it(center, manager, late):
    rewording.reword(center, "overdue_1", "de", OWN, by=manager)
    writing.write()

    letter = Letter.objects.get()
    assert letter.subject == "Wo steckt Bee-Bot Set?"
    assert {"text": "Wir vermissen Bee-Bot Set MZ-0007."} in letter.body
    assert JournalEntry.objects.filter(verb="wording.reworded", by=manager).count() == 1


def test_the_other_language_and_the_neighbors_go_on_as_before(center, neighbor, manager):
    rewording.reword(center, "overdue_1", "de", OWN, by=manager)

    assert rewording.text_of(center, "overdue_1", "en") == our_text("overdue_1", "en")
    assert rewording.text_of(neighbor, "overdue_1", "de") == our_text("overdue_1", "de")


def test_our_text_can_be_had_again(center, manager, late):
    rewording.reword(center, "overdue_1", "de", OWN, by=manager)
    rewording.reset_wording(center, "overdue_1", "de", by=manager)
    rewording.reset_wording(center, "overdue_1", "de", by=manager)
    writing.write()

    assert Letter.objects.get().subject == "Noch nicht zurück: Bee-Bot Set"
    assert JournalEntry.objects.filter(verb="wording.reset").count() == 1


def test_a_text_with_troubles_is_not_kept(center, manager):
    with pytest.raises(TextHasTroubles, match="Artiekl"):
        rewording.reword(center, "overdue_1", "de", "Wo?\n\n{Artiekl}", by=manager)

    assert not Wording.objects.exists()


def test_rewording_twice_leaves_one_row_and_says_nothing_twice(center, manager):
    for text in (OWN, OWN, f"{OWN} Danke."):
        rewording.reword(center, "overdue_1", "de", text, by=manager)

    assert Wording.objects.get().text == f"{OWN} Danke."
    assert JournalEntry.objects.filter(verb="wording.reworded").count() == 2


def test_a_preview_says_what_was_told_last_as_if_it_went_to_oneself(center, manager, late):
    letter = trying.preview(trying.sample(center, "overdue_1", to=manager), OWN, language="de")

    assert letter.subject == "Wo steckt Bee-Bot Set?"
    assert manager.name in letter.body[0]["text"]
    assert not Letter.objects.exists()


def test_what_was_never_told_is_previewed_with_an_example(center, manager):
    letter = trying.preview(trying.sample(center, "overdue_1", to=manager), OWN, language="de")

    assert {"text": "Wir vermissen Bee-Bot Set MZ-0007."} in letter.body


def test_what_a_neighbor_told_is_not_previewed(center, neighbor, manager, late):
    sample = trying.sample(neighbor, "overdue_1", to=manager)

    assert sample.subject_id == 0


def test_a_test_letter_goes_to_oneself_and_says_so(center, manager, late, mailoutbox):
    trying.try_out(center, "overdue_2", OWN, language="de", by=manager)
    sending.send()

    [mail] = mailoutbox
    assert (mail.to, mail.cc, mail.subject) == ([manager.email], [], "Test: Wo steckt Bee-Bot Set?")
    assert not Wording.objects.exists()


def test_a_test_letter_belongs_to_no_school(center, manager, late, carla):
    """It may tell what a school has; its people do not find it among their letters."""
    letter = trying.try_out(center, "overdue_1", OWN, language="de", by=manager)

    assert letter.institution is None
    assert not Letter.objects.visible_to(carla).exists()
