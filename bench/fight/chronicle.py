"""The writers' own journal: every question before it is sent, every answer when it has arrived, one JSON line each."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

FINAL_REFUSALS = frozenset({400, 403, 404, 409, 422})


@dataclass(frozen=True)
class Failure:
    """A try that brought no final answer: ``status`` and ``code``, or the error of the connection in ``code``."""

    began: float
    ended: float
    status: int
    code: str


@dataclass
class Deed:
    """One act of a writer under one key, with what came of it. ``status`` is 0 as long as nobody was told."""

    key: str
    act: str
    path: str
    body: dict[str, Any]
    asked_at: float
    status: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    answered_at: float = 0.0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    repeats: list[bool] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return self.status in {200, 201}

    @property
    def is_answered(self) -> bool:
        return self.status != 0

    @property
    def code(self) -> str:
        """Why it was refused; of several reasons the first."""
        errors = self.answer.get("errors") or [{}]
        return str(errors[0].get("code", self.answer.get("code", self.status)))


class Chronicle:
    """Append-only. A line is written out before the next thing happens."""

    def __init__(self, path: Path) -> None:
        self.path, self._lock = path, Lock()
        self._file = path.open("a")

    def write(self, kind: str, key: str, **facts: Any) -> None:
        line = json.dumps({"kind": kind, "key": key, "at": time.time(), **facts}, ensure_ascii=False)
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()

    def close(self) -> None:
        self._file.close()


def read(lines: Iterable[str]) -> list[Deed]:
    """The deeds a chronicle tells of, in the order in which they were begun."""
    deeds: dict[str, Deed] = {}
    for line in map(json.loads, lines):
        key = line["key"]
        match line["kind"]:
            case "asked":
                deeds[key] = Deed(key, line["act"], line["path"], line["body"], line["at"])
            case "failed":
                deeds[key].failures.append(Failure(line["began"], line["at"], line["status"], line["code"]))
            case "answered":
                deed = deeds[key]
                deed.status, deed.answer = line["status"], line["answer"]
                deed.answered_at, deed.seconds = line["at"], line["seconds"]
            case "repeated":
                deeds[key].repeats.append(line["same"])
    return list(deeds.values())
