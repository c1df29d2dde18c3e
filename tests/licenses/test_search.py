"""Media are found as people ask for them."""

import pytest

from licenses.models import Medium, Provider
from licenses.search import of_word, search, words_in


@pytest.fixture(autouse=True)
def shelf(center):
    publisher, other = (Provider.objects.create(center=center, name=name) for name in ("Naturblick", "Ärzteverlag"))
    facts = (
        ("5500001", "Wölfe in Sachsen", publisher, ["Biologie", "Erdkunde"], ["Sek I"]),
        ("5500002", "Der Wasserkreislauf", publisher, ["Sachunterricht"], ["Grundschule"]),
        ("4600003", "Herz & Kreislauf 100 %", other, ["Biologie"], ["Sek II"]),
        (None, "Bilder vom Wegrand", other, ["Kunst"], ["alle"]),
    )
    for number, title, provider, subjects, levels in facts:
        Medium.objects.create(
            center=center, number=number, title=title, provider=provider, kind="online_film", subjects=subjects,
            levels=levels,
        )  # fmt: skip


def titles(words: str) -> list[str]:
    return [medium.title.split()[0] for medium in search(Medium.objects.all(), words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("wolfe", ["Wölfe"]), ("kreislauf", ["Der", "Herz"]), ("5500", ["Der", "Wölfe"]),
        ("arzteverlag", ["Bilder", "Herz"]), ("", ["Bilder", "Der", "Herz", "Wölfe"]),
        ("biologie", ["Herz", "Wölfe"]), ("biologie naturblick", ["Wölfe"]), ("wasser grundschule", ["Der"]),
        ("Wasserkreislauv", ["Der"]), ("100 %", ["Herz"]), ("gibtesnicht", []),
    ],
)  # fmt: skip
def test_words(words, found):
    assert titles(words) == found


def test_subjects_that_there_are():
    assert words_in(Medium.objects.all(), "subjects") == ["Biologie", "Erdkunde", "Kunst", "Sachunterricht"]


def test_what_is_for_all_levels_is_for_each():
    found = of_word(Medium.objects.all(), "levels", "Grundschule")

    assert {medium.title for medium in found} == {"Der Wasserkreislauf", "Bilder vom Wegrand"}


def test_another_subject_is_not_meant():
    assert of_word(Medium.objects.all(), "subjects", "Kunst").get().title == "Bilder vom Wegrand"
    assert not of_word(Medium.objects.all(), "subjects", "Kun").exists()
