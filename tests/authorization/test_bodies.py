"""Every id in the body of a write is swapped for one out of reach: it is as unknown as one that does not exist."""

import copy
from typing import Any

import pytest

from people.models import JournalEntry
from tests.authorization.asking import ask
from tests.authorization.policy import POLICY
from tests.authorization.routes import routes
from tests.authorization.stage import SEEN_BY, Actor, Stage, undone

pytestmark = pytest.mark.django_db

NOWHERE = {"item": "MZ-9999"}
SWAPS = sorted((key, path) for key, entry in POLICY.items() for path in entry.keys)


@pytest.mark.parametrize(("key", "path"), SWAPS)
def test_an_id_out_of_reach_is_unknown(stage: Stage, key: str, path: str):
    anna, entry = stage.owners["anna"], POLICY[key]
    kind = entry.keys[path]
    for actor in stage.actors:
        if not (entry.lets_in(actor, anna) and entry.sees(actor, anna)):
            continue
        out_of_reach = [it for it in stage.owners.values() if not actor.reaches(SEEN_BY[kind], it.things[kind])]
        assert out_of_reach, "there is always another centre"
        unknown = asked(stage, actor, key, swapped(entry.body(anna), path, NOWHERE.get(kind, 2**40)))
        assert unknown[0] in {400, 404, 409, 422}
        for owner in out_of_reach:
            foreign = asked(stage, actor, key, swapped(entry.body(anna), path, value_of(owner.things[kind].row)))
            assert foreign == unknown, f"{actor.name} with the {kind} of {owner.name}"


@pytest.mark.parametrize("key", sorted(key for key, entry in POLICY.items() if entry.keys))
def test_with_ids_within_reach_it_is_done(stage: Stage, key: str):
    """The negative control: it is the swap that is refused, not the rest of the body."""
    status, _ = asked(stage, stage.actor("manager"), key, dict(POLICY[key].body(stage.owners["anna"])))

    assert status in {200, 201}


def asked(stage: Stage, actor: Actor, key: str, body: Any) -> tuple[int, list[str]]:
    """Status and codes; what was refused is not in the journal."""
    method, route = key.split(" ", 1)
    before = JournalEntry.objects.count()
    with undone():
        answer = ask(actor, method, routes()[route], POLICY[key], stage.owners["anna"], body)
        written = JournalEntry.objects.count() - before
    assert answer.status_code < 300 or not written
    return answer.status_code, [error["code"] for error in answer.json().get("errors", [])]


def swapped(body: Any, path: str, value: Any) -> Any:
    """A copy of ``body`` with another value at ``path``: "lines.0.product"."""
    changed = copy.deepcopy(dict(body))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = changed
    for step in way:
        place = place[step]
    place[last] = value
    return changed


def value_of(row: Any) -> Any:
    """How a body names a thing: an item by what is read from it, anything else by its id."""
    return getattr(row, "asset_number", None) or row.pk
