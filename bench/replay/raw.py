"""The statements of a task over a bare connection, timed."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import psycopg
from psycopg.abc import Query

from bench.surroundings import surroundings
from leihwerk.embedded.places import PROJECT


@dataclass(frozen=True)
class Raw:
    """The statements of one task. What it writes is always undone, so a commit is not part of its cost."""

    statements: list[str]
    sequences: dict[str, int]

    def seconds(self, connection: psycopg.Connection) -> float:
        now = _sequences(connection)
        _set(connection, self.sequences)
        try:
            with connection.transaction(force_rollback=True):
                return self._run(connection)
        finally:
            _set(connection, now)

    def _run(self, connection: psycopg.Connection) -> float:
        begun = time.perf_counter()
        for statement in self.statements:
            answer = connection.execute(cast("Query", statement.encode()))
            if answer.description:
                answer.fetchall()
        return time.perf_counter() - begun


class Capturer:
    """A process of the product that answers tasks one after the other, and tells their statements."""

    def __init__(self, talk: "subprocess.Popen[str]") -> None:
        self.talk = talk

    def statements_of(self, task: list[dict[str, Any]]) -> Raw:
        if self.talk.stdin is None or self.talk.stdout is None:
            raise RuntimeError("a capturer is talked to by pipes")
        print(json.dumps(task), file=self.talk.stdin, flush=True)
        return Raw(**json.loads(self.talk.stdout.readline()))


@contextmanager
def capturing(url: str) -> Iterator[Capturer]:
    command = [sys.executable, "-m", "bench.replay.capture"]
    environment, pipe = surroundings(url), subprocess.PIPE
    with subprocess.Popen(command, env=environment, cwd=PROJECT, text=True, stdin=pipe, stdout=pipe) as talk:
        try:
            yield Capturer(talk)
        finally:
            talk.terminate()


def _sequences(connection: psycopg.Connection) -> dict[str, int]:
    rows = connection.execute("SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences").fetchall()
    return dict(rows)


def _set(connection: psycopg.Connection, values: dict[str, int]) -> None:
    for name, value in values.items():
        connection.execute("SELECT setval(%s::regclass, greatest(%s, 1), %s > 0)", [name, value, value])
