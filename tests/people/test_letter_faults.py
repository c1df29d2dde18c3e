"""Nothing that was intended is lost when workers die: real brokers, real workers, a real mail server.

``FAULT_LETTERS`` and ``FAULT_KILLS`` scale it up; the suite's numbers fit into its time.
"""

import os
import sys
from collections import Counter

import pytest

from people import letters
from people.letters import writing
from people.models import Contact, Institution, Letter
from tests.sink import Sink
from tests.workers import Workers, is_reachable

LETTERS = int(os.environ.get("FAULT_LETTERS", "40"))
KILLS = int(os.environ.get("FAULT_KILLS", "2"))
PATIENCE = 120 + LETTERS / 20 + 30 * KILLS  # seconds, on a busy machine
BROKERS = [
    "filesystem://",
    pytest.param("amqp://guest:guest@127.0.0.1:5672//", marks=pytest.mark.servers),
    pytest.param("redis://127.0.0.1:6379/0", marks=pytest.mark.servers),
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def many(north: Institution) -> int:
    """As many people, each of whom is to be told something."""
    made = Contact.objects.bulk_create(
        Contact(
            center_id=north.center_id, institution=north, name=f"Nummer {n}", channel="mail", email=f"{n}@nord.example"
        )
        for n in range(LETTERS)
    )
    for contact in made:
        letters.intend("overdue_1", north, contact, product="Bee-Bot Set", asset_number=f"MZ-{contact.pk}")
    return len(made)


@pytest.mark.parametrize("broker", BROKERS)
def test_killed_workers_lose_no_letter_and_double_only_what_was_in_hand(broker, many, tmp_path):
    if broker != "filesystem://" and not is_reachable(broker):
        pytest.skip(f"nobody answers at {broker}")
    with Sink() as sink, Workers(broker, sink.url, tmp_path) as workers:
        sink.on_arrival = workers.kill_every(many // (KILLS + 1))
        assert workers.until(lambda: Letter.objects.exclude(sent_at=None).count() == many, seconds=PATIENCE)

    arrived = Counter(sink.message_ids)
    doubled = arrived.total() - len(arrived)
    assert set(arrived) == set(Letter.objects.values_list("message_id", flat=True))
    assert workers.kills >= KILLS
    assert doubled <= workers.kills
    assert {mail["To"] for mail in sink.mails} == {f"{n}@nord.example" for n in range(many)}


@pytest.mark.parametrize("broker", BROKERS)
def test_who_is_killed_while_waiting_for_work_keeps_nobody_from_it(broker, north, tmp_path):
    if broker != "filesystem://" and not is_reachable(broker):
        pytest.skip(f"nobody answers at {broker}")
    teacher = Contact.objects.create(
        center=north.center, institution=north, name="Frau Meier", channel="mail", email="m@nord.example"
    )
    with Sink() as sink, Workers(broker, sink.url, tmp_path, count=1, at_once=2) as workers:
        for number in range(1, 4):
            letters.intend("returned", north, teacher, step=number, product="Bee-Bot Set")
            assert workers.until(lambda: len(sink.mails) == number, seconds=PATIENCE)  # noqa: B023 - asked at once
            workers.kill_a_child()
    assert len(sink.mails) == 3


def test_marking_a_letter_before_sending_it_would_lose_some(many, tmp_path):
    """The negative control: the same sending, but careless, killed in the same moments."""
    writing.write()
    careless = [sys.executable, "-m", "tests.people.careless"]
    with Sink() as sink, Workers("filesystem://", sink.url, tmp_path, count=1, command=careless) as workers:
        sink.on_arrival = workers.kill_every(many // (KILLS + 1))
        assert workers.until(lambda: not Letter.objects.to_mail().exists(), seconds=PATIENCE)

    assert workers.kills >= KILLS
    assert len(set(sink.message_ids)) < many
