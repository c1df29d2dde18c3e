"""One person with one keep-alive connection."""

import json
import re
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

IDLE: Final = 1.0
"""Seconds after which the server may be about to close a connection on which nobody asks."""


class NotAnswered(Exception):
    """Something else than 2xx came back."""


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def headers_to_send(self) -> dict[str, str]:
        """A program sends a key with each write, so that it can send it again."""
        if self.method == "GET":
            return self.headers
        return {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex, **self.headers}

    def body_to_send(self) -> bytes | None:
        return None if self.body is None else json.dumps(self.body).encode()


class Client:
    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.port, self.headers = port, headers
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.last = time.monotonic()

    def beside(self) -> "Client":
        """The same person on a connection of its own."""
        return Client(self.port, self.headers)

    def ask(self, asked: Asked) -> bytes:
        """The body of a 2xx; raises NotAnswered otherwise."""
        if time.monotonic() > self.last + IDLE:
            self.connection.close()  # the next request opens it again
        headers = {**self.headers, **asked.headers_to_send()}
        self.connection.request(asked.method, asked.path, asked.body_to_send(), headers)
        answer = self.connection.getresponse()
        body = answer.read()
        self.last = time.monotonic()
        if not 200 <= answer.status < 300:
            raise NotAnswered(f"{asked.method} {asked.path}: {answer.status} {body[:300]!r}")
        return body

    def read(self, asked: Asked) -> Any:
        return json.loads(self.ask(asked))


def signed_in(port: int, email: str, password: str) -> Client:
    """A program with a token."""
    asked = Asked("POST", "/api/v1/auth/token/", {"email": email, "password": password})
    token = Client(port, {}).read(asked)["token"]
    return Client(port, {"Authorization": f"Token {token}"})


def at_the_page(port: int, email: str, password: str) -> Client:
    """A browser with a session."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/konto/login/")
    page = connection.getresponse()
    text = page.read().decode()
    cookies = _cookies(page.headers.get_all("Set-Cookie"))
    secret = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    fields = {"csrfmiddlewaretoken": secret[1] if secret else "", "login": email, "password": password}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    connection.request("POST", "/konto/login/", urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        raise NotAnswered(f"signing in at the page: {answer.status}")
    return Client(port, {"Cookie": _cookies(answer.headers.get_all("Set-Cookie"))})


def _cookies(lines: list[str] | None) -> str:
    return "; ".join(line.partition(";")[0] for line in lines or ())
