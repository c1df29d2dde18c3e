"""Codes survive keyboards: whatever a scanner and a computer disagree about, the token is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leihwerk import tokens
from leihwerk.keyboards import readings

LAYOUTS = {
    "US scanner, German computer": str.maketrans("-yz[]\\;'/@#^&*()_{}|:\"<>?YZ", "ßzyü+#öä-\"§&/()=?Ü*'ÖÄ;:_ZY"),
    "German scanner, US computer": str.maketrans("ßzyü+#öä-\"§&/()=?Ü*'ÖÄ;:_ZY", "-yz[]\\;'/@#^&*()_{}|:\"<>?YZ"),
    "the same layout": {},
}
SHIFT_LOCK = str.maketrans("1234567890ß/", '!"§$%&/()=?7')

token = st.text(tokens.ALPHABET, min_size=tokens.TOKEN_LENGTH, max_size=tokens.TOKEN_LENGTH)
layout = st.sampled_from(list(LAYOUTS.values()))
prefix = st.sampled_from(["", "HTTPS://LEIHWERK.EXAMPLE/E/", "http://localhost:8000/e/", "]Q1", "  ", "YZß-:/;_?#"])
ending = st.sampled_from(["", "\r", "\n", "\t", "  ", "/"])


@given(token, layout, prefix, ending, st.booleans())
def test_a_token_is_read_on_any_layout(token, layout, prefix, ending, is_lower):
    sent = prefix + token + ending
    typed = (sent.lower() if is_lower else sent).translate(layout)

    assert token in tokens.tokens_in(typed)


@given(token, layout)
def test_a_token_is_read_with_the_shift_lock_on(token, layout):
    assert token in tokens.tokens_in(token.lower().translate(layout).translate(SHIFT_LOCK))


def test_a_new_token_is_long_and_of_the_alphabet():
    made = {tokens.new_token() for _ in range(1000)}

    assert len(made) == 1000
    assert {len(token) for token in made} == {tokens.TOKEN_LENGTH}
    assert set("".join(made)) <= set(tokens.ALPHABET)


@given(st.text(max_size=60))
def test_anything_typed_has_a_reading_without_control_characters(typed):
    assert readings(typed)
    assert all(reading.isprintable() for reading in readings(typed))


@given(st.integers(1, 10**8), st.data())
def test_one_wrong_digit_is_noticed(serial, data):
    number = tokens.with_check_digit(serial)
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != number[place]))

    assert tokens.is_right(number)
    assert not tokens.is_right(number[:place] + wrong + number[place + 1 :])


@given(st.integers(1, 10**8), st.data())
def test_two_swapped_neighbours_are_noticed(serial, data):
    number = tokens.with_check_digit(serial)
    place = data.draw(st.integers(0, len(number) - 2))
    first, second = number[place : place + 2]

    assert first == second or not tokens.is_right(number[:place] + second + first + number[place + 2 :])


@pytest.mark.parametrize("typed", ["000124", "000 124", " 000-124 ", "000.124"])
def test_a_short_number_is_read_as_people_type_it(typed):
    assert tokens.short_numbers_in(typed) == {"000124"}


@pytest.mark.parametrize("typed", ["", "12345", "MZ-000124", "1234567890123"])
def test_other_things_are_no_short_numbers(typed):
    assert not tokens.short_numbers_in(typed)
    assert not tokens.is_mistyped(typed)


def test_a_short_number_is_spoken_in_two_groups():
    assert tokens.spoken("000124") == "000 124"
    assert tokens.spoken("1000129") == "1000 129"
