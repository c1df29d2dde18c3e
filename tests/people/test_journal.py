"""The journal is written in the same transaction, names nobody in its facts, and is never rewritten."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from people import journal
from people.models import JournalEntry, User


def test_an_entry_says_who_did_what_on_what_and_where(north, anna, desk):
    entry = journal.record("members.activated", north, by=desk, person=anna, role="teacher", on=date(2026, 1, 5))

    entry.refresh_from_db()
    assert (entry.center, entry.institution, entry.by, entry.person) == (north.center, north, desk, anna)
    assert (entry.subject_type, entry.subject_id) == ("people.institution", north.pk)
    assert entry.facts == {"role": "teacher", "on": "2026-01-05"}
    assert list(JournalEntry.objects.about(north)) == [entry]


@pytest.mark.parametrize(
    "fact",
    ["R-2481", "MZ-0012", "", 7, 1.5, True, None, datetime(2026, 1, 5, tzinfo=UTC), ["MZ-0001", 3], ("a", "b")],
)
def test_a_fact_is_an_id_a_code_a_number_or_a_moment(north, desk, fact):
    assert journal.record("test.happened", north, by=desk, fact=fact)


@pytest.mark.parametrize("fact", ["Anna Amsel", "Frau Müller", "anna@nord.example", "x" * 81, ["Anna Amsel"], {"a": 1}])
def test_a_name_or_a_text_is_not_a_fact(north, desk, fact):
    with pytest.raises(ValueError, match="fact"):
        journal.record("test.happened", north, by=desk, fact=fact)

    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"verb": "nothing"}, {"facts": {}}, {"subject_id": F("subject_id") + 1}, {"center": None, "institution": None}],
    ids=lambda change: next(iter(change)),
)
def test_no_entry_is_rewritten(north, desk, change):
    journal.record("test.happened", north, by=desk, until=7)

    with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic():
        JournalEntry.objects.update(**change)


def test_no_entry_is_put_on_somebody_else(north, anna, desk):
    journal.record("test.happened", north, by=desk)

    with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic():
        JournalEntry.objects.update(by=anna)


def test_no_entry_is_deleted(north, desk):
    journal.record("test.happened", north, by=desk)

    with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic():
        JournalEntry.objects.all().delete()


def test_without_its_trigger_the_journal_could_be_rewritten(north, desk):
    journal.record("test.happened", north, by=desk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE people_journalentry DISABLE TRIGGER USER")

    assert JournalEntry.objects.update(verb="nothing") == 1


def test_a_person_is_forgotten_and_the_entry_stays(north, anna, desk):
    entry = journal.record("members.activated", north, by=desk, person=anna)

    JournalEntry.objects.update(person=None)
    User.objects.filter(pk=desk.pk).delete()

    entry.refresh_from_db()
    assert (entry.by, entry.person, entry.verb) == (None, None, "members.activated")
