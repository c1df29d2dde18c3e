"""The fire: each role is killed again and again, at moments nobody can know, evenly over the whole fight."""

import random
import time
from collections.abc import Iterable
from threading import Event, Thread

from bench.house.house import House, Outage


class Fire(Thread):
    """One role's killer."""

    def __init__(self, house: House, role: str, *, kills: int, seconds: float, over: Event, rng: random.Random) -> None:
        super().__init__(name=f"fire-{role}", daemon=True)
        self.house, self.role, self.over, self.rng = house, role, over, rng
        part = seconds / (kills + 1)
        self.moments = [part * (number + rng.random()) for number in range(kills)]
        self.outages: list[Outage] = []

    def run(self) -> None:
        began = time.monotonic()
        for moment in self.moments:
            if self.over.wait(max(0.0, moment - (time.monotonic() - began))):
                return
            self.outages.append(self.house.kill(self.role, self.rng))


def light(house: House, roles: Iterable[str], *, kills: int, seconds: float, over: Event, seed: int) -> list[Fire]:
    fires = [
        Fire(house, role, kills=kills, seconds=seconds, over=over, rng=random.Random(f"{seed}-{role}"))
        for role in roles
    ]
    for fire in fires:
        fire.start()
    return fires
