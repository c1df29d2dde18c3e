"""A page asks the database as often for forty rows as for five, and never more often than ceilings.py says."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.items import ItemResource, number_of_label
from inventory.models import Item
from tests.authorization.asking import ask
from tests.authorization.ceilings import CEILINGS
from tests.authorization.crowd import Crowd
from tests.authorization.policy import POLICY
from tests.authorization.routes import routes
from tests.authorization.stage import Actor, Owner, Stage
from tests.authorization.undoing import undone

pytestmark = pytest.mark.django_db

ROUTES = routes()
FEW, MORE = 5, 35


def test_every_page_and_every_list_has_a_ceiling():
    """A key is an address of policy.py; a tab of its own ("?show=past") and who looks ("as anna") may follow."""
    named = {key.split(" as ")[0].split("?")[0] for key in CEILINGS}
    missing = {key for key in POLICY if key.startswith("GET ")} - named

    assert missing == set(), f"{sorted(missing)}: say in tests/authorization/ceilings.py how many queries it may take"
    gone = named - POLICY.keys()
    assert gone == set(), "these addresses are gone: take their lines out of ceilings.py"


def test_nothing_asks_more_often_when_there_are_more_rows(stage: Stage):
    counted = []
    with undone():
        crowd = Crowd(stage)
        for rows in (FEW, MORE):
            owner = crowd.grow(rows)
            counted.append({key: queries(stage, key, owner) for key in CEILINGS})
    few, many = counted

    grown = [f"{key}: {few[key]}, then {many[key]}" for key in CEILINGS if few[key] != many[key]]
    above = [f"{key}: {many[key]} above {ceiling}" for key, ceiling in CEILINGS.items() if many[key] > ceiling]
    assert not grown + above, "\n".join(grown + above)


def test_a_query_for_each_row_is_seen(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    """The negative control: items whose product and location are asked for one by one."""
    monkeypatch.setattr(ItemResource, "queryset", Item.objects.annotate(code=number_of_label("pk")))
    with undone():
        crowd = Crowd(stage)
        few, many = (queries(stage, "GET api:item-list", crowd.grow(1)) for _time in range(2))

    assert CEILINGS["GET api:item-list"] < few < many


def queries(stage: Stage, key: str, owner: Owner) -> int:
    """How many it takes once whatever is kept in memory is there."""
    address, _, name = key.removeprefix("GET ").partition(" as ")
    route, _, query = address.partition("?")
    entry = POLICY[f"GET {route}"]
    entry = replace(entry, query=lambda the, known=entry.query: {**known(the), **dict(parse_qsl(query))})
    actor = stage.actor(name) if name else reader(stage, key, owner)
    ask(actor, "GET", ROUTES[route], entry, owner)
    with CaptureQueriesContext(connection) as asked:
        answer = ask(actor, "GET", ROUTES[route], entry, owner)
    assert answer.status_code < 400 or (answer.status_code == 404 and entry.may_be_empty), f"{key}: {answer}"
    return len(asked)


def reader(stage: Stage, key: str, owner: Owner) -> Actor:
    """The first who may: the management, or whose page it is."""
    entry = POLICY[key.split("?")[0]]
    actors = map(stage.actor, ("manager", "operator", "anna"))
    return next(actor for actor in actors if entry.lets_in(actor, owner) and entry.sees(actor, owner))
