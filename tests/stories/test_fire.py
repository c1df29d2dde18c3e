"""Web, worker and PostgreSQL are killed (kill -9) in the middle of the main job; nothing is lost, nothing is doubled.

A whole installation as ``lw run`` starts it, a mail server, and two programs that repeat what got no final answer.
"""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import cycle
from typing import Any

import psutil
import psycopg
import pytest
from kombu.connection import Connection

from leihwerk.celery import app
from leihwerk.embedded import bundle, places
from tests import main_job as job
from tests.leihwerk.installation import Installation, until
from tests.sink import Sink
from tests.stories.patient import PatientProgram

#: What is killed while the n-th write is on its way. A pause after the question lets the act begin, or be done.
FIRE = [("web",), ("postgres",), ("worker", "web"), ("postgres", "worker"), ("web", "postgres"), ("postgres",)]
PAUSES = (0.0, 0.03, 0.1)
ACTS = {
    "reservation.placed": 1,
    "reservation.approved": 1,
    "handover.finished": 2,
    "loan.handed_over": 3,
    "loan.renewed": 1,
    "loan.returned": 3,
}
#: A centre, a school, a teacher and a desk, and a product of five units with labels.
SCENE = """
from django.utils import timezone
from inventory import labels
from inventory.models import Category
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.models import Policy
from lending.reminders import switch_on
from people.models import Center
from people.roles import Role
from tests.conftest import member, open_on_working_days, product, school
center = Center.objects.create(slug="musterstadt", name="Medienzentrum Musterstadt", phone="0214 123")
open_on_working_days(center)
north = school(center, "Grundschule Nord", "100001")
member("anna@nord.example", "Anna Amsel", Role.TEACHER, north)
desk = member("theke@mz.example", "Doris Desk", Role.DESK, center)
cases = product(center, Category.objects.create(center=center, name="Robotik"), "Calliope Klassensatz", units=5)
Policy.objects.create(center=center, needs_approval=True, remind_days_after=[1, 8, 12])
switch_on(center, by=desk)
print(*(add_open_days(timezone.localdate(), number, calendar_of(center)) for number in (15, 17)))
print(north.pk, *(label.number for label in labels.issue_all(cases.items.all(), by=desk)))
"""
REMIND = """
from datetime import timedelta
from django.utils import timezone
from lending.calendars import calendar_of
from lending.due_dates import add_working_days
from lending.reminders import remind
from people.models import Center
center = Center.objects.get()
remind(center, today=add_working_days(timezone.localdate() - timedelta(days=1), 1, calendar_of(center)))
"""
PASSWORD = "geheim-genug"
REMINDED = """
    SELECT 1 FROM people_intent JOIN people_letter AS letter ON letter.id = letter_id AND letter.sent_at IS NOT NULL
    WHERE subject_type = 'lending.loan' AND subject_id = %s AND kind = 'overdue_1'
"""
WAITING = """
    SELECT 1 FROM people_letter WHERE channel = 'mail' AND sent_at IS NULL
    UNION ALL SELECT 1 FROM people_intent WHERE letter_id IS NULL AND withdrawn_at IS NULL
"""


class Burning(Installation):
    """Its servers are killed one after the other, always by their own process ids."""

    deaths: Counter[str]

    def aim(self, *roles: str) -> Callable[[], None]:
        """Find who is to be killed, which takes its time; the answer kills them at once."""
        victims = [psutil.Process(pid) for role in roles for pid in self.alive(role)]
        victims += [child for victim in victims for child in victim.children() if "postgres" not in victim.name()]

        def strike() -> None:
            for victim in victims:
                with suppress(psutil.NoSuchProcess):
                    victim.kill()
            self.deaths.update(roles)

        return strike

    def alive(self, role: str) -> list[int]:
        until(lambda: self.pids(role))
        return self.pids(role)

    def ask(self, question: str, *about: object) -> list[Any]:
        """Of its database, as the owner of the tables."""
        until(lambda: self.health() == "ok")
        with psycopg.connect(places.owner_database_url(), autocommit=True) as connection:
            answer = connection.execute(question, about or None)
            return answer.fetchall() if answer.description else []

    def ring(self, task: str) -> None:
        """As its timetable does."""
        options = places.broker_options("filesystem://localhost")
        with Connection("filesystem://localhost", transport_options=options) as broker:
            app.send_task(task, queue="leihwerk", connection=broker, expires=30)


@pytest.fixture
def mails() -> Iterator[Sink]:
    with Sink() as sink:
        yield sink


