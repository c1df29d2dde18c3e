"""A worker that is asked to stop finishes the letter in its hand; nothing is lost, nothing goes out twice."""

import time
from collections import Counter
from collections.abc import Callable
from threading import Event

import pytest

from people import letters
from people.letters import writing
from people.models import Contact, Institution, Letter
from tests.sink import Sink
from tests.workers import Workers, is_reachable

MANY = 16
PATIENCE = 90  # seconds, on a busy machine
BROKERS = [
    "filesystem://",
    pytest.param("amqp://guest:guest@127.0.0.1:5672//", marks=pytest.mark.servers),
    pytest.param("redis://127.0.0.1:6379/0", marks=pytest.mark.servers),
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def many(north: Institution) -> int:
    for n in range(MANY):
        contact = Contact.objects.create(
            center=north.center, institution=north, name=f"Nummer {n}", channel="mail", email=f"{n}@nord.example"
        )
        letters.intend("overdue_1", north, contact, product="Bee-Bot Set", asset_number=f"MZ-{n}")
    writing.write()
    return MANY


@pytest.mark.parametrize("broker", BROKERS)
def test_who_is_asked_to_stop_finishes_the_letter_in_hand(broker, many, tmp_path):
    if broker != "filesystem://" and not is_reachable(broker):
        pytest.skip(f"nobody answers at {broker}")
    with Sink() as sink, Workers(broker, sink.url, tmp_path, LETTER_LEASE="300") as workers:
        was_asked = Event()
        sink.on_arrival = at_the(3, workers.ask_to_stop, was_asked)
        ring_until(was_asked, workers)
        workers.are_gone(seconds=PATIENCE)
        arrived, noted = set(sink.message_ids), set(Letter.objects.exclude(sent_at=None).values_list("message_id"))
        assert {(it,) for it in arrived} == noted
        assert not Letter.objects.exclude(claimed_until=None).exists(), "nothing waits for a lease to end"
        assert workers.until(lambda: len(sink.mails) >= many, seconds=PATIENCE)
        workers.ask_to_stop()
        workers.are_gone(seconds=PATIENCE)

    assert Counter(sink.message_ids) == dict.fromkeys(Letter.objects.values_list("message_id", flat=True), 1)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the killed worker's line is still open
def test_who_is_killed_instead_leaves_a_letter_in_doubt(many, tmp_path):
    """The negative control: the same moment, and no time to finish."""
    with Sink() as sink, Workers("filesystem://", sink.url, tmp_path, LETTER_LEASE="300") as workers:
        was_killed = Event()
        sink.on_arrival = at_the(3, workers.kill, was_killed)
        ring_until(was_killed, workers)

    assert Letter.objects.exclude(claimed_until=None).exists()


def ring_until(it_happened: Event, workers: Workers) -> None:
    """Nobody is revived meanwhile: a worker that has ended in peace stays away."""
    for _ in range(PATIENCE):
        workers.ring()
        if it_happened.wait(1):
            return
    raise AssertionError("the workers have not come that far")


def at_the(number: int, act: Callable[[], None], it_happened: Event) -> Callable[[int], None]:
    """For a sink: ``act`` while the letter of that ``number`` has arrived and is not acknowledged yet."""
    arrived = 0

    def on_arrival(_port: int) -> None:
        nonlocal arrived
        arrived += 1
        if arrived == number:
            act()
            it_happened.set()
            time.sleep(0.5)

    return on_arrival
