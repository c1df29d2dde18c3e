"""Going through either door."""

import copy
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.authorization.entry import Entry
from tests.authorization.routes import Route
from tests.authorization.stage import Actor, Owner


def ask(
    actor: Actor, method: str, route: Route, entry: Entry, owner: Owner, body: Mapping[str, Any] | None = None
) -> Any:
    """What ``actor`` is answered who asks for ``owner``'s things; ``body`` instead of the entry's own."""
    client = copy.copy(actor.api if route.is_api else actor.page)
    client.cookies = copy.copy(client.cookies)  # a sign-out is for this request only
    query = urlencode(entry.query(owner), doseq=True)
    address = f"{route.address(**parts(route, entry, owner))}?{query}"
    sent = dict(entry.body(owner) if body is None else body)
    if route.is_api:
        return read(client.generic(method, address, json.dumps(sent), content_type="application/json"))
    return read(client.post(address, sent) if method == "POST" else client.generic(method, address))


def read(answer: Any) -> Any:
    """A file is read at once, and closed with that."""
    if answer.streaming:
        answer.streaming_content = [b"".join(answer.streaming_content)]
    return answer


def parts(route: Route, entry: Entry, owner: Owner) -> dict[str, Any]:
    """What stands in the address that names ``owner``'s things."""
    row = owner.things[entry.row].row if entry.row else None
    named = {name: getattr(row, name) for name in ("pk", "token") if row and f":{name}>" in route.pattern}
    return {**entry.at(owner), **named}
