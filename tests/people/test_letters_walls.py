"""What must not be so about letters is refused by the database itself, past all verbs."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from people import letters
from people.letters import writing
from people.models import Intent, Letter, Membership, ReminderRun

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)

#: Statement, the wall that refuses it.
BROKEN = [
    ("UPDATE people_intent SET kind = 'overdue_1', step = 0", "nobody_is_told_anything_twice"),
    ("UPDATE people_intent SET needs_release = true", "intent_is_written_only_when_released"),
    ("UPDATE people_letter SET day = '2026-11-24'", "recipient_gets_one_letter_of_a_bundle_a_day"),
    ("UPDATE people_letter SET message_id = 'the same'", "message_id"),
    ("UPDATE people_letter SET channel = 'print'", "letter_by_print_is_on_paper"),
    ("UPDATE people_letter SET done_at = now()", "letter_is_done_only_on_paper_or_by_phone"),
    ("UPDATE people_reminderrun SET day = '2026-11-24'", "center_has_one_reminder_run_a_day"),
]


@pytest.fixture
def told(anna, center) -> None:
    """Anna was told two things in two letters; reminders ran on two days."""
    about = Membership.objects.get(user=anna)
    for kind in ("renewed", "part_missing"):
        letters.intend(kind, about, anna, product="Bee-Bot Set", due_at=NOW, parts=[])
        writing.write(now=NOW)
    for day in (23, 24):
        ReminderRun.objects.create(center=center, day=NOW.replace(day=day).date(), first_at=NOW, last_at=NOW)
    assert (Intent.objects.count(), Letter.objects.count()) == (2, 2)


@pytest.mark.parametrize(("statement", "wall"), BROKEN, ids=[wall for _, wall in BROKEN])
def test_the_database_refuses_it(told, statement, wall):
    with pytest.raises(IntegrityError, match=wall), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_withdrawn_stands_in_nobodys_way(told):
    Intent.objects.update(withdrawn_at=NOW)

    assert Intent.objects.update(kind="overdue_1") == 2
