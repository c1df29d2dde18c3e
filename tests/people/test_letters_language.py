"""The placeholder language: what a text says once its values are in."""

import pytest

from people.letters.reading import Breaks, Unreadable, names_by_line, read

LINK = [{"label": "Ansehen", "url": "https://leihwerk.example/"}]
NORTH, SOUTH = {"Nummer": "R-1", "Grund": ""}, {"Nummer": "R-2", "Grund": "Ausflug"}


def subject_of(text, once, *each):
    return read(text).filled(once, each)[0]


def body_of(text, once=None, *each):
    return read(f"Betreff\n\n{text}").filled(once or {}, each)[1]


def test_the_first_line_is_the_subject():
    assert subject_of("Rückgabe am {Tag}\n\nBis dann.", {"Tag": "Montag"}) == "Rückgabe am Montag"


def test_the_subject_joins_what_several_things_say_and_says_it_once():
    assert subject_of("Bereit: {Nummer}", {}, NORTH, SOUTH, NORTH) == "Bereit: R-1, R-2"


def test_a_bracket_is_left_out_when_a_value_in_it_is_missing():
    text = "Rufen Sie uns an[: {Telefon}]."

    assert body_of(text, {"Telefon": "0214 99"}) == [{"text": "Rufen Sie uns an: 0214 99."}]
    assert body_of(text) == [{"text": "Rufen Sie uns an."}]


def test_a_bracket_runs_over_the_lines_of_a_paragraph():
    text = "[Das fehlt:\n{Teile}]\nDanke."

    assert body_of(text) == [{"text": "Danke."}]
    assert body_of(text, {"Teile": "1 Kabel"}) == [{"text": "Das fehlt: 1 Kabel Danke."}]


def test_a_paragraph_of_which_nothing_is_left_is_left_out():
    assert body_of("[Nur {Grund}]\n\nDanke.") == [{"text": "Danke."}]


def test_paragraphs_about_a_thing_appear_for_each_and_stay_together():
    text = "Hallo.\n\nIhre {Nummer}.\n\nGrund von {Nummer}:[ {Grund}]\n\nDanke."

    assert [block["text"] for block in body_of(text, {}, NORTH, SOUTH)] == [
        "Hallo.",
        "Ihre R-1.",
        "Grund von R-1:",
        "Ihre R-2.",
        "Grund von R-2: Ausflug",
        "Danke.",
    ]


def test_lines_of_a_list_about_a_thing_make_one_list():
    text = "Das fehlt:\n- {Nummer}\n[- {Nummer} wegen {Grund}]\n- das Kabel"

    assert body_of(text, {}, NORTH, SOUTH) == [
        {"text": "Das fehlt:"},
        {"list": ["R-1", "R-2", "R-2 wegen Ausflug", "das Kabel"]},
    ]


def test_a_link_stands_by_itself_wherever_it_is_named():
    assert body_of("Hier {Seite} klicken.", {"Seite": LINK}) == [{"text": "Hier"}, *LINK, {"text": "klicken."}]


@pytest.mark.parametrize("trap", ["[{Nummer}]", "- eins", "{{", "Betreff\n\nnoch einer", "- {Grund}"])
def test_a_value_is_never_read(trap):
    assert body_of("{Nummer}", {"Nummer": trap}) == [{"text": " ".join(trap.split())}]


def test_a_bracket_that_is_meant_is_written_twice():
    assert body_of("{{Nummer}} [[{Nummer}]]", {"Nummer": "R-1"}) == [{"text": "{Nummer} [R-1]"}]


@pytest.mark.parametrize(
    ("text", "how", "line"),
    [
        ("Betreff {", Breaks.BRACE, 1),
        ("Betreff\n\neins\nzwei }", Breaks.BRACE, 4),
        ("Betreff\n\neins [{Nummer}\n\nzwei]", Breaks.OPENS, 3),
        ("Betreff\n\neins\n- zwei {Nummer}]", Breaks.CLOSES, 4),
        ("Betreff\n\n[eins {Nummer}\n[zwei {Grund}]]", Breaks.IN_BRACKET, 4),
        ("Betreff\n\n[eins]", Breaks.NAMES_NOTHING, 3),
    ],
)
def test_a_text_that_breaks_off_says_how_and_where(text, how, line):
    with pytest.raises(Unreadable) as trouble:
        read(text)

    assert (trouble.value.how, trouble.value.line) == (how, line)


def test_names_are_found_with_their_lines():
    assert list(names_by_line("{Nummer}\n\n[{ Grund }] {{Tag}}\n- {Tag}")) == [(1, "Nummer"), (3, "Grund"), (4, "Tag")]
