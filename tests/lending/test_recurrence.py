"""Rules of repetition, read on local days: what people say of rooms, and nothing that could run for ever."""

from contextlib import suppress
from datetime import date, datetime
from time import monotonic

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from lending.recurrence import MOST_DATES, occurrences
from lending.refusals import NoRule, TooManyDates

MONDAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["2027-03-01", "2027-03-08", "2027-03-15"]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20270329", ["2027-03-01", "2027-03-15", "2027-03-29"]),
        ("FREQ=WEEKLY;UNTIL=20270308T230000Z", ["2027-03-01", "2027-03-08"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", ["2027-03-01", "2027-03-03", "2027-03-08", "2027-03-10"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["2027-03-01", "2027-03-26", "2027-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=3", ["2027-03-01", "2027-03-31", "2027-04-01"]),
        ("freq=daily;count=2;", ["2027-03-01", "2027-03-02"]),
    ],
)
def test_a_rule_gives_days_and_the_first_is_always_one_of_them(rule, days):
    assert [str(day) for day in occurrences(rule, MONDAY)] == days


@pytest.mark.parametrize(
    "rule",
    [
        "", "WEEKLY", "FREQ=WEEKLY", "FREQ=HOURLY;COUNT=2", "FREQ=SECONDLY;COUNT=2", "FREQ=YEARLY;COUNT=2",
        "FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;COUNT=2;COUNT=3", "FREQ=WEEKLY;COUNT=2;UNTIL=20270308",
        "FREQ=WEEKLY;INTERVAL=0;COUNT=2", "FREQ=WEEKLY;UNTIL=20271340", "FREQ=WEEKLY;UNTIL=morgen",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=2", "FREQ=WEEKLY;BYDAY=2MO;COUNT=2", "FREQ=MONTHLY;BYMONTHDAY=32;COUNT=2",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=MO;COUNT=2", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2",
        "FREQ=MONTHLY;BYMONTHDAY=1,;COUNT=2", "FREQ=WEEKLY;COUNT=²", "FREQ=WEEKLY;WKST=XX;COUNT=1", "x" * 10_000,
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(rule):
    with pytest.raises(NoRule):
        occurrences(rule, MONDAY)


def test_sixty_dates_are_enough():
    assert len(occurrences(f"FREQ=DAILY;COUNT={MOST_DATES}", MONDAY)) == MOST_DATES
    with pytest.raises(TooManyDates):
        occurrences(f"FREQ=DAILY;COUNT={MOST_DATES + 1}", MONDAY)


def test_a_rule_that_never_comes_true_ends_soon():
    begun = monotonic()

    assert occurrences("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30;COUNT=9", date(2027, 2, 1)) == [date(2027, 2, 1)]
    assert monotonic() - begun < 10


often = st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"])
parts = st.fixed_dictionaries({"FREQ": often, "INTERVAL": st.integers(1, 4), "COUNT": st.integers(1, 20)})


@settings(max_examples=100, deadline=None)
@given(said=parts, first=st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_it_says_what_a_reader_of_the_standard_says(said, first):
    """Beside dateutil's own reader of whole rules, which we do not let people use."""
    rule = ";".join(f"{name}={value}" for name, value in said.items())
    known = [it.date() for it in rrulestr(rule, dtstart=_noon(first))]

    assert occurrences(rule, first) == known


def _noon(day):
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  a local day


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="FREQ=WKLYDAIUNTCO;0123456789,-+MOBZ", max_size=60))
def test_nonsense_is_refused_and_never_a_fault(rule):
    with suppress(NoRule, TooManyDates):
        assert MONDAY in occurrences(rule, MONDAY)
