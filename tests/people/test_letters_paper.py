"""What is printed fits into a window envelope, and what is done by hand is done by somebody."""

from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest

from people import letters
from people.letters import done, paper, writing
from people.models import Contact, Institution, JournalEntry, Letter
from tests import pages

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
MM = 72 / 25.4


@pytest.fixture
def kita(center) -> Institution:
    return Institution.objects.create(
        center=center, kind="kita", name="Kita Löwenzahn", street="Wiesenweg 3", postal_code="51371", city="Musterstadt"
    )


@pytest.fixture
def printed(kita) -> list[Letter]:
    """Two letters to the Kita's people, who have no mail."""
    for name in ("Frau Kreide", "Herr Tafel"):
        contact = Contact.objects.create(center=kita.center, institution=kita, name=name, phone="0214 99")
        letters.intend("overdue_1", kita, contact, product="Bee-Bot Set", due_at=NOW - timedelta(days=5))
    writing.write(now=NOW)
    return list(Letter.objects.to_print().order_by("pk"))


@pytest.fixture
def call(center) -> Letter:
    """A letter for somebody who has neither mail nor a street."""
    place = Institution.objects.create(center=center, kind="association", name="Verein", phone="0214 77")
    letters.intend("overdue_1", place, None, product="Bee-Bot Set", due_at=NOW)
    writing.write(now=NOW)
    return Letter.objects.to_call().get()


def test_all_waiting_letters_are_one_pdf_each_on_a_page_of_its_own(printed):
    first, second = pages.texts(paper.pdf(printed))

    assert "Frau Kreide" in first
    assert "Herr Tafel" in second
    for page in (first, second):
        assert "Bee-Bot Set sollte am 19. November zurück sein" in page
        assert "Noch nicht zurück: Bee-Bot Set" in page
        assert "Musterstadt, 24. November 2026" in page


def test_the_address_stands_in_the_window_of_the_envelope(printed):
    document = pypdfium2.PdfDocument(paper.pdf(printed[:1]))
    height = document[0].get_height()
    # DIN 5008 form B: the window is 85 mm × 45 mm, 20 mm from the left and 45 mm from the top.
    window = document[0].get_textpage().get_text_bounded(20 * MM, height - 90 * MM, 105 * MM, height - 45 * MM)

    assert [line.strip() for line in window.splitlines()] == [
        "Medienzentrum Musterstadt · Musterstadt",
        "Kita Löwenzahn",
        "Frau Kreide",
        "Wiesenweg 3",
        "51371 Musterstadt",
    ]


def test_posting_is_noted_with_who_and_when(printed, desk):
    posted = done.posted([letter.pk for letter in printed], by=desk, now=NOW)

    assert [(letter.done_by, letter.done_at) for letter in posted] == [(desk, NOW)] * 2
    assert not Letter.objects.to_print().exists()
    assert JournalEntry.objects.filter(verb="letter.done", by=desk).count() == 2


def test_what_was_posted_is_not_posted_again_and_what_fell_away_is_left_out(printed, kita, desk):
    ids = [letter.pk for letter in printed]
    done.posted(ids[:1], by=desk, now=NOW)
    letters.withdraw(kita)

    assert done.posted(ids, by=desk, now=NOW) == []
    assert Letter.objects.get().done_at == NOW


def test_who_was_not_reached_stays_on_the_list(call, desk):
    done.called(call, result="not_reached", by=desk, now=NOW)
    waiting = Letter.objects.to_call().get()
    assert (waiting.attempts, waiting.result) == (1, "not_reached")

    done.called(call, result="reached", by=desk, now=NOW)
    assert not Letter.objects.to_call().exists()


def test_a_call_is_noted_once(call, desk, manager):
    done.called(call, result="reached", by=desk, now=NOW)
    done.called(call, result="message_left", by=manager, now=NOW)

    assert (Letter.objects.get().done_by, Letter.objects.get().result) == (desk, "reached")
