"""One person with a token at the public API, who repeats a question under its key until the answer is final."""

import json
import random
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from typing import Any, Final

from bench.fight.chronicle import Chronicle

TIMEOUT: Final = 20.0  # seconds for one try
PATIENCE: Final = 60.0  # seconds to go on asking after the fire
LONGEST_PAUSE: Final = 0.4
TWICE: Final = 0.1  # of all questions are asked twice: half of them at the same moment, half of them afterwards
REMEMBERED: Final = frozenset({200, 201, 409, 422})


@dataclass(frozen=True)
class Said:
    status: int
    body: bytes

    @property
    def answer(self) -> dict[str, Any]:
        with suppress(ValueError):
            found = json.loads(self.body)
            return found if isinstance(found, dict) else {}
        return {}

    @property
    def is_done(self) -> bool:
        return self.status in {200, 201}


class Caller:
    def __init__(self, port: int, token: str, chronicle: Chronicle, over: Event, rng: random.Random) -> None:
        self.port, self.token, self.chronicle, self.over, self.rng = port, token, chronicle, over, rng
        self._connection: HTTPConnection | None = None
        self._over_since: float | None = None

    def act(self, act: str, path: str, body: dict[str, Any], *, key: str) -> Said | None:
        """The final answer, or None when there was none even long after the fire."""
        self.chronicle.write("asked", key, act=act, path=path, body=body)
        began, luck = time.monotonic(), self.rng.random()
        beside: list[Said | None] = []
        twin = Thread(target=lambda: beside.append(self._twin().until_final(path, body, key)))
        if luck < TWICE / 2:
            twin.start()
        said = self.until_final(path, body, key)
        if said is None:
            return None
        self.chronicle.write("answered", key, status=said.status, answer=said.answer, seconds=time.monotonic() - began)
        if luck < TWICE / 2:
            twin.join()
            self._compare(key, said, beside[0])
        elif luck < TWICE and said.status in REMEMBERED:
            self._compare(key, said, self.until_final(path, body, key))
        return said

    def until_final(self, path: str, body: dict[str, Any], key: str) -> Said | None:
        while not self._is_hopeless():
            began = time.time()
            try:
                said, is_transient = self._ask(path, body, key)
            except (OSError, HTTPException) as error:
                self._hang_up()
                self.chronicle.write("failed", key, began=began, status=0, code=type(error).__name__)
            else:
                if said.status < 500 and said.status != 429 and not is_transient:
                    return said
                code = said.answer.get("code") or said.body[:200].decode(errors="replace")
                self.chronicle.write("failed", key, began=began, status=said.status, code=code)
            time.sleep(self.rng.random() * LONGEST_PAUSE)
        return None

    def _ask(self, path: str, body: dict[str, Any], key: str) -> tuple[Said, bool]:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = {
            "Authorization": f"Token {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "Host": "localhost",
        }
        self._connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
        answer = self._connection.getresponse()
        said = Said(answer.status, answer.read())
        if answer.will_close:
            self._hang_up()
        return said, "Retry-After" in answer.headers

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _is_hopeless(self) -> bool:
        if self.over.is_set() and self._over_since is None:
            self._over_since = time.monotonic()
        return self._over_since is not None and time.monotonic() - self._over_since > PATIENCE

    def _twin(self) -> "Caller":
        """The same person, clicking twice."""
        return Caller(self.port, self.token, self.chronicle, self.over, random.Random(self.rng.random()))

    def _compare(self, key: str, first: Said, second: Said | None) -> None:
        """What is not remembered (it was malformed, or not found) may be said anew."""
        if second is not None and {first.status, second.status} <= REMEMBERED:
            self.chronicle.write("repeated", key, same=first == second)