@pytest.fixture
def house(tmp_path, mails, monkeypatch) -> Iterator[Burning]:
    bundle.build()
    data = tmp_path / "data"
    monkeypatch.setenv("LEIHWERK_DATA", str(data))
    house = Burning(data, EMAIL_URL=mails.url, LETTER_LEASE="3")
    house.deaths = Counter()
    try:
        house.start().wait_until_ready()
        yield house
    finally:
        house.kill_everything()
        shutil.rmtree((data / "postgres").resolve(), ignore_errors=True)


def test_nothing_is_lost_or_doubled_while_everything_dies(house, mails):
    told = house.manage("shell", "--verbosity", "0", "-c", SCENE).stdout.split()
    days, institution, codes = (date.fromisoformat(told[0]), date.fromisoformat(told[1])), int(told[2]), told[3:]
    school = PatientProgram(house.port, "anna@nord.example", PASSWORD)
    counter = PatientProgram(house.port, "theke@mz.example", PASSWORD)
    before = acts(house)
    set_on_fire(house, school, counter)

    reservation = job.reserve(school, institution, "calliope", days)
    job.approve(counter, reservation)
    job.hand_over(counter, reservation, codes[:2])
    late = job.hand_over_late(counter, institution, codes[2], datetime.now(UTC), days=6)
    remind(house, late)
    job.renew(counter, late)
    job.take_back(counter, institution, codes[:3])

    attempts = [*school.attempts, *counter.attempts]
    assert min(house.deaths[role] for role in ("web", "worker", "postgres")) >= 2, house.deaths
    assert sum(attempts) > len(attempts) == len(FIRE), "no write was disturbed"
    assert acts(house) - before == Counter(ACTS)
    deliver(house)
    assert set(mails.message_ids) == letters(house)
    assert doctor(house) == (0, "", "")

    without_its_key_an_act_is_doubled(house, reservation)
    a_broken_row_is_seen(house, reservation)
    assert house.stop() == 0
    assert house.family() == []


def set_on_fire(house: Burning, *programs: PatientProgram) -> None:
    """Each write of theirs is the sign for the next to die."""
    plan, pauses = iter(FIRE), cycle(PAUSES)

    def aim() -> Callable[[], None]:
        strike, pause = house.aim(*next(plan)), next(pauses)

        def strike_after_a_pause() -> None:
            time.sleep(pause)
            strike()

        return strike_after_a_pause

    for program in programs:
        program.aim = aim


def acts(house: Burning) -> Counter[str]:
    return Counter(dict(house.ask("SELECT verb, count(*) FROM people_journalentry GROUP BY verb"))) & Counter(
        dict.fromkeys(ACTS, 1_000_000)
    )


def remind(house: Burning, loan: int) -> None:
    """The run of a working day, whatever today is; the worker dies of its bell, and the letter is sent all the same."""
    strike = house.aim("worker")
    assert house.manage("shell", "--verbosity", "0", "-c", REMIND).returncode == 0
    strike()
    _ring_until(house, lambda: house.ask(REMINDED, loan), "people.tasks.deliver")


def deliver(house: Burning) -> None:
    _ring_until(house, lambda: not house.ask(WAITING), "people.tasks.deliver")


def letters(house: Burning) -> set[str]:
    """Their Message-IDs."""
    return {row[0] for row in house.ask("SELECT message_id FROM people_letter WHERE channel = 'mail'")}


def doctor(house: Burning) -> tuple[int, str, str]:
    examined = house.manage("doctor")
    return examined.returncode, examined.stdout, examined.stderr


def without_its_key_an_act_is_doubled(house: Burning, reservation: dict[str, Any]) -> None:
    """What a client does that lost the answer and has no key."""
    careless = PatientProgram(house.port, "anna@nord.example", PASSWORD, has_keys=False)
    line = {"product": reservation["lines"][0]["product"], "quantity": 1}
    asked = {name: reservation[name] for name in ("institution", "starts_at", "ends_at")} | {"lines": [line]}
    before = acts(house)
    assert [careless.post("reservations/", asked).status_code for _ in range(2)] == [201, 201]
    assert (acts(house) - before)["reservation.placed"] == 2


def a_broken_row_is_seen(house: Burning, reservation: dict[str, Any]) -> None:
    house.ask("ALTER TABLE lending_line DISABLE TRIGGER USER")
    house.ask("UPDATE lending_line SET claimed = 0 WHERE reservation_id = %s", reservation["id"])
    house.ask("ALTER TABLE lending_line ENABLE TRIGGER USER")
    code, _, said = doctor(house)
    assert code == 1
    assert "lines_add_up" in said


def _ring_until(house: Burning, is_enough: Callable[[], Any], *tasks: str) -> None:
    deadline = time.monotonic() + 60
    while not is_enough():
        assert time.monotonic() < deadline, house.said()
        for task in tasks:
            house.ring(task)
        time.sleep(1)
