"""Every id in the body of a write, or in its address, is swapped for one out of reach: as unknown as one of nobody.

That holds for the API and for the forms of the pages; a path that begins with "?" is a parameter of the address.
"""

import copy
import re
from dataclasses import replace
from typing import Any

import pytest

from people.models import JournalEntry
from tests.authorization.asking import ask
from tests.authorization.entry import Entry
from tests.authorization.policy import API, PAGES, POLICY
from tests.authorization.routes import routes
from tests.authorization.seen import SEEN_BY
from tests.authorization.stage import Actor, Stage
from tests.authorization.test_matrix import seen_of_others
from tests.authorization.undoing import undone

pytestmark = pytest.mark.django_db

NOBODYS, NO_NUMBER = 2**40, "MZ-9999"
SWAPS = sorted((key, path) for key, entry in POLICY.items() for path in entry.keys)


@pytest.mark.parametrize(("key", "path"), SWAPS)
def test_an_id_out_of_reach_is_unknown(stage: Stage, key: str, path: str):
    anna, entry = stage.owners["anna"], POLICY[key]
    kind = entry.keys[path]
    for actor in stage.actors:
        if not (entry.lets_in(actor, anna) and entry.sees(actor, anna)):
            continue
        out_of_reach = [it for it in stage.owners.values() if not actor.reaches(SEEN_BY[kind], it.things[kind])]
        assert out_of_reach or actor.is_operator, "there is always another centre"
        unknown = asked(stage, actor, key, swapped(entry, stage, path, None))
        assert key in PAGES or unknown[0] in {400, 404, 409, 422}
        for owner in out_of_reach:
            foreign = asked(stage, actor, key, swapped(entry, stage, path, owner.things[kind].row))
            assert foreign == unknown, f"{actor.name} with the {kind} of {owner.name}"


@pytest.mark.parametrize("key", sorted(key for key, entry in POLICY.items() if entry.keys))
def test_with_ids_within_reach_it_is_done(stage: Stage, key: str):
    """The negative control: it is the swap that is refused, not the rest of the body."""
    actor = stage.actor("anna" if key == "POST reserve" else "manager")
    status, *_ = asked(stage, actor, key, POLICY[key])

    assert status in ({200, 201} if key in API else {200, 303})


def asked(stage: Stage, actor: Actor, key: str, entry: Entry) -> tuple[int, Any, list[str]]:
    """Status, what was said or where it led, and what was done; what was refused is not in the journal."""
    (method, route), anna = key.split(" ", 1), stage.owners["anna"]
    last = getattr(JournalEntry.objects.order_by("pk").last(), "pk", 0)
    with undone():
        answer = ask(actor, method, routes()[route], entry, anna)
        written = list(JournalEntry.objects.filter(pk__gt=last).values_list("verb", flat=True))
        typed = repr(entry.body(anna))  # a form may show again what somebody typed
        leaks = [leak for leak in seen_of_others(stage, actor, answer) if leak.split("'")[1] not in typed]
    assert not leaks
    assert answer.status_code < 400 or not written
    if key in API:
        return answer.status_code, [error["code"] for error in answer.json().get("errors", [])], written
    return answer.status_code, re.sub(r"\d+", "…", answer.get("Location", "")), written


def swapped(entry: Entry, stage: Stage, path: str, row: Any) -> Entry:
    """The entry with another thing named at ``path``: "lines.0.product", "?item". ``row`` None: one of nobody."""
    name, part = (path[1:], "query") if path.startswith("?") else (path, "body")
    changed = copy.deepcopy(dict(getattr(entry, part)(stage.owners["anna"])))
    *way, last = [int(step) if step.isdigit() else step for step in name.split(".")] if part == "body" else [name]
    place: Any = changed
    for step in way:
        place = place[step]
    place[last] = named_like(place[last] if isinstance(last, int) else place.get(last), row)
    return replace(entry, **{part: lambda the: changed})


def named_like(known: Any, row: Any) -> Any:
    """How the field names a thing: an item by its number, others by their id, alone or within: "contact:5", "5x1"."""
    if str(known).startswith("MZ-"):
        return row.asset_number if row else NO_NUMBER
    pk = row.pk if row else NOBODYS
    return re.sub(r"\d+", str(pk), known, count=1) if isinstance(known, str) and known else pk
