"""Days that follow each other are counted together, and it is the same as one by one."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from licenses.counter.counting import ZONE
from licenses.models import MonthlyUse, UseDay, UseEvent, UseKind
from licenses.models.monthly_use import COLUMNS
from licenses.usage import counting
from licenses.usage.recording import SALT_BYTES
from tests.races import together

pytestmark = pytest.mark.django_db

START = datetime(2026, 10, 29, 10, tzinfo=ZONE)
DAYS = [START.date() + timedelta(days=number) for number in range(5)]  # three of October, two of November
LATER = datetime(2026, 12, 1, 3, 10, tzinfo=ZONE)


@pytest.fixture
def used(films, schools, center) -> None:
    """On each of the days each school looks at each film, opens it twice, and is refused; teachers and pupils."""
    UseDay.objects.bulk_create(UseDay(day=day, salt=b"s" * SALT_BYTES) for day in DAYS)
    acts = [(UseKind.INVESTIGATION, 0), (UseKind.REQUEST, 20), (UseKind.REQUEST, 49), (UseKind.NO_LICENSE, 300)]
    UseEvent.objects.bulk_create(
        UseEvent(
            center=center,
            institution=school,
            medium=film,
            kind=kind,
            session=UUID(int=1_000 * number + 10 * school.pk + is_by_pupil),
            at=START + timedelta(days=number, seconds=seconds),
            is_by_pupil=is_by_pupil,
        )
        for number, _day in enumerate(DAYS)
        for school in schools
        for film in films
        for is_by_pupil in (False, True)
        for kind, seconds in acts
    )


def told() -> list[tuple]:
    rows = MonthlyUse.objects.order_by("month", "institution", "medium", "is_by_pupils")
    return list(rows.values_list("month", "institution", "medium", "is_by_pupils", *COLUMNS.values()))


def forget() -> None:
    MonthlyUse.objects.all().delete()
    UseDay.objects.update(counted_at=None, salt=b"s" * SALT_BYTES)


def additions(seen: CaptureQueriesContext) -> int:
    return sum("INSERT INTO licenses_monthlyuse" in query["sql"] for query in seen.captured_queries)


def test_days_over_the_end_of_a_month_are_two_statements_and_count_as_one_by_one(used):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert counting.count_days(LATER) == 5
    at_once = told()
    forget()
    for day in DAYS:
        counting.count_together([day], LATER)

    assert additions(seen) == 2
    assert at_once == told()
    assert {row.month: row.total_requests for row in MonthlyUse.objects.all()} == {
        date(2026, 10, 1): 3,
        date(2026, 11, 1): 2,
    }, "the second of two requests within thirty seconds stays, on each day"


def test_who_counts_again_adds_nothing(used):
    assert counting.count_together(DAYS, LATER) == 5
    before = told()

    assert counting.count_together(DAYS, LATER) == 0
    assert told() == before


def test_a_day_that_was_counted_is_left_out_of_the_run(used):
    counting.count_together(DAYS[1:2], LATER)
    with CaptureQueriesContext(connection) as seen:
        assert counting.count_together(DAYS, LATER) == 4
    with_a_gap = told()
    forget()
    counting.count_together(DAYS, LATER)

    assert additions(seen) == 3, "before the gap, after it, and the next month"
    assert with_a_gap == told()


def test_without_minding_the_gap_a_day_would_be_counted_twice(used):
    """The negative control: a statement counts all from its first day to its last."""
    counting.count_together(DAYS[:3], LATER)
    right = told()
    forget()
    counting.count_together(DAYS[1:2], LATER)
    counting._add(DAYS[0], DAYS[2])

    assert [row[:4] for row in told()] == [row[:4] for row in right]
    assert told() != right


@pytest.mark.django_db(transaction=True)
def test_runs_that_overlap_count_each_day_once(used):
    counting.count_together(DAYS, LATER)
    right = told()
    forget()

    seen = together(*[lambda part=part: counting.count_together(part, LATER) for part in (DAYS, DAYS[:3], DAYS[2:])])

    assert sum(seen) == len(DAYS)
    assert told() == right
