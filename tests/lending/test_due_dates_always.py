"""What holds for every calendar and all rules."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lending.due_dates import (
    Calendar,
    Rules,
    Span,
    add_open_days,
    blocked,
    due_at,
    is_open,
    local_day,
    next_open_day,
    pickup_moment,
    previous_open_day,
    return_moment,
    shifted,
)

FIRST = date(2026, 1, 1)
days = st.integers(0, 700).map(lambda number: FIRST + timedelta(days=number))
clocks = st.sampled_from([time(8), time(10), time(12, 30), time(16)])


@st.composite
def spans(draw: st.DrawFn) -> Span:
    starts_on = draw(days)
    return Span(starts_on, starts_on + timedelta(days=draw(st.integers(0, 45))), "frei", draw(st.booleans()))


calendars = st.builds(
    Calendar,
    hours=st.sets(st.integers(0, 6), min_size=1).map(lambda them: {weekday: [(time(8), time(17))] for weekday in them}),
    closures=st.lists(spans(), max_size=3),
    public_holidays=st.dictionaries(days, st.just("Feiertag"), max_size=5),
    school_holidays=st.lists(spans(), max_size=4),
)
rules_of_all_kinds = st.builds(
    Rules,
    loan_days=st.integers(0, 40),
    day_kind=st.sampled_from(["calendar", "open", "working", "school"]),
    counts_holidays=st.booleans(),
    is_back_before_summer=st.booleans(),
    pickup_time=clocks,
    return_time=clocks,
    preparation_days=st.integers(0, 3),
    turnaround_days=st.integers(0, 3),
    tour_day=st.none() | st.integers(0, 6),
)


@given(days, rules_of_all_kinds, calendars)
def test_a_due_date_is_on_an_open_day_after_the_pickup_and_has_its_reasons(pickup_on, rules, calendar):
    due = due_at(pickup_on, rules, calendar)

    assert is_open(local_day(due.at), calendar)
    assert due.at > pickup_moment(pickup_on, rules)
    assert due.reasons[0].code == "period"


@given(days, st.integers(0, 20), rules_of_all_kinds, calendars)
def test_whoever_picks_up_later_may_bring_it_back_later(pickup_on, later, rules, calendar):
    first = due_at(pickup_on, rules, calendar)
    second = due_at(pickup_on + timedelta(days=later), rules, calendar)

    assert local_day(first.at) <= local_day(second.at)


@given(days, st.integers(0, 30), rules_of_all_kinds, calendars)
def test_the_blocked_range_covers_the_period_and_touches_only_open_days_beyond_it(pickup_on, length, rules, calendar):
    period = pickup_moment(pickup_on, rules), return_moment(pickup_on + timedelta(days=length + 1), rules)

    start, end = blocked(period, rules, calendar)

    assert start <= period[0] < period[1] <= end
    assert start == period[0] or is_open(local_day(start), calendar)
    assert end == period[1] or is_open(local_day(end), calendar)


@given(days, st.integers(1, 10), calendars)
def test_open_days_forth_and_back_lead_home(day, count, calendar):
    day = next_open_day(day, calendar)

    assert add_open_days(add_open_days(day, count, calendar), -count, calendar) == day
    assert previous_open_day(next_open_day(day, calendar), calendar) == day


@given(days, clocks, st.integers(-400, 400))
def test_a_shifted_moment_keeps_its_time_of_day(day, clock, number):
    moment = pickup_moment(day, Rules(pickup_time=clock))

    assert shifted(moment, number).time() == clock
    assert local_day(shifted(moment, number)) == day + timedelta(days=number)
