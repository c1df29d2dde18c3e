"""A text is checked before it is saved; what passes fills every letter of its kind."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.letters import frame
from people.letters.addressing import Recipient
from people.letters.checking import LONGEST_TEXT, troubles
from people.letters.glossary import glossary_of
from people.letters.kinds import KINDS
from people.letters.wording import our_text, placeholders_of, words_for
from people.models import Center, Contact, Institution, Intent, OpeningHours
from tests.people.test_letters_wording import facts_of

CENTER = Center(pk=1, name="Medienzentrum Musterstadt")
vars(CENTER)["_prefetched_objects_cache"] = {"opening_hours": OpeningHours.objects.none()}
SCHOOL = Institution(pk=1, center=CENTER, name="Grundschule Nord")
JOHN = Recipient(None, Contact(pk=1, center=CENTER, institution=SCHOOL, name="John Chalk"), SCHOOL)
LANGUAGES = ["de", "en"]

LITERAL = st.text("aä .,-\n\u2028\t{}[]", max_size=12)


def escaped(words: str) -> str:
    return re.sub(r"([][{}])", r"\1\1", words)


@st.composite
def texts(draw: st.DrawFn, kind: str) -> str:
    """Anything that can be written in the language with the names of ``kind``, blocks not in the subject."""
    known = placeholders_of(kind)
    words = st.builds(escaped, LITERAL)
    block = st.sampled_from(sorted(known)).map(lambda name: f"{{{name}}}")
    named = st.sampled_from(sorted(name for name, it in known.items() if not it.is_block)).map("{{{}}}".format)
    bracket = st.builds("[{}{}{}]".format, words.map(without_breaks), block, words.map(without_breaks))
    subject = "".join(draw(st.lists(st.one_of(words.map(without_breaks), named), max_size=4)))
    body = "".join(draw(st.lists(st.one_of(words, block, bracket, st.just("\n- "), st.just("\n\n")), min_size=1)))
    return f"Betreff {without_breaks(subject)}\n\nJa. {body}"


def without_breaks(words: str) -> str:
    return re.sub(r"\s", " ", words)


@st.composite
def facts(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """What an intent of ``kind`` knows, with gaps."""
    known = facts_of(kind)
    gaps = draw(st.sets(st.sampled_from(sorted(known)))) if known else set()
    return {name: value for name, value in known.items() if name not in gaps}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_our_own_text_has_no_troubles(kind, language):
    assert troubles(kind, our_text(kind, language)) == []


@settings(deadline=None)
@given(st.data())
def test_what_has_no_troubles_fills_every_letter_of_its_kind(data):
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    text = data.draw(texts(kind))
    told = data.draw(st.lists(facts(kind), min_size=1, max_size=3))

    assert troubles(kind, text) == []
    intents = [Intent(pk=pk, subject_id=pk, kind=kind, facts=it) for pk, it in enumerate(told, 1)]
    language = data.draw(st.sampled_from(LANGUAGES))
    words = words_for(intents, JOHN, CENTER, language=language, own={kind: text})

    said = str([words.subject, *(value for block in words.body for value in block.values())])
    assert words.subject.startswith("Betreff")
    for name in placeholders_of(kind):
        assert f"{{{name}}}" not in said.replace(escaped(name), "")


@settings(deadline=None)
@given(st.data())
def test_whatever_is_typed_is_told_what_is_wrong_or_fills_a_letter(data):
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    known = sorted(placeholders_of(kind))
    text = data.draw(st.lists(st.sampled_from([*"[]{}-\n ", "ä", *(f"{{{it}}}" for it in known)])).map("".join))

    if not troubles(kind, text):
        intent = Intent(pk=1, subject_id=1, kind=kind, facts=facts_of(kind))
        assert words_for([intent], JOHN, CENTER, language="de", own={kind: text}).subject


@settings(deadline=None)
@given(st.text("abcdefgh", min_size=1, max_size=8))
def test_an_unknown_name_is_refused(name):
    assert len(troubles("overdue_1", f"Betreff\n\n{{{name}}}")) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Betreff\n\nDanke.\n{Artiekl}", "Zeile 4: {Artiekl} kennen wir hier nicht. Meinten Sie {Artikel}?"),
        ("Betreff\n\n{qqq}", "Zeile 3: {qqq} kennen wir hier nicht."),
        ("Betreff\n\n[Danke {Artikel}", "Zeile 3: Die eckige Klammer wird in diesem Absatz nicht geschlossen."),
        (" \n", "Die erste Zeile ist der Betreff. Bitte schreiben Sie etwas hinein."),
        ("Betreff", "Unter dem Betreff steht noch nichts."),
        (f"{'x' * 251}\n\nDanke.", "Zeile 1: Der Betreff ist länger als 250 Zeichen."),
        (f"Betreff\n\n{'x' * LONGEST_TEXT}", f"Der Text ist länger als {LONGEST_TEXT} Zeichen."),
        (
            "Fehlt: {Geräteliste}\n\nDanke.",
            "Zeile 1: {Geräteliste} braucht eine eigene Zeile und kann nicht im Betreff stehen.",
        ),
    ],
)
def test_a_trouble_says_what_and_where(text, told):
    assert troubles("overdue_1", text) == [told]


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_means_one_thing_in_a_kind(kind):

    glossary = glossary_of(kind)
    names = [it.name for it in (*glossary.each, *glossary.once, *frame.PLACEHOLDERS)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_fills_our_text(kind):

    example = Intent(pk=1, subject_id=1, kind=kind, facts=dict(glossary_of(kind).example))
    words = words_for([example], JOHN, CENTER, language="de")
    said = f"{words.subject} {words.body}"
    assert not re.search(r"None|\s[,.;]|\(\)| bis [,.]", said)
