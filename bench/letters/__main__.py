"""Letters under fire: ``python -m bench.letters`` or ``./lw bench letters``. Ends with 1 on any breach.

Phase by phase one part is struck while letters go out to a real mail server: workers by kill -9, the broker by kill -9,
PostgreSQL by kill -9, workers by SIGTERM. Afterwards every letter must have arrived; twice only what was in a worker's
hand when something was killed, and nothing twice where somebody was only asked to stop.
"""

import random
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from bench.house.house import House
from bench.letters import brokers
from bench.letters.brokers import Broker
from bench.letters.sink import SlowSink
from leihwerk.embedded.running import stoppable

VICTIMS: Final = ("worker", "postgres", "stopped", "broker")
WORKERS: Final = 2  # processes, so letters in hand at most
LEASE: Final = 3  # seconds until a letter in a dead worker's hand is free again
LOOK: Final = 0.05  # seconds between two looks at what has arrived
PATIENCE: Final = 120.0  # seconds without a single letter until it is given up


@dataclass(frozen=True)
class Phase:
    """``strikes`` blows to ``victim`` while ``letters`` go out; ``in_hand``: how many each blow may double."""

    victim: str
    strikes: int
    letters: int
    in_hand: int


@dataclass(frozen=True)
class Result:
    phase: Phase
    struck: int
    arrived: int
    doubled: int
    seconds: float

    @property
    def breaches(self) -> Iterator[str]:
        if lost := self.phase.letters - self.arrived:
            yield f"{self.phase.victim}: {lost} letters were lost"
        if self.doubled > (allowed := self.struck * self.phase.in_hand):
            yield f"{self.phase.victim}: {self.doubled} letters arrived twice, at most {allowed} were in hand"
        if self.struck < self.phase.strikes:
            yield f"{self.phase.victim}: only {self.struck} of {self.phase.strikes} strikes"

    def __str__(self) -> str:
        return (
            f"{self.phase.victim:12}{self.struck:8}{self.phase.letters:9}{self.arrived:9}{self.doubled:9}"
            f"{self.seconds:9.0f}"
        )


def main() -> int:
    asked = arguments()
    sink = SlowSink(asked.pause)
    house = House(asked.sabotage, WORKER_PROCESSES=f"{WORKERS}", LETTER_LEASE=f"{LEASE}", EMAIL_URL=sink.url)
    broker = brokers.find(asked.broker, house.folder / "broker")
    house.environment["BROKER_URL"] = broker.url
    results: list[Result] = []
    with stoppable(), sink:
        try:
            broker.start()
            house.set_up()
            print(f"{'struck':12}{'strikes':>8}{'letters':>9}{'arrived':>9}{'doubled':>9}{'seconds':>9}", flush=True)
            for phase in phases(asked):
                results.append(burn(phase, house, broker, sink))
                print(results[-1], flush=True)
            doctor = house.doctor()
        finally:
            house.take_away(keep=asked.keep)
            broker.kill()
    breaches = [breach for result in results for breach in result.breaches] + [doctor] * bool(doctor)
    print("\n".join(breaches) or "Every letter arrived.")
    return int(bool(breaches))


def arguments() -> Namespace:
    parser = ArgumentParser(prog="letters", description=__doc__)
    parser.add_argument("--letters", type=int, default=4000, help="in the phase of the workers; a tenth in the others")
    parser.add_argument("--kills", type=int, default=60, help="of workers; a tenth in the other phases")
    parser.add_argument("--pause", type=float, default=0.05, help="seconds the mail server takes for a letter")
    parser.add_argument("--broker", choices=brokers.NAMES, default="filesystem")
    parser.add_argument("--only", action="append", choices=VICTIMS, help="strike nothing else; repeatable")
    parser.add_argument("--sabotage", action="append", default=[], choices=["mark-first"])
    parser.add_argument("--keep", action="store_true", help="keep the installation")
    return parser.parse_args()


def phases(asked: Namespace) -> list[Phase]:
    few, fewer = max(1, asked.kills // 10), max(20, asked.letters // 10)
    found = [
        Phase("worker", asked.kills, asked.letters, WORKERS),
        Phase("postgres", few, fewer, WORKERS),
        Phase("stopped", few, fewer, 0),
    ]
    if asked.broker != "filesystem":
        found.append(Phase("broker", few, fewer, 0))
    return [phase for phase in found if phase.victim in (asked.only or VICTIMS)]


def burn(phase: Phase, house: House, broker: Broker, sink: SlowSink) -> Result:
    """Strike again and again, evenly over what arrives, until everything has arrived or nothing does any more."""
    began, batch = time.monotonic(), f"{phase.victim}-"
    before = len(sink.mails)
    strike = strikes_of(house, broker)[phase.victim]
    house.told_by("bench.letters.stage", phase.victim, phase.letters)
    struck, each = 0, phase.letters / (phase.strikes + 1)
    last, last_at = -1, time.monotonic()
    while time.monotonic() - last_at < PATIENCE:
        arrived = len(sink.mails) - before
        if arrived > last:
            last, last_at = arrived, time.monotonic()
        elif is_over(house):
            break
        if struck < phase.strikes and arrived >= each * (struck + 1):
            strike()
            struck += 1
        time.sleep(LOOK)
    ours = Counter(mail["Message-ID"] for mail in sink.mails[before:] if mail["To"].startswith(batch))
    return Result(phase, struck, len(ours), ours.total() - len(ours), time.monotonic() - began)


def strikes_of(house: House, broker: Broker) -> dict[str, Callable[[], object]]:
    rng = random.Random(1)

    def broker_falls() -> None:
        broker.kill()
        time.sleep(1)
        broker.start()

    return {
        "worker": partial(house.kill, "worker", rng),
        "postgres": partial(house.kill, "postgres", rng),
        "stopped": house.stop_worker,
        "broker": broker_falls,
    }


def is_over(house: House) -> bool:
    """Everything that was intended is noted as sent."""
    with house.connect() as database:
        row = database.execute(
            "SELECT EXISTS (SELECT FROM people_intent WHERE letter_id IS NULL AND withdrawn_at IS NULL)"
            " OR EXISTS (SELECT FROM people_letter WHERE sent_at IS NULL)"
        ).fetchone()
    return row == (False,)


if __name__ == "__main__":
    sys.exit(main())
