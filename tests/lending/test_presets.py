"""The presets give the due dates that the centres themselves have published (FACTS, November 2026)."""

from datetime import date, time

import pytest

from lending.due_dates import Rules, add_working_days, due_at
from lending.models.policy import FALLBACK
from lending.policies import Terms
from lending.presets import BY_KEY, PRESETS
from tests.lending.test_due_dates import MONDAY, NRW

RULES = set(Rules.__dataclass_fields__)


def due(key: str, pickup_on: date, **more) -> date:
    """Counted by the preset, and where it says nothing by what holds without any rule."""
    said = {**FALLBACK, **BY_KEY[key].said, **more}
    rules = Rules(**{name: value for name, value in said.items() if name in RULES})
    return due_at(pickup_on, rules, NRW).at.date()


@pytest.mark.parametrize(
    ("key", "pickup_on", "due_on"),
    [
        ("bonn", MONDAY, date(2026, 12, 11)),  # 14 working days
        ("warendorf", MONDAY, date(2026, 11, 30)),  # 7 days
        ("harburg", MONDAY, date(2026, 12, 7)),  # media: 14 days
        ("main-spessart", MONDAY, date(2026, 12, 7)),  # 14 days
        ("erlangen", date(2026, 10, 14), date(2026, 11, 11)),  # 10 school days, over the autumn holidays
        ("ostallgaeu", date(2026, 10, 12), date(2026, 11, 10)),  # 14 days, holidays not counted
        ("hochtaunus", date(2026, 7, 10), date(2026, 7, 17)),  # everything back before the summer
        ("ludwigsburg", MONDAY, date(2026, 12, 7)),  # says nothing of the period
    ],
)
def test_the_due_date_is_the_published_one(key, pickup_on, due_on):
    assert due(key, pickup_on) == due_on


def test_devices_in_harburg_after_eight_days():
    assert due("harburg", MONDAY, loan_days=8) == date(2026, 12, 1)


def test_some_things_in_main_spessart_after_four_weeks_and_nothing_waits_longer_than_two_days():
    assert due("main-spessart", MONDAY, loan_days=28) == date(2026, 12, 21)
    assert BY_KEY["main-spessart"].said["no_show_days"] == 2


def test_five_more_school_days_in_erlangen():
    assert due("erlangen", date(2026, 11, 11), loan_days=BY_KEY["erlangen"].said["renewal_days"]) == date(2026, 11, 18)


def test_the_third_notice_in_ludwigsburg():
    days = [add_working_days(date(2026, 12, 22), it, NRW) for it in BY_KEY["ludwigsburg"].said["remind_days_after"]]

    assert days == [date(2026, 12, 28), date(2027, 1, 5), date(2027, 1, 11)]


def test_a_preset_says_only_what_a_rule_can_say():
    assert all(it.said.keys() <= Terms.__dataclass_fields__.keys() for it in PRESETS)
    assert not any(isinstance(value, time) for it in PRESETS for value in it.said.values())
