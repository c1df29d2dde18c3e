"""What the desk types while somebody talks: days, hours, people and counts as people write them."""

from datetime import date, time

import pytest

from frontend.views.calling.naming import Words
from frontend.views.calling.reading import Person, read_count, read_days, read_hours, read_person

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("23.11.-27.11.", (date(2026, 11, 23), date(2026, 11, 27))),
        ("23.-27.11.", (date(2026, 11, 23), date(2026, 11, 27))),
        ("23.11. bis 27.11.2026", (date(2026, 11, 23), date(2026, 11, 27))),
        ("23.11.26–27.11.26", (date(2026, 11, 23), date(2026, 11, 27))),
        ("23.11.", (date(2026, 11, 23), None)),
        ("2026-11-23 2026-11-27", (date(2026, 11, 23), date(2026, 11, 27))),
        ("20.12.-10.1.", (date(2026, 12, 20), date(2027, 1, 10))),
        ("3.2.-5.2.", (date(2027, 2, 3), date(2027, 2, 5))),
        ("27.11.2026-23.11.2026", None),
        ("31.2.", None),
        ("nächste Woche", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(typed, days):
    assert read_days(typed, TODAY) == days


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("Frau Meier, Tel. 0214 77 88", Person("Frau Meier", "0214 77 88")),
        ("Herr Demir", Person("Herr Demir", "")),
        ("Meier 0214/7788-12", Person("Meier", "0214/7788-12")),
        ("Frau Meier, meier@nord.example", Person("Frau Meier", "", "meier@nord.example")),
        ("0214 7788", None),
        ("", None),
    ],
)
def test_a_person_is_read_with_the_phone(typed, person):
    assert read_person(typed) == person


@pytest.mark.parametrize(
    ("typed", "count"), [("2 x bee", (2, "bee")), ("3 ipad", (3, "ipad")), ("25 kinder", (None, "25 kinder"))]
)
def test_a_count_is_not_a_number_of_children(typed, count):
    assert read_count(typed) == count


@pytest.mark.parametrize(
    ("typed", "hours", "rest"),
    [
        ("studio 10-12", (time(10), time(12)), "studio"),
        ("24.11. 10:30 bis 12 Uhr", (time(10, 30), time(12)), "24.11."),
        ("24.11. 10.30–12.15 uhr", (time(10, 30), time(12, 15)), "24.11."),
        ("23.11.-27.11.", None, "23.11.-27.11."),
        ("23.11.2026-27.11.2026", None, "23.11.2026-27.11.2026"),
        ("2026-11-23 2026-11-27", None, "2026-11-23 2026-11-27"),
        ("10-25", None, "10-25"),
        ("bee", None, "bee"),
    ],
)
def test_hours_are_no_days_and_days_no_hours(typed, hours, rest):
    read, left = read_hours(typed)

    assert (read, left.strip()) == (hours, rest)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2 x bee", Words("bee", count=2)),
        ("bee 25 kinder", Words("bee", children=25)),
        ("studio 24.11. 10-12", Words("studio", on=date(2026, 11, 24), hours=(time(10), time(12)))),
        ("studio 10-12 Uhr", Words("studio", hours=(time(10), time(12)))),
        ("ipad 9. generation", Words("ipad 9. generation")),
    ],
)
def test_what_is_called_for_is_taken_apart(typed, words):
    assert Words.of(typed, TODAY) == words
