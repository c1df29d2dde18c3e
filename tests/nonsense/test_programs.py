"""Whatever a program sends in a filter or in a body is a 4xx with words, and never breaks anything."""

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from tests.authorization.policy import API
from tests.authorization.stage import Stage
from tests.authorization.test_forms_once import snapshot
from tests.authorization.undoing import undone
from tests.nonsense.values import DAYS, LONG, MARKUP, NUMBERS, Missing
from tests.nonsense.walk import Address, tried

pytestmark = pytest.mark.django_db

READ = sorted(key for key in API if key.startswith("GET ") and key not in {"GET api:schema", "GET api:docs"})
WRITTEN = sorted(key for key in API if key.startswith("POST "))
VALUES: list[Any] = [
    None, True, -1, 0, 2**63, 10**400, 1.5, 1e308, "", "a\0b", "\ud800", "x" * LONG, MARKUP, [], {}, [[]], {"pk": 1},
    NUMBERS[-1], *DAYS[:6],
]  # fmt: skip
PICKED = 14


@pytest.mark.parametrize("key", READ)
def test_a_filter_takes_nonsense_or_refuses_it(stage: Stage, key: str):
    address = Address(stage, key)
    with undone():
        picked = [{name: value} for name, value in address.picked(PICKED) if not isinstance(value, Missing)]
        wrong = [it for nonsense in ({"fremd": "1"}, *picked) for it in tried(address.ask, nonsense)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("key", WRITTEN)
def test_a_body_takes_nonsense_as_a_whole_or_not_at_all(stage: Stage, key: str):
    address = Address(stage, key)
    body = dict(address.entry.body(address.owner)) or {"reason": "x", "until": "2027-01-01", "email": "a", "lines": []}
    pairs = [(place, value) for place in places(body) for value in VALUES]
    with undone():
        before = snapshot()
        picked = Random(key).sample(pairs, min(PICKED, len(pairs)))
        wrong = [it for place, value in picked for it in tried(address.ask_json, placed(body, place, value))]
        left = {table for table, rows in snapshot().items() if rows != before[table]}

    assert not wrong, "\n".join(wrong)
    assert left == set(), "something was refused, and is half written"


def places(body: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to the whole and to each part of it."""
    yield way
    parts = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, part in parts:
        yield from places(part, (*way, name))


def placed(body: Any, way: tuple[Any, ...], value: Any) -> Any:
    if not way:
        return value
    changed = copy.deepcopy(body)
    place = changed
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    return changed
