"""A program that talks to an installation whose servers die: it repeats each question until the answer is final."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

PATIENCE = 60.0  # seconds until an answer must have come
BREATH = 0.2  # seconds between two questions
TRANSIENT = frozenset({"try_again", "key_in_progress"})


@dataclass(frozen=True)
class Heard:
    status_code: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def is_final(self) -> bool:
        """Neither a broken server nor "try again" is an answer."""
        if self.status_code >= 500:
            return False
        return self.status_code != 409 or self.json()["errors"][0]["code"] not in TRANSIENT


class PatientProgram:
    """Acts for one person. Every write keeps its Idempotency-Key over all attempts, unless ``has_keys`` is false."""

    def __init__(self, port: int, email: str, password: str, *, has_keys: bool = True) -> None:
        self.port, self.has_keys = port, has_keys
        self.aim: Callable[[], Callable[[], None]] = _spare  # before a write; its answer strikes once that is under way
        self.attempts: list[int] = []  # of each write
        self.headers = {"Content-Type": "application/json"}
        told = self._until_final("POST", "auth/token/", {"email": email, "password": password})
        self.headers["Authorization"] = f"Token {told.json()['token']}"

    def get(self, path: str, data: Mapping[str, Any] | None = None) -> Heard:
        return self._until_final("GET", f"{path}?{urlencode(data)}" if data else path)

    def post(self, path: str, data: Mapping[str, Any] | None = None) -> Heard:
        key = {"Idempotency-Key": str(uuid4())} if self.has_keys else {}
        self.attempts.append(0)
        return self._until_final("POST", path, data or {}, **key)

    def _until_final(self, method: str, path: str, data: Any = None, **more: str) -> Heard:
        address = path if path.startswith("/") else f"/api/v1/{path}"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            heard = self._ask(method, address, data, self.headers | more)
            if heard is not None and heard.is_final:
                return heard
            time.sleep(BREATH)
        raise AssertionError(f"no final answer to {method} {address}: {heard}")

    def _ask(self, method: str, address: str, data: Any, headers: dict[str, str]) -> Heard | None:
        """None when the connection broke: the question may have been acted on, or not."""
        try:
            strike = self._taking_aim(method)
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
                connection.request(method, address, None if data is None else json.dumps(data), headers)
                strike()
                answer = connection.getresponse()
                return Heard(answer.status, answer.read())
        except (OSError, HTTPException):
            return None

    def _taking_aim(self, method: str) -> Callable[[], None]:
        """Only the first attempt of a write is struck at."""
        if method == "GET" or not self.attempts:
            return _spare()
        self.attempts[-1] += 1
        return self.aim() if self.attempts[-1] == 1 else _spare()


def _spare() -> Callable[[], None]:
    return lambda: None
