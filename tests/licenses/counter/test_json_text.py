"""JSON piece by piece says what JSON as a whole says, wherever the pieces are cut."""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licenses.counter.reading import json_text
from licenses.counter.reading.json_text import JsonIsDamaged, JsonText

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=15,
)
SPACES = st.sampled_from([None, 1, "\t"])


@pytest.fixture(scope="module", autouse=True)
def tiny_pieces():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "_CHUNK", 3)
        yield


def file(told, *, indent=None) -> BytesIO:
    return BytesIO(json.dumps(told, ensure_ascii=False, indent=indent).encode())


def taken(text: JsonText):
    """The next value, walked through instead of taken as a whole."""
    match text.peek():
        case "{":
            return {key: taken(text) for key in text.keys()}  # noqa: SIM118  no dictionary
        case "[":
            return [taken(text) for _each in text.elements()]
    return text.value()


@given(ANY, SPACES)
def test_taken_as_a_whole(told, indent):
    assert JsonText(file(told, indent=indent)).value() == told


@given(ANY, SPACES)
def test_walked_through(told, indent):
    assert taken(JsonText(file(told, indent=indent))) == told


@given(ANY, ANY, st.integers(0, 4))
def test_passed_over(first, second, levels):
    text = JsonText(file([first, second]))
    elements = text.elements()

    next(elements)
    text.skip(levels)
    next(elements)

    assert text.value() == second


@settings(deadline=None)
@given(ANY, st.integers(0, 40))
def test_cut_off_it_is_damaged(told, length):
    whole = json.dumps([told, [1]]).encode()

    with pytest.raises(JsonIsDamaged):
        taken(JsonText(BytesIO(whole[: min(length, len(whole) - 1)])))


@given(st.text('[]{}":,1e-tfn \\u00dc', max_size=20))
def test_anything_is_json_or_damaged(words):
    try:
        expected = json.loads(words)
    except ValueError:
        expected = JsonIsDamaged
    try:
        text = JsonText(BytesIO(words.encode()))
        found = taken(text)
    except JsonIsDamaged:
        found = JsonIsDamaged
    else:
        found = found if text.peek() == "" else JsonIsDamaged  # something follows

    assert found == expected


@pytest.mark.parametrize("told", ["9" * 9_000, "[" * 9_000, "[" * 200_000 + "]" * 200_000, '"' + "x" * 9_000])
def test_what_would_stop_a_worker_is_damage(told):
    with pytest.raises(JsonIsDamaged):
        JsonText(BytesIO(told.encode())).value()


def test_a_text_without_an_end_is_not_read_to_the_end(monkeypatch):
    monkeypatch.setattr(json_text, "_LARGEST", 10_000)
    endless = BytesIO(b'"' + b"x" * 1_000_000)

    with pytest.raises(JsonIsDamaged):
        JsonText(endless).value()

    assert endless.tell() < 100_000
