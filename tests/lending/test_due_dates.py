"""Due dates by the published rules of real centres. The calendar is that of North Rhine-Westphalia in 2026."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from lending.due_dates import (
    Calendar,
    Due,
    Reason,
    Rules,
    Span,
    add_open_days,
    add_working_days,
    answered_by,
    blocked,
    closing_moment,
    due_at,
    earliest_pickup,
    grace_ends,
    is_open,
    is_school_day,
    next_open_day,
    previous_open_day,
    shifted,
    why_closed,
)

BERLIN = ZoneInfo("Europe/Berlin")
DAY, UNTIL_FOUR = (time(8), time(16)), [(time(10), time(16))]
MONDAY, FRIDAY, NEW_YEAR = date(2026, 11, 23), date(2026, 11, 27), date(2027, 1, 4)
CHRISTMAS = Span(date(2026, 12, 23), date(2027, 1, 6), "Weihnachtsferien")
AUTUMN = Span(date(2026, 10, 17), date(2026, 10, 31), "Herbstferien")
SUMMER = Span(date(2026, 7, 20), date(2026, 9, 1), "Sommerferien", is_summer=True)
NRW = Calendar(
    hours={weekday: [DAY] for weekday in range(5)},
    public_holidays={
        date(2026, 5, 25): "Pfingstmontag",
        date(2026, 12, 25): "1. Weihnachtstag",
        date(2027, 1, 1): "Neujahr",
    },
    school_holidays=[SUMMER, AUTUMN, CHRISTMAS],
)
FOUR_DAYS = replace(NRW, hours=dict.fromkeys(range(1, 5), UNTIL_FOUR))


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


def due(pickup_on: date, calendar: Calendar = NRW, **rules) -> tuple[date, list[str]]:
    """The day something is due, and the codes of the reasons."""
    found = due_at(pickup_on, Rules(**rules), calendar)
    return found.at.date(), [reason.code for reason in found.reasons]


def test_bonn_fourteen_working_days_by_courier():
    """Bonn: 14 Arbeitstage; the Schulpost collects on its tour day."""
    assert due(MONDAY, loan_days=14, day_kind="working") == (date(2026, 12, 11), ["period"])
    assert due(MONDAY, loan_days=14, day_kind="working", tour_day=2) == (date(2026, 12, 16), ["period", "tour_day"])


def test_warendorf_seven_days():
    assert due(MONDAY, loan_days=7) == (date(2026, 11, 30), ["period"])


def test_harburg_media_fourteen_days_devices_eight_arriving_at_the_centre():
    assert due(MONDAY, loan_days=14, return_time=time(12)) == (date(2026, 12, 7), ["period"])
    assert due_at(MONDAY, Rules(loan_days=8, return_time=time(12)), NRW).at == moment(date(2026, 12, 1), 12)


def test_main_spessart_fourteen_or_twenty_eight_days():
    assert due(MONDAY, loan_days=14) == (date(2026, 12, 7), ["period"])
    assert due(MONDAY, loan_days=28) == (date(2026, 12, 21), ["period"])


def test_erlangen_ten_school_days_and_five_more():
    """A pickup before the autumn holidays: they are no school days, and nothing is due in them."""
    before_autumn = date(2026, 10, 14)

    assert due(before_autumn, loan_days=10, day_kind="school") == (date(2026, 11, 11), ["period", "holidays"])
    assert due(date(2026, 11, 11), loan_days=5, day_kind="school") == (date(2026, 11, 18), ["period"])


def test_ostallgaeu_fourteen_days_holidays_not_counted():
    """A day that is counted before the holidays, but closed, does not become due within them."""
    assert due(date(2026, 10, 12), loan_days=14, counts_holidays=False) == (date(2026, 11, 10), ["period", "holidays"])
    assert due(date(2026, 12, 8), loan_days=14, counts_holidays=False) == (date(2026, 12, 22), ["period"])

    friday_before = replace(NRW, school_holidays=[Span(date(2026, 11, 29), date(2026, 12, 6), "Schneeferien")])
    assert due(date(2026, 11, 14), friday_before, loan_days=14, counts_holidays=False) == (
        date(2026, 12, 7),
        ["period", "holidays", "closed"],
    )


def test_hochtaunus_everything_back_before_the_summer_holidays():
    found = due_at(date(2026, 7, 10), Rules(loan_days=14, is_back_before_summer=True), NRW)

    assert found == Due(
        at=moment(date(2026, 7, 17)),
        reasons=(
            Reason("period", {"days": 14, "kind": "calendar"}),
            Reason("summer", {"day": SUMMER.starts_on, "name": "Sommerferien"}),
        ),
    )


def test_before_the_summer_the_courier_comes_once_more_if_he_can():
    rules = {"loan_days": 14, "is_back_before_summer": True, "tour_day": 2}

    assert due(date(2026, 7, 10), **rules) == (date(2026, 7, 15), ["period", "summer"])
    assert due(date(2026, 7, 16), **rules) == (date(2026, 7, 17), ["period", "summer"])


def test_what_is_picked_up_on_the_last_day_before_the_summer_is_due_at_closing_time():
    rules = Rules(loan_days=14, is_back_before_summer=True)

    assert due_at(date(2026, 7, 17), rules, NRW).at == moment(date(2026, 7, 17), 16)
    assert due_at(date(2026, 7, 20), rules, NRW).at == moment(date(2026, 8, 3))


def test_ludwigsburg_reminds_in_working_days():
    """Three, eight and twelve working days after Tuesday, 22 December; the third notice blocks."""
    due_on = date(2026, 12, 22)

    assert [add_working_days(due_on, days, NRW) for days in (3, 8, 12)] == [
        date(2026, 12, 28),
        date(2027, 1, 5),
        date(2027, 1, 11),
    ]


def test_a_closed_day_moves_the_due_date_and_says_so():
    """The sentence of the confirmation: 14 Tage; am Montag, 7.12., haben wir geschlossen."""
    closed = replace(NRW, closures=[Span(date(2026, 12, 7), date(2026, 12, 7), "Inventur")])

    assert due_at(MONDAY, Rules(loan_days=14), closed).reasons[1] == Reason(
        "closed", {"day": date(2026, 12, 7), "why": "Inventur", "moved_to": date(2026, 12, 8)}
    )


def test_a_tour_on_a_closed_day_is_the_next_tour():
    closed = replace(NRW, closures=[Span(date(2026, 12, 9), date(2026, 12, 9), "Inventur")])

    assert due(MONDAY, closed, loan_days=14, tour_day=2) == (date(2026, 12, 16), ["period", "tour_day", "closed"])


def test_a_courier_who_comes_when_nobody_is_there_does_not_count():
    assert due(MONDAY, FOUR_DAYS, loan_days=14, tour_day=0) == (date(2026, 12, 8), ["period", "closed"])
    assert due(MONDAY, FOUR_DAYS, loan_days=15, tour_day=0) == (date(2026, 12, 8), ["period", "closed"])


def test_a_period_of_no_days_ends_at_closing_time():
    assert due_at(MONDAY, Rules(loan_days=0), NRW).at == moment(MONDAY, 16)


@pytest.mark.parametrize(("pickup_on", "offset"), [(date(2026, 3, 20), 1), (date(2026, 10, 20), 2)])
def test_the_return_time_stays_the_same_over_the_change_of_clocks(pickup_on, offset):
    found = due_at(pickup_on, Rules(loan_days=14), replace(NRW, school_holidays=[])).at

    assert found.hour == 10
    assert found.utcoffset() != moment(pickup_on).utcoffset()
    assert moment(pickup_on).utcoffset().total_seconds() == offset * 3600
    assert shifted(moment(pickup_on).astimezone(ZoneInfo("UTC")), 14) == found


def test_why_the_centre_is_closed():
    sunday, holiday = date(2026, 11, 29), date(2026, 12, 25)
    closed = replace(NRW, closures=[Span(MONDAY, FRIDAY, "Umzug")])

    assert [why_closed(day, closed) for day in (sunday, holiday, FRIDAY, NEW_YEAR)] == [
        "",
        "1. Weihnachtstag",
        "Umzug",
        None,
    ]
    assert not is_school_day(NEW_YEAR, NRW)


def test_open_days_skip_what_is_closed_in_both_directions():
    assert next_open_day(FRIDAY, FOUR_DAYS) == date(2026, 12, 1)
    assert previous_open_day(date(2026, 12, 1), FOUR_DAYS) == FRIDAY
    assert add_open_days(date(2026, 12, 24), 2, NRW) == date(2026, 12, 29)
    assert add_open_days(date(2026, 12, 28), -2, NRW) == date(2026, 12, 23)
    assert add_open_days(MONDAY, 0, FOUR_DAYS) == MONDAY


def test_preparation_and_turnaround_are_counted_in_open_days():
    """Wednesday to Tuesday, one day to prepare and two to clean: the centre is closed on Mondays."""
    rules = Rules(preparation_days=1, turnaround_days=2)

    assert blocked((moment(date(2026, 11, 25)), moment(date(2026, 12, 1))), rules, FOUR_DAYS) == (
        moment(date(2026, 11, 24)),
        moment(date(2026, 12, 3)),
    )


@pytest.mark.parametrize(
    ("asked_at", "earliest"),
    [
        (moment(MONDAY, 9), date(2026, 11, 24)),
        (moment(MONDAY, 17), date(2026, 11, 25)),
        (moment(FRIDAY, 9), date(2026, 11, 30)),
        (moment(date(2026, 11, 29), 20), date(2026, 12, 1)),
    ],
    ids=["in the morning", "after closing time", "on Friday", "on Sunday"],
)
def test_one_lead_day_is_a_day_on_which_somebody_can_pack(asked_at, earliest):
    assert earliest_pickup(asked_at, Rules(lead_days=1), NRW) == earliest


def test_without_lead_today_will_do_until_the_desk_closes():
    assert earliest_pickup(moment(MONDAY, 15), Rules(), NRW) == MONDAY
    assert earliest_pickup(moment(MONDAY, 16), Rules(), NRW) == date(2026, 11, 24)


def test_grace_lasts_to_closing_time():
    assert grace_ends(moment(FRIDAY), NRW) == moment(FRIDAY, 16)
    assert grace_ends(moment(FRIDAY, 18), NRW) == moment(FRIDAY, 18)
    assert closing_moment(date(2026, 11, 28), NRW) == moment(date(2026, 11, 29), 0)


def test_a_centre_without_opening_hours_hangs_nobody():
    never = Calendar(hours={})

    assert not is_open(MONDAY, never)
    assert due(MONDAY, never, loan_days=2, day_kind="open") == (date(2026, 11, 25), ["period"])
    assert earliest_pickup(moment(MONDAY), Rules(lead_days=2), never) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("asked_at", "days", "by"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=BERLIN), 1, date(2026, 11, 24)),
        (datetime(2026, 11, 23, 9, tzinfo=BERLIN), 0, MONDAY),
        (datetime(2026, 11, 27, 17, tzinfo=BERLIN), 1, date(2026, 12, 1)),  # Friday evening is read on Monday
        (datetime(2026, 11, 28, 9, tzinfo=BERLIN), 1, date(2026, 12, 1)),
    ],
)
def test_a_request_is_answered_some_open_days_after_it_is_seen(asked_at, days, by):
    assert answered_by(asked_at, days, NRW) == by
