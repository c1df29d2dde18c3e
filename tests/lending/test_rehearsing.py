"""Was würde heute gesendet? What the rehearsal shows is what the run then does, and it writes nothing itself."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection

from lending.reminders import rehearse, remind, switch_on
from lending.renewals import renew
from lending.returns import take_back
from people import letters
from people.letters import writing
from people.models import Contact, Letter
from tests.lending.shorthand import at
from tests.lending.test_reminders import lend

EVERY_MORNING = [at(day, 7) for day in range(4, 27)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def lent(center, manager, case, cases, north, south, anna, bert, desk):
    """Things of three people at two schools, some of them without mail."""
    switch_on(center, by=manager, now=at(1))
    center.refresh_from_db()
    klara = Contact.objects.create(center=center, institution=north, name="Klara", phone="0214 1", channel="phone")
    loans = [lend(case, north, desk, responsible=anna), lend(cases, north, desk, responsible=anna)]
    return [*loans, lend(cases, south, desk, responsible=bert), lend(cases, north, desk, contact=klara)]


def gist(found) -> list[tuple]:
    told = [(it.recipient, it.bundle, it.channel, it.address, it.copy_to, it.subject, _words(it)) for it in found]
    return sorted(told, key=str)


def _words(letter: Letter) -> str:
    """Links to an answer name the intent, which has no id before it is written down."""
    return re.sub(r'/antwort/[^"]+', "/antwort/", json.dumps(letter.body, sort_keys=True))


def rows() -> dict[str, str]:
    """Everything in the tables of letters and loans."""
    tables = ("people_intent", "people_letter", "people_reminderrun", "people_journalentry", "lending_loan")
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")  # noqa: S608 - names of our own tables
            found[table] = cursor.fetchone()[0]
    return found


def really(center, now) -> list[Letter]:
    """Run, write, and what is to go out by any channel; it goes."""
    remind(center, now=now)
    writing.write(now=now)
    waiting = Letter.objects.filter(sent_at=None, done_at=None)
    found = list(waiting)
    waiting.filter(channel="mail").update(sent_at=now)
    waiting.filter(channel="phone").update(done_at=now)
    return found


def test_what_it_shows_is_what_the_run_then_does_day_after_day(center, lent, desk):
    shown = []
    for now in EVERY_MORNING:
        if now == at(16, 7):
            take_back(lent[1].item, by=desk, now=now)
            writing.write(now=now)
        rehearsed = gist(rehearse(center, now=now))
        assert rehearsed == gist(really(center, now)), now
        shown += rehearsed

    assert len({subject for *_, subject, _ in shown}) > 3, "reminders of several steps were told"


def test_it_writes_nothing(center, lent):
    for now in EVERY_MORNING[::5]:
        before = rows()
        rehearse(center, now=now)
        assert rows() == before
        really(center, now)
    assert rows() != before, "the run does write"


def test_what_waits_and_has_changed_meanwhile_is_told_as_it_stands_now(center, lent, desk):
    """Written this morning, not sent yet; then one thing is renewed and another comes back."""
    now, later = at(15, 7), at(15, 9)
    remind(center, now=now)
    writing.write(now=now)
    renew(lent[0], until=at(24, 10), by=desk, now=later)
    take_back(lent[2].item, by=desk, now=later)

    assert gist(rehearse(center, now=later)) == gist(really(center, later))


def test_news_that_wait_are_shown_as_well(center, lent, north, anna):
    letters.intend("part_missing", lent[0], anna, product="VR-Koffer", parts=[{"quantity": 1, "name": "Kabel"}])
    now = at(5, 7)

    found = rehearse(center, now=now)

    assert any("VR-Koffer" in it.subject for it in found)
    assert gist(found) == gist(really(center, now))


def test_before_reminders_are_switched_on_nobody_would_be_reminded(center, lent):
    center.reminders_since = at(8, 7) + timedelta(days=1)
    center.save()

    assert gist(rehearse(center, now=at(8, 7))) == gist(really(center, at(8, 7)))
