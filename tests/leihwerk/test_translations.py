"""English is complete: every German sentence of the sources has its English, with the same things to fill in."""

import re
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from leihwerk.embedded import messages, translations

PERCENT = re.compile(r"%(?:\(\w+\)[a-z]|%|[sd])")


@pytest.fixture(scope="module")
def sources() -> Catalog:
    return messages.extracted()


@pytest.fixture(scope="module")
def english() -> Catalog:
    return translations.read(translations.ENGLISH)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogue, to write to."""
    path = tmp_path / "leihwerk" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    shutil.copy(translations.ENGLISH, path)
    monkeypatch.setattr(translations, "ENGLISH", path)
    monkeypatch.setattr(translations, "PROJECT", tmp_path)
    return path


def keys(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalog if message.id}


def forms(words: str | Sequence[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def to_fill_in(words: str) -> Counter[str]:
    """The placeholders of either kind, with how they are to be said: {at:full}, %(day)s."""
    named = Counter(f"{{{name}:{spec}}}" for _, name, spec, _ in Formatter().parse(words) if name is not None)
    return named + Counter(PERCENT.findall(words))


def edges(words: str) -> tuple[str, str]:
    """The blanks at both ends, which join it to what stands beside it."""
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]


def badly_filled(message: Message) -> bool:
    """Each form of a number must fill in what the same German form does, or at least what the plural does."""
    german = [to_fill_in(form) for form in forms(message.id)]
    return any(to_fill_in(form) not in german for form in forms(message.string))


def test_every_sentence_of_the_sources_has_its_english(sources, english):
    assert sorted(map(str, keys(sources) - keys(english))) == [], "run ./lw translate"
    assert [message.id for message in translations.untranslated(english)] == []


def test_nothing_is_translated_that_nobody_says(sources, english):
    assert sorted(map(str, keys(english) - keys(sources))) == [], "run ./lw translate"
    assert english.obsolete == {}


def test_nothing_is_guessed(english):
    assert [message.id for message in english if message.fuzzy] == []


def test_the_english_fills_in_what_the_german_does(english):
    assert [message.id for message in english if message.id and badly_filled(message)] == []


def test_a_placeholder_that_is_lost_is_noticed():
    assert badly_filled(Message("Frei ab {day}.", "Free."))
    assert badly_filled(Message(("%(n)s frei", "%(n)s frei"), ("one free", "%(n) free")))
    assert not badly_filled(Message("Frei ab {day}.", "Free from {day}."))


def test_numbers_have_two_forms_in_english_where_they_have_two_in_german(english):
    counted = [message for message in english if message.pluralizable]

    assert [message.id for message in counted if len(message.string) != 2] == []
    assert len(counted) > 20


def test_blanks_and_full_stops_at_the_ends_stay(english):
    plain = [message for message in english if isinstance(message.id, str) and message.id]

    assert [message.id for message in plain if edges(message.id) != edges(message.string)] == []
    assert [message.id for message in plain if message.id.endswith("?") != message.string.endswith("?")] == []


def test_quotation_marks_are_english(english):
    assert [form for message in english for form in forms(message.string) if "„" in form or '"' in form] == []


def test_it_compiles(copy):
    translations.compile_all()

    with copy.with_suffix(".mo").open("rb") as compiled:
        assert read_mo(compiled).get("Theke").string == "Desk"


def test_bringing_it_in_step_keeps_what_is_there(copy):
    before = copy.read_text()

    assert translations.update() == []
    assert copy.read_text() == before


def test_bringing_it_in_step_adds_what_is_new_and_drops_what_is_gone(copy):
    copy.write_text(copy.read_text().replace('msgid "Theke"', 'msgid "Tresen"'))

    assert translations.update() == ["Theke"]
    assert 'msgid "Tresen"' not in copy.read_text()
    assert 'msgid "Katalog"\nmsgstr "Catalog"' in copy.read_text()


def test_what_a_module_calls_gettext_does_not_matter(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        "from django.utils.translation import gettext as _now, gettext_lazy, pgettext\n_label = gettext_lazy\n"
        "one = _now('Eins')\ntwo = _label('Zwei' ' halbe')\nthree = pgettext('Zahl', 'Drei')\nnone = _other('Null')\n"
    )

    assert list(messages.in_python(module)) == [("Eins", None), ("Zwei halbe", None), ("Drei", "Zahl")]


def test_templates_say_sentences_in_four_ways(tmp_path):
    template = tmp_path / "page.html"
    template.write_text(
        '{% load i18n %}{% translate "Eins" %} {% translate "Zwei" context "Zahl" %} {{ _("Drei") }}\n'
        "  {% blocktranslate trimmed count n=n %}\n{{ n }} Tag\n"
        "  {% plural %}\n    {{ n }} Tage\n  {% endblocktranslate %}"
    )

    assert list(messages.in_template(template)) == [
        ("Eins", None),
        ("Zwei", "Zahl"),
        ("Drei", None),
        (("%(n)s Tag", "%(n)s Tage"), None),
    ]
