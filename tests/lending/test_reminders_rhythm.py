"""When the next reminder is due, on a plain calendar: open Monday to Friday, closed on the 7th of December."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lending.due_dates import Calendar, Span, is_working_day
from lending.reminders.rhythm import Late, Reminder, Rhythm, Told, next_reminder

OPEN = {weekday: [(time(8), time(16))] for weekday in range(5)}
CALENDAR = Calendar(hours=OPEN, closures=[Span(date(2026, 12, 7), date(2026, 12, 7))])
RHYTHM = Rhythm(2, [3, 8, 12])
LENT = date(2026, 11, 12)
DUE = date(2026, 11, 26)  # a Thursday


def november(day: int) -> date:
    return date(2026, 11, day)


def december(day: int) -> date:
    return date(2026, 12, day)


def step_on(today: date, *told: Told, due_on: date = DUE, **more) -> Reminder | None:
    return next_reminder(Late(LENT, due_on, told=told, **more), RHYTHM, CALENDAR, today=today)


def test_the_first_word_comes_two_open_days_before():
    assert step_on(november(20)) == Reminder(0, november(24))


def test_open_days_before_leave_out_closing_days():
    assert step_on(december(1), due_on=december(8)) == Reminder(0, december(3))  # the weekend, and the 7th is closed


def test_nobody_is_reminded_on_the_day_of_the_handover():
    assert next_reminder(Late(november(24), DUE), RHYTHM, CALENDAR, today=november(24)) == Reminder(1, december(1))


def test_the_levels_follow_after_three_eight_and_twelve_working_days():
    assert step_on(DUE) == Reminder(1, december(1))
    assert step_on(december(1), Told(1, december(1))) == Reminder(2, december(8))
    assert step_on(december(8), Told(1, december(1)), Told(2, december(8))) == Reminder(3, december(14))


def test_after_the_last_level_there_is_nothing_more_to_say():
    assert step_on(december(20), Told(3, december(14))) is None


def test_a_public_holiday_is_no_working_day():
    calendar = Calendar(hours=OPEN, public_holidays={november(30): "Feiertag"})
    late = Late(LENT, DUE)

    assert next_reminder(late, RHYTHM, calendar, today=DUE) == Reminder(1, december(2))


def test_who_was_never_reminded_begins_with_the_first_level_however_late():
    assert step_on(date(2027, 3, 1)) == Reminder(1, december(1))


def test_levels_keep_their_distance_when_the_first_one_came_late():
    late_start = date(2027, 3, 1)
    assert step_on(late_start, Told(1, late_start)) == Reminder(2, date(2027, 3, 8))


def test_a_promise_keeps_quiet_until_it_is_broken_and_then_goes_one_level_up():
    told = Told(1, december(1))
    assert step_on(december(2), told, promised_on=december(3)) == Reminder(2, december(4))


def test_after_a_promise_for_friday_the_next_word_comes_on_monday():
    assert step_on(december(2), Told(1, december(1)), promised_on=december(4)) == Reminder(2, december(7))


def test_a_broken_promise_is_answered_once():
    answered = [Told(1, december(1)), Told(2, december(4))]
    assert step_on(december(7), *answered, promised_on=december(3)) == Reminder(3, december(14))


def test_without_days_before_nobody_is_told_before():
    quiet = Rhythm(0, [3])
    assert next_reminder(Late(LENT, DUE), quiet, CALENDAR, today=november(20)) == Reminder(1, december(1))


days = st.integers(0, 60).map(lambda number: DUE + timedelta(days=number))


@given(today=days, told_on=st.none() | days, promised_on=st.none() | days, step=st.integers(1, 3))
def test_a_level_is_always_on_a_working_day_after_the_due_day_and_one_step_further(today, told_on, promised_on, step):
    told = [Told(step, told_on)] if told_on else []
    reminder = step_on(today, *told, promised_on=promised_on)

    assert (reminder is None) == (bool(told) and step == 3)
    if reminder is not None:
        assert is_working_day(reminder.on, CALENDAR)
        assert reminder.on > DUE
        assert reminder.step == (step + 1 if told else 1)


@pytest.mark.parametrize("due_on", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_days_around_daylight_saving_are_days_like_others(due_on):
    level_one = next_reminder(Late(LENT - timedelta(days=60), due_on), RHYTHM, CALENDAR, today=due_on)
    assert level_one == Reminder(1, due_on + timedelta(days=3))  # both are Sundays
