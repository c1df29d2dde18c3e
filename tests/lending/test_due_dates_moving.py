"""Where pickups and returns go when their day turns out to be closed: pure, on plain calendars."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lending.due_dates import Edit, Span, Way, is_open, local_day, moved, moved_period
from tests.lending.test_due_dates import NRW, moment

TUESDAY = date(2026, 12, 1)
ANY = Way()


def closing(first: date, last: date | None = None) -> Edit:
    return Edit(NRW, replace(NRW, closures=[Span(first, last or first, "Sturm")]))


def test_the_next_open_day_at_the_same_time():
    assert moved(moment(TUESDAY), closing(TUESDAY), ANY) == moment(date(2026, 12, 2))
    assert moved(moment(date(2026, 12, 4)), closing(date(2026, 12, 4)), ANY) == moment(date(2026, 12, 7))


def test_the_courier_comes_a_week_later():
    assert moved(moment(TUESDAY), closing(TUESDAY), Way(tour_day=1)) == moment(date(2026, 12, 8))


def test_nothing_becomes_due_in_holidays_that_do_not_count():
    assert moved(moment(date(2026, 12, 22)), closing(date(2026, 12, 22)), Way(avoids_holidays=True)) == moment(
        date(2027, 1, 7)
    )


def test_what_lay_on_a_closed_day_before_stays():
    saturday = date(2026, 12, 5)

    assert moved(moment(saturday), closing(saturday), ANY) == moment(saturday)


def test_what_lies_on_one_day_stays_on_one_day():
    period = (moment(TUESDAY, 10), moment(TUESDAY, 12))

    assert moved_period(period, closing(TUESDAY), pickup=ANY, back=ANY) == (
        moment(date(2026, 12, 2), 10),
        moment(date(2026, 12, 2), 12),
    )


def test_what_has_begun_keeps_its_start():
    period = (moment(TUESDAY), moment(date(2026, 12, 2)))
    edit = closing(TUESDAY, date(2026, 12, 2))

    assert moved_period(period, edit, pickup=ANY, back=ANY, has_begun=True) == (
        moment(TUESDAY),
        moment(date(2026, 12, 3)),
    )


@given(
    start=st.integers(0, 60), length=st.integers(0, 20), first=st.integers(0, 60), days=st.integers(0, 15),
    tour_day=st.none() | st.integers(0, 4),
)  # fmt: skip
def test_a_moved_period_is_never_empty_and_never_earlier(start, length, first, days, tour_day):
    begins = TUESDAY + timedelta(days=start)
    period = (moment(begins, 9), moment(begins + timedelta(days=length), 12))
    closed = TUESDAY + timedelta(days=first)
    edit, way = closing(closed, closed + timedelta(days=days)), Way(tour_day=tour_day)

    after = moved_period(period, edit, pickup=way, back=way)

    assert period[0] <= after[0] < after[1]
    assert period[1] <= after[1]
    for was, now in zip(period, after, strict=True):
        if was != now and length:
            assert is_open(local_day(now), edit.after)
