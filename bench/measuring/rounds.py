"""Interleaved rounds: every case of every set once, then again, and at one client the bare view after each task, so
that the machine's moods hit all alike."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.measuring.cases import BARE, Case, Task
from bench.measuring.client import Asked, Client
from bench.measuring.figures import Figure, Samples, figure
from bench.measuring.stage import Stage

CLIENTS = 8


@dataclass(frozen=True)
class Effort:
    """How many rounds, and how many tasks in each: at one client, at eight together, and of the bare statements."""

    rounds: int = 5
    one: int = 12
    eight: int = 32
    raw: int = 3


@dataclass
class Measured:
    """The samples of one set by case; ``share`` is how much of a processor our own clients used."""

    samples: dict[str, Samples] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    ours: float = 0.0
    wall: float = 0.0

    @property
    def share(self) -> float:
        return self.ours / self.wall

    def figures(self) -> dict[str, Figure]:
        return {name: figure(it, self.statements[name]) for name, it in self.samples.items()}


def measure(stages: Sequence[Stage], cases: Sequence[Case], effort: Effort) -> dict[str, Measured]:
    found = {stage.size.name: Measured() for stage in stages}
    for stage in stages:
        for case in cases:
            _warm(stage, case, effort)
    for _ in range(effort.rounds):
        for case in cases:
            for stage in stages:
                _round(stage, case, effort, found[stage.size.name])
    return found


def _warm(stage: Stage, case: Case, effort: Effort) -> None:
    _at_eight(case.who(stage), case.tasks(stage, min(effort.eight, 2 * CLIENTS)))
    case.put_back(stage)


def _round(stage: Stage, case: Case, effort: Effort, found: Measured) -> None:
    samples = found.samples.setdefault(case.name, Samples())
    who = case.who(stage)
    with _our_share(found):
        pairs = [(_timed(who, task), _timed(stage.teacher, BARE)) for task in case.tasks(stage, effort.one)]
    one, bare = zip(*pairs, strict=True)
    samples.one.append(list(one))
    samples.bare.append(list(bare))
    samples.rates_at_one.append(len(one) / sum(one))
    case.put_back(stage)

    tasks = case.tasks(stage, effort.eight)
    with _our_share(found):
        begun = time.perf_counter()
        samples.eight.append(_at_eight(who, tasks))
        samples.rates_at_eight.append(len(tasks) / (time.perf_counter() - begun))
    case.put_back(stage)

    _replay(stage, case, effort, found)


@contextmanager
def _our_share(found: Measured) -> Iterator[None]:
    begun, ours = time.perf_counter(), time.process_time()
    yield
    found.wall += time.perf_counter() - begun
    found.ours += time.process_time() - ours


def _replay(stage: Stage, case: Case, effort: Effort, found: Measured) -> None:
    who = case.who(stage)
    (task,) = case.tasks(stage, 1)
    raw = stage.capturer.statements_of([_plain(asked, who) for asked in task])
    found.statements[case.name] = len(raw.statements)
    found.samples[case.name].raw.append([raw.seconds(stage.raw) for _ in range(effort.raw)])
    case.put_back(stage)


def _plain(asked: Asked, who: Client) -> dict[str, Any]:
    body = asked.body_to_send() or b""
    headers = who.headers | asked.headers_to_send()
    return {"method": asked.method, "path": asked.path, "body": body.decode(), "headers": headers}


def _timed(client: Client, task: Task) -> float:
    begun = time.perf_counter()
    for asked in task:
        client.ask(asked)
    return time.perf_counter() - begun


def _at_eight(who: Client, tasks: Sequence[Task]) -> list[float]:
    clients = [who.beside() for _ in range(CLIENTS)]

    def work(number: int) -> list[float]:
        return [_timed(clients[number], task) for task in tasks[number::CLIENTS]]

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [second for seconds in pool.map(work, range(CLIENTS)) for second in seconds]
