"""Somebody who looks all the while: planning heals what it meets, so a moment's overlap would be gone in the end."""

from contextlib import suppress
from threading import Event, Thread
from typing import Final

import psycopg

from bench.fight import truth
from bench.fight.verdict import units
from bench.fight.verdict.breach import Breach
from bench.house.house import House

PAUSE: Final = 0.5  # seconds between two looks
ENOUGH: Final = 20  # breaches


class Watch(Thread):
    """Looks at whatever is committed, until the block ends."""

    def __init__(self, house: House) -> None:
        super().__init__(name="watch", daemon=True)
        self.house, self.over, self.looks = house, Event(), 0
        self.breaches: list[Breach] = []

    def __enter__(self) -> "Watch":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        while not self.over.wait(PAUSE) and len(self.breaches) < ENOUGH:
            with suppress(psycopg.OperationalError), self.house.connect() as database:  # it is being killed as well
                while not self.over.wait(PAUSE) and len(self.breaches) < ENOUGH:
                    self.breaches += units.breaches(*truth.units(database))
                    self.looks += 1
