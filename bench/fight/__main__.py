"""The fight: ``python -m bench.fight``, ``./lw bench fight`` or ``make fight``. Ends with 1 on any breach."""

import random
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from threading import Event
from typing import Any

from bench.fight import figures, fire, truth, verdict
from bench.fight.caller import PATIENCE, Caller
from bench.fight.chronicle import Chronicle, Deed, read
from bench.fight.verdict import Breach
from bench.fight.watch import Watch
from bench.fight.writers import Board, Writer
from bench.house.house import ROLES, House, Outage
from bench.house.sabotage import NAMES
from leihwerk.embedded.running import stoppable

MOST_SHOWN = 5  # rows of each kind of breach


def main() -> int:
    asked = arguments()
    house = House(asked.sabotage, WEB_THREADS=f"{max(4, asked.writers // 2)}")
    breaches: list[Breach] = []
    with stoppable():
        try:
            breaches = fight(house, asked)
        finally:
            house.take_away(keep=asked.keep or bool(breaches))
    show(breaches)
    if asked.keep or breaches:
        print(f"\nThe installation, its logs and the chronicle are in {house.folder}")
    return 1 if breaches else 0


def arguments() -> Namespace:
    parser = ArgumentParser(prog="fight", description=__doc__)
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--kills", type=int, default=20, help="of web, worker and PostgreSQL, each")
    parser.add_argument("--only", choices=ROLES, help="kill nothing else")
    parser.add_argument("--products", type=int, default=6, help="with three to five units each")
    parser.add_argument("--days", type=int, default=14, help="ahead, in which everything begins")
    parser.add_argument("--acts", type=int, default=0, help="at least so many, however long that takes")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="repeats what the writers want to do")
    parser.add_argument("--sabotage", action="append", default=[], choices=NAMES, help="take a guard away; repeatable")
    parser.add_argument("--keep", action="store_true", help="keep the installation")
    return parser.parse_args()


def fight(house: House, asked: Namespace) -> list[Breach]:
    sabotages = ", ".join(asked.sabotage) or "none"
    print(f"{asked.writers} writers, {asked.seconds:.0f} s, {asked.kills} kills each, seed {asked.seed}", flush=True)
    print(f"sabotage        {sabotages}\ndirectory       {house.folder}", flush=True)
    stage = house.set_up().told_by("bench.fight.stage", asked.writers, asked.products)
    chronicle = Chronicle(house.folder / "chronicle.jsonl")
    began = time.monotonic()
    with Watch(house) as watch:
        outages = burn(house, stage, chronicle, asked)
    seconds = time.monotonic() - began
    chronicle.close()
    with chronicle.path.open() as lines:
        deeds = read(lines)
    print(f"looked          {watch.looks} times at who has what", flush=True)
    return [*watch.breaches, *judge(house, deeds, outages, seconds)]


def burn(house: House, stage: dict[str, Any], chronicle: Chronicle, asked: Namespace) -> list[Outage]:
    """Writers and kills, until the time is up; then everybody gets the answer they still wait for."""
    over, board = Event(), Board(stage, days=asked.days)
    writers = []
    for number, person in enumerate(stage["writers"]):
        rng = random.Random(f"{asked.seed}-{number}")
        caller = Caller(house.port, person["token"], chronicle, over, rng)
        writers.append(Writer(number, caller, board, over, rng, school=person["institution"]))
    for writer in writers:
        writer.start()
    roles = [asked.only] if asked.only else ROLES
    fires = fire.light(house, roles, kills=asked.kills, seconds=asked.seconds, over=over, seed=asked.seed)
    began = time.monotonic()
    while time.monotonic() - began < asked.seconds or sum(writer.acts for writer in writers) < asked.acts:
        time.sleep(0.1)
    for it in fires:
        it.join()
    over.set()
    for writer in writers:
        writer.join(2 * PATIENCE)
    return [outage for it in fires for outage in it.outages]


def judge(house: House, deeds: list[Deed], outages: list[Outage], seconds: float) -> list[Breach]:
    with house.connect() as database:
        found = list(verdict.breaches(truth.read(database), deeds))
    log = house.log_of_postgres()
    found += figures.faults(deeds, outages, log)
    if said := house.doctor():
        found.append(Breach("doctor", said))
    print("\n".join(figures.lines(deeds, outages, log, seconds=seconds)), flush=True)
    return found


def show(breaches: list[Breach]) -> None:
    counts = Counter(breach.name for breach in breaches)
    print(f"breaches        {', '.join(f'{name} {count}' for name, count in counts.items()) or 'none'}")
    for name in counts:
        for breach in [it for it in breaches if it.name == name][:MOST_SHOWN]:
            print(f"  {breach}")


if __name__ == "__main__":
    sys.exit(main())
