"""What monitoring asks every quarter of a minute reads what waits, not what years have left behind."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office import operating
from people.models import Contact, Institution, Intent, Letter, ReminderRun, User

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
OVER = 3000  # letters, intents, contacts, accounts, schools that nothing is wrong with
WAITING = 3
BOUND = 100  # rows that all figures together may read

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(north: Institution) -> None:
    """An installation that has been running for years: much has been told, little waits."""
    center = north.center
    center.reminders_since = LONG_AGO
    center.save()
    of_north = {"center": center, "institution": north}
    Contact.objects.bulk_create(Contact(**of_north, name="N") for _ in range(OVER))
    User.objects.bulk_create(User(email=f"{n}@nord.example", name="N") for n in range(OVER))
    Institution.objects.bulk_create(Institution(center=center, name=f"S {n}", kind="youth") for n in range(OVER))
    told = Letter.objects.bulk_create(letter(center, n, sent_at=LONG_AGO) for n in range(OVER))
    Letter.objects.bulk_create(letter(center, OVER + n) for n in range(WAITING))
    Intent.objects.bulk_create(
        Intent(center=center, subject_type="lending.loan", subject_id=n, kind="returned", letter=told[n])
        for n in range(OVER)
    )
    ReminderRun.objects.bulk_create(
        ReminderRun(center=center, day=LONG_AGO.date() - timedelta(days=n), first_at=NOW, last_at=NOW)
        for n in range(OVER)
    )
    filled = (Contact, User, Institution, Letter, Intent, ReminderRun)
    with connection.cursor() as cursor:  # of these only: that a table is empty would be believed long after the test
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in filled)}")


def letter(center, number: int, **facts: Any) -> Letter:
    return Letter(center=center, channel="mail", message_id=f"<{number}@x>", written_at=LONG_AGO, **facts)


def rows_read(look: Callable[[], object]) -> int:
    """By all statements together: what each scan has looked at, hits and misses."""
    with CaptureQueriesContext(connection) as asked:
        look()
    read = 0
    with connection.cursor() as cursor:
        for statement in asked:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement['sql']}")
            (found,) = cursor.fetchone()
            read += sum(scanned((json.loads(found) if isinstance(found, str) else found)[0]["Plan"]))
    return read


def scanned(plan: dict[str, Any]) -> Iterator[int]:
    if "Relation Name" in plan:
        looked_at = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        yield int(looked_at * plan["Actual Loops"])
    for part in plan.get("Plans", []):
        yield from scanned(part)


def test_the_figures_read_what_waits_and_not_what_is_over(years):
    assert rows_read(lambda: operating.look(NOW)) <= BOUND


def test_the_figures_are_the_same_however_much_is_over(years):
    seen = operating.look(NOW)

    assert (seen.letters.waiting, seen.letters.stuck, seen.letters.sent_lately) == (WAITING, WAITING, 0)
    assert [(run.day, run.last_at) for run in seen.runs] == [(LONG_AGO.date(), NOW)]
    assert operating.look(LONG_AGO + timedelta(minutes=9)).letters.sent_lately == OVER


@pytest.mark.parametrize(
    "careless",
    [
        lambda: Letter.objects.exclude(sent_at=None).count(),
        lambda: list(ReminderRun.objects.order_by("center_id", "-day").distinct("center_id")),
        lambda: Contact.objects.exclude(email="").count(),
    ],
)
def test_whoever_counts_everything_is_noticed(years, careless):
    """The negative control: what the figures asked before."""
    assert rows_read(careless) > BOUND
