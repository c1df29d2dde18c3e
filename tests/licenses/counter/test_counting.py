"""How clicks become figures: the examples of the standard, and the rules against a second wording of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from licenses.counter.clicks import Click, Use
from licenses.counter.counting import Counted, count, figures, without_double_clicks
from licenses.counter.figures import Figure, summed
from licenses.counter.metrics import Metric
from tests.licenses.counter import counting_in_sql
from tests.licenses.counter.strategies import bursts

TEN = datetime(2026, 6, 15, 8, 1, tzinfo=UTC)  # ten o'clock in Berlin
JUNE = date(2026, 6, 1)


def click(seconds: float = 0, *, use: Use = Use.REQUEST, medium=1, session="anna", start=TEN, robot=False) -> Click:
    return Click(medium, use, session, start + timedelta(seconds=seconds), robot)


def number(metric: Metric, clicks: list[Click], *, month: date = JUNE) -> int:
    return count(clicks).get(Counted(1, month, metric), 0)


@pytest.mark.parametrize(("seconds", "expected"), [(29, 1), (30, 1), (30.001, 2), (35, 2)])
def test_two_clicks_within_thirty_seconds_are_one(seconds, expected):
    assert number(Metric.TOTAL_ITEM_REQUESTS, [click(), click(seconds)]) == expected


def test_the_second_click_is_the_one_that_stays():
    first, second = click(0), click(20)

    assert list(without_double_clicks([second, first])) == [second]


def test_a_double_click_over_the_turn_of_a_month_belongs_to_the_new_one():
    midnight = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)

    counted = count([click(-10, start=midnight), click(10, start=midnight)])

    assert {key.month for key in counted} == {date(2026, 7, 1)}


def test_impatient_clicking_counts_once_however_long_it_goes_on():
    assert number(Metric.TOTAL_ITEM_REQUESTS, [click(seconds) for seconds in range(0, 300, 25)]) == 1


@pytest.mark.parametrize(
    "other", [click(5, session="bert"), click(5, medium=2), click(5, use=Use.INVESTIGATION)], ids=repr
)
def test_a_click_by_another_or_on_something_else_is_no_double_click(other):
    assert len(list(without_double_clicks([click(), other]))) == 2


@pytest.mark.parametrize(
    ("use", "metric"), [(Use.NO_LICENSE, Metric.NO_LICENSE), (Use.LIMIT_EXCEEDED, Metric.LIMIT_EXCEEDED)]
)
def test_a_denial_is_counted_without_double_clicks_and_is_no_use(use, metric):
    assert count([click(0, use=use), click(9, use=use), click(99, use=use)]) == {Counted(1, JUNE, metric): 2}


def test_whoever_uses_a_medium_has_looked_at_it():
    assert count([click(use=Use.REQUEST)]) == {
        Counted(1, JUNE, Metric.TOTAL_ITEM_INVESTIGATIONS): 1,
        Counted(1, JUNE, Metric.UNIQUE_ITEM_INVESTIGATIONS): 1,
        Counted(1, JUNE, Metric.TOTAL_ITEM_REQUESTS): 1,
        Counted(1, JUNE, Metric.UNIQUE_ITEM_REQUESTS): 1,
    }


def test_looking_and_using_in_one_hour_is_one_unique_investigation():
    clicks = [click(0, use=Use.INVESTIGATION), click(5), click(600)]

    assert number(Metric.TOTAL_ITEM_INVESTIGATIONS, clicks) == 3
    assert number(Metric.UNIQUE_ITEM_INVESTIGATIONS, clicks) == 1
    assert number(Metric.UNIQUE_ITEM_REQUESTS, clicks) == 1


def test_the_next_hour_is_another_session():
    assert number(Metric.UNIQUE_ITEM_REQUESTS, [click(), click(3600)]) == 2


def test_robots_do_not_count_and_do_not_swallow_the_clicks_of_people():
    assert count([click(0, robot=True)]) == {}
    assert number(Metric.TOTAL_ITEM_REQUESTS, [click(0), click(5, robot=True)]) == 1


def test_a_month_is_that_of_the_centre():
    evening = click(start=datetime(2026, 5, 31, 22, 30, tzinfo=UTC))  # half past midnight in Berlin

    assert {key.month for key in count([evening])} == {JUNE}
    assert {key.month for key in count([evening], zone=UTC)} == {date(2026, 5, 1)}


def test_figures_are_told_of_items(film):
    told = sorted(figures(count([click()]), {1: film}, source="eigene"))

    assert [(figure.content, figure.month, figure.number, figure.source) for figure in told] == [
        (film, JUNE, 1, "eigene")
    ] * 4


def test_figures_of_the_same_are_summed(film):
    january, february = date(2026, 1, 1), date(2026, 2, 1)
    told = [Figure(film, Metric.NO_LICENSE, month, 2) for month in (february, january, january)]
    others = [Figure(film, Metric.NO_LICENSE, january, 7, "FWU")]

    assert [(figure.month, figure.number, figure.source) for figure in summed(told + others)] == [
        (january, 4, ""),
        (january, 7, "FWU"),
        (february, 2, ""),
    ]


@pytest.mark.django_db
@settings(deadline=None)
@given(bursts())
def test_the_database_counts_the_same(clicks):
    assert count(clicks) == counting_in_sql.counted(clicks, zone="Europe/Berlin")
    assert count(clicks, zone=ZoneInfo("UTC")) == counting_in_sql.counted(clicks, zone="UTC")


@given(bursts())
def test_totals_are_never_below_uniques_nor_investigations_below_requests(clicks):
    counted = count(clicks)
    for (medium, month, metric), number in counted.items():
        beyond = str(metric).replace("Unique", "Total"), str(metric).replace("Requests", "Investigations")
        assert all(counted[Counted(medium, month, Metric(name))] >= number for name in beyond)


@given(bursts())
def test_the_order_in_which_clicks_arrive_does_not_matter(clicks):
    assert count(clicks) == count(reversed(clicks))
