"""Letters to people who read English: every kind, with nothing German left and everything filled in."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from people.letters.kinds import KINDS
from people.models import Contact
from tests.people.test_letters_wording import facts_of, text_of, word, word_to_member

GERMAN = re.compile(
    r"[äöüÄÖÜß„]|\b(und|oder|der|die|das|ist|sind|bis|ab|am|zum|Sie|Ihre?|wir|bitte|von|mit|nicht|bei|Uhr|Tage?|Mo|Mi"
    r"|Guten|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Dezember|Leihschein|Reservierung|Anfrage)\b"
)


@pytest.fixture
def john(center, north) -> Contact:
    """Neither he nor his school has a German name."""
    center.name, north.name = "Media Centre", "St. Mary"
    return Contact(pk=1, center=center, institution=north, name="John Chalk")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_german_is_left_in_a_letter(kind, john):
    words = word(kind, john, language="en")

    said = f"{words.subject} {text_of(words)}"
    for name in names_in(facts_of(kind)):
        said = said.replace(name, "")
    assert GERMAN.findall(said) == []


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_told_is_filled_in(kind, john):
    german, english = (text_of(word(kind, john, language=language)) for language in ("de", "en"))

    for name in names_in(facts_of(kind)):
        assert (name in english) == (name in german), name
    assert not re.search(r"[{}%]|None", english)


def test_days_and_times_are_english(john):
    text = text_of(word("reservation_approved", john, language="en"))

    assert "Thu 26 Nov" in text
    assert "14 days" in text


def test_german_words_would_be_noticed(anna, north):
    assert GERMAN.search(text_of(word_to_member("overdue_1", anna, north)))


def names_in(facts: Any) -> Iterator[str]:
    """What the facts themselves say, in whatever language: names of things, numbers, reasons given by people."""
    if isinstance(facts, dict):
        for key, value in facts.items():
            yield from names_in(value) if key in NAMES or not isinstance(value, str) else ()
    elif isinstance(facts, list):
        for value in facts:
            yield from names_in(value)
    elif isinstance(facts, str):
        yield facts


NAMES = ("product", "asset_number", "number", "slip", "reason", "name")
