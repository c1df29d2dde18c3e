"""Sending nonsense to one address, and what must be said of the answer."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from django.db import Error, connection, transaction

from frontend.repeating import TOKEN
from tests.authorization.asking import parts, read
from tests.authorization.policy import POLICY
from tests.authorization.routes import routes
from tests.authorization.stage import Actor, Stage
from tests.authorization.undoing import nested, undone
from tests.nonsense.listening import listening
from tests.nonsense.markup import crossed
from tests.nonsense.values import MARKUP, as_sent, shown, unfit

ROUTES = routes()
#: Whoever is not let in would be turned away before anybody reads the nonsense.
PEOPLE = ("manager", "operator", "anna")
#: A page of a problem, a refusal, a form with its mistakes, or a word about nothing being there.
SIGNS = "kern-preline|refusal|kern-error|kern-alert--danger|kern-alert--warning|notice--warning|empty"
EXPLAINED = re.compile(rf'class="(?:[^"]* )?(?:{SIGNS})[ "]')
PART = re.compile(r"<[^>]+>")


class Address:
    """One method of one address, asked by somebody who may."""

    def __init__(self, stage: Stage, key: str) -> None:
        self.key, self.entry, self.owner = key, POLICY[key], stage.owners["anna"]
        self.method, name = key.split(" ", 1)
        self.route = ROUTES[name]
        self.actor = self._who_may(stage)

    def fields(self) -> dict[str, Any]:
        """What the view asks for, with a value that it takes; None where no such value is known."""
        known = {**self.entry.query(self.owner), **self.entry.body(self.owner)}
        with undone(), listening() as heard:
            self.ask({})
        return {name: known.get(name) for name in sorted(heard | known.keys()) if name != TOKEN}

    def picked(self, most: int) -> list[tuple[str, Any]]:
        """Some of what fits none of the fields, the same each time."""
        pairs = [(name, value) for name, valid in self.fields().items() for value in unfit(valid)]
        return Random(self.key).sample(pairs, min(most, len(pairs)))

    def ask(self, nonsense: Mapping[str, Any]) -> Any:
        """In the form, and in what follows the address, as far as the fields are known to belong there."""
        query = dict(self.entry.query(self.owner))
        asked = nonsense if self.method == "GET" else {name: nonsense[name] for name in nonsense.keys() & query.keys()}
        client = self.client()
        address = f"{self.place()}?{urlencode(dict(as_sent({**query, **asked})), doseq=True)}"
        if self.method == "GET":
            return read(client.get(address))
        return client.post(address, dict(as_sent({**self.entry.body(self.owner), TOKEN: "a page's token", **nonsense})))

    def ask_bare(self, content_type: str, body: bytes) -> Any:
        return read(self.client().generic(self.method, self.place(), body, content_type))

    def ask_json(self, body: Any) -> Any:
        return self.ask_bare("application/json", json.dumps(body).encode())

    def ask_at(self, part: str) -> Any:
        """With something else for each part of the address that names a thing."""
        address = PART.sub(lambda _: quote(part.encode("utf-8", "surrogatepass"), safe=""), self.route.pattern)
        return read(self.client().generic(self.method, f"/{address}"))

    def client(self) -> Any:
        client = copy.copy(self.actor.api if self.route.is_api else self.actor.page)
        client.cookies = copy.copy(client.cookies)
        return client

    def place(self) -> str:
        return self.route.address(**parts(self.route, self.entry, self.owner))

    def _who_may(self, stage: Stage) -> Actor:
        named = ["anna"] if self.key == "POST reserve" else []
        actors = map(stage.actor, (*named, *PEOPLE))
        return next(it for it in actors if self.entry.lets_in(it, self.owner) and self.entry.sees(it, self.owner))


def tried(ask: Any, *nonsense: Any) -> Iterator[str]:
    """What is wrong with the answer. What was taken is undone; what a refusal leaves behind stays, to be found."""
    with nested():
        answer = ask(*nonsense)
        found = [*complaints(answer)]
        if answer.status_code < 400:
            found += _deferred()
        transaction.set_rollback(not 400 <= answer.status_code < 500)
    said = ", ".join(shown(it) for it in nonsense)
    yield from (f"{said}: {complaint}" for complaint in found)


def _deferred() -> Iterator[str]:
    """The walls that stand at the end of a transaction."""
    try:
        connection.check_constraints()
    except Error as error:
        yield f"would break when it is written: {error}"


def complaints(answer: Any) -> Iterator[str]:
    if answer.status_code >= 500:
        broken = answer.exc_info
        yield f"{answer.status_code} {broken and broken[1]!r}"
    content = b"".join(answer) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        yield from _of_page(content.decode(), is_refusal=answer.status_code >= 400)
    elif kind.startswith("application/json") and answer.status_code >= 400:
        told = json.loads(content)  # COUNTER refuses in words of its own
        errors = told["errors"] if "errors" in told else [{"detail": told["Message"]}]
        yield from (f"says nothing in {error}" for error in errors if not error["detail"])
    elif answer.status_code >= 400:
        yield f"{answer.status_code} as {kind or 'nothing'}"


def _of_page(html: str, *, is_refusal: bool) -> Iterator[str]:
    if MARKUP in html:
        yield "gives markup back as it came"
    if is_refusal and not EXPLAINED.search(html):
        yield "does not say why it refuses"
    if wrong := crossed(html):
        yield f"is no well-formed page: {wrong}"
