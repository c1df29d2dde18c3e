"""Days become figures of their month: as the pure rules count, once, and whoever counts at the same time."""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licenses.counter import counting as rules
from licenses.counter.clicks import Click, Use
from licenses.models import MonthlyUse, UseDay, UseEvent
from licenses.models.monthly_use import COLUMNS
from licenses.usage import counting
from licenses.usage.recording import SALT_BYTES
from tests.races import outcomes, together

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 10, 24, 21, 30, tzinfo=rules.ZONE)
LATER = datetime(2026, 12, 1, 3, 10, tzinfo=rules.ZONE)
#: The evening before Berlin goes back, the hour that comes twice, and the end of a month.
STARTS = [EVENING, EVENING + timedelta(hours=4), datetime(2026, 10, 31, 23, 59, tzinfo=rules.ZONE)]


def write(clicks: list[Click], center) -> None:
    """Events as recording.py writes them: a pseudonym for each visitor and hour of the centre's clocks."""
    events = []
    for click in clicks:
        local = click.at.astimezone(rules.ZONE)
        UseDay.objects.get_or_create(day=local.date(), defaults={"salt": b"s" * SALT_BYTES})
        session = UUID(int=hash((click.session, local.date(), local.hour)) % 2**128)
        medium, institution = cast("tuple[int, int]", click.medium)
        events.append(
            UseEvent(
                center=center,
                institution_id=institution,
                medium_id=medium,
                kind=click.use,
                session=session,
                at=click.at,
            )
        )
    UseEvent.objects.bulk_create(events)


def told() -> dict:
    return {
        rules.Counted((row.medium_id, row.institution_id), row.month, metric): number
        for row in MonthlyUse.objects.all()
        for metric, column in COLUMNS.items()
        if (number := getattr(row, column))
    }


moments = st.builds(
    lambda start, seconds: start + timedelta(seconds=seconds), st.sampled_from(STARTS), st.integers(0, 9_000)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.lists(
        st.tuples(st.booleans(), st.booleans(), st.sampled_from(Use), st.sampled_from("ab"), moments), max_size=30
    )
)
def test_the_database_counts_as_the_rules_do(raw, films, schools, center):
    clicks = [
        Click((films[which].pk, schools[where].pk), use, f"{who}{hour_of(at)}", at)
        for which, where, use, who, at in raw
    ]
    with transaction.atomic():
        write(clicks, center)
        counting.count_days(LATER)
        seen = told()
        transaction.set_rollback(True)

    assert seen == rules.count(clicks)


def hour_of(at: datetime) -> str:
    """A double click over the full hour stays undiscovered: the pseudonym is another one."""
    return f"{at.astimezone(rules.ZONE):%d%H}"


def test_what_was_counted_is_not_counted_again(films, schools, center):
    write([Click((films[0].pk, schools[0].pk), Use.REQUEST, "a", EVENING)], center)

    assert [counting.count_days(LATER) for _ in range(2)] == [1, 0]
    assert MonthlyUse.objects.get().total_requests == 1


def test_a_second_day_is_added_to_its_month(films, schools, center):
    for day in range(3):
        write([Click((films[0].pk, schools[0].pk), Use.REQUEST, "a", EVENING - timedelta(days=day))], center)

    counting.count_days(LATER)

    assert MonthlyUse.objects.get().unique_requests == 3


def test_a_day_that_is_not_over_waits(films, schools, center):
    write([Click((films[0].pk, schools[0].pk), Use.REQUEST, "a", EVENING)], center)

    assert counting.count_days(EVENING + timedelta(hours=3)) == 0, (
        "half past midnight: events may still be on their way"
    )
    assert counting.count_days(EVENING + timedelta(hours=5)) == 1


def test_the_salt_goes_when_the_day_was_counted(films, schools, center):
    write([Click((films[0].pk, schools[0].pk), Use.REQUEST, "a", EVENING)], center)
    counting.count_days(LATER)

    assert UseDay.objects.get().salt is None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_count_a_day_one_does(films, schools, center):
    write([Click((films[0].pk, schools[0].pk), Use.REQUEST, "a", EVENING)], center)
    day = UseDay.objects.get().day

    seen = together(*[lambda: counting.count_together([day], LATER)] * 8)

    assert outcomes(seen) == {"int": 8}
    assert sorted(seen) == [0] * 7 + [1]
    assert MonthlyUse.objects.get().total_requests == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_mark_a_day_would_be_counted_eight_times(films, schools, center):
    """The negative control: adding alone knows nothing of having been done."""
    write([Click((films[0].pk, schools[0].pk), Use.REQUEST, "a", EVENING)], center)
    day = UseDay.objects.get().day
    for _ in range(8):
        counting.count_together([day], LATER)
        UseDay.objects.update(counted_at=None, salt=b"again")

    assert MonthlyUse.objects.get().total_requests == 8


@pytest.mark.django_db(transaction=True)
def test_readers_do_not_wait_for_a_count(films, schools, center):
    write([Click((films[0].pk, schools[0].pk), Use.REQUEST, "a", EVENING)], center)
    counting.count_together([EVENING.date()], LATER)
    write([Click((films[0].pk, schools[0].pk), Use.REQUEST, "a", EVENING + timedelta(days=1))], center)

    def read() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '2s'")
        return list(MonthlyUse.objects.values_list("total_requests", flat=True))

    with transaction.atomic():
        counting.count_together([(EVENING + timedelta(days=1)).date()], LATER)
        (seen,) = together(read)

    assert seen == [1], "a reader sees what was committed before, at once"
