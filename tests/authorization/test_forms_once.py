"""Every form of the pages, sent twice from the same page, acts once and is answered as the first time."""

import hashlib
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from psycopg import sql

from frontend.reading import OUR_VIEWS
from frontend.repeating import TOKEN
from tests.authorization.asking import ask
from tests.authorization.policy import PAGES, POLICY
from tests.authorization.routes import routes
from tests.authorization.stage import Actor, Stage
from tests.authorization.undoing import undone

pytestmark = pytest.mark.django_db

ROUTES = routes()
FORMS = sorted(key for key in PAGES if key.startswith("POST "))
#: Nothing to remember, because what is repeated is only said again.
HARMLESS = {
    "POST set_language": "Django's own: the language is set to what it is",
    "POST pupils": "each wrong code counts (tests/frontend/test_media_lists.py)",
}
#: On the stage the rules say no, so that there is nothing to repeat: the row, locked, is asked each time anew.
REFUSED = {
    "POST reservation_ready": "it waits for approval",
    "POST reservation_accept": "nothing was offered",
    "POST at_risk_help": "nothing is at risk",
    "POST at_risk_tell": "nothing is at risk",
    "POST loan_remind": "nobody is reminded yet",
    "POST member_reject": "the member is active",
    "POST close_account": "the last manager stays",
    "POST letter_release": "the letter is out",
    "POST letter_hold_back": "the letter is out",
}
#: What is not remembered: a repetition is a PDF again, of the same labels; a secret is shown and counted anew.
SAID_AGAIN = {"POST label_sheet", "POST key"}
PASSING = {"django_session", "people_oncekey", "licenses_wrongcode"}


def test_every_form_of_ours_goes_through_the_one_place():
    missed = {key for key in FORMS if not ROUTES[key.split(" ", 1)[1]].module.startswith(OUR_VIEWS)}

    assert missed <= HARMLESS.keys(), "say why it may be repeated, or let it be a view of ours"


@pytest.mark.parametrize("key", [key for key in FORMS if key not in HARMLESS.keys() | REFUSED.keys() | SAID_AGAIN])
def test_a_form_that_is_sent_twice_acts_once(stage: Stage, key: str):
    with undone():
        first = send(stage, key, "a page's token")
        done = snapshot()
        second = send(stage, key, "a page's token")
        after = snapshot()

    assert first.status_code < 400
    assert (second.status_code, second.get("Location")) == (first.status_code, first.get("Location"))
    assert [table for table in done if done[table] != after[table]] == []


@pytest.mark.parametrize("key", sorted(REFUSED))
def test_what_is_refused_leaves_nothing_behind(stage: Stage, key: str):
    with undone():
        before = snapshot()
        answers = [send(stage, key, "a page's token").status_code for _again in range(2)]
        after = snapshot()

    assert answers == [409, 409]
    assert before == after


@pytest.mark.parametrize("key", ["POST handover_extra", "POST loan_renew", "POST call", "POST import_upload"])
def test_from_another_page_it_acts_again(stage: Stage, key: str):
    """The negative control: without the memory the second sending would have acted."""
    with undone():
        send(stage, key, "a page's token")
        done = snapshot()
        send(stage, key, "another page's token")
        after = snapshot()

    assert done != after


def test_with_another_field_it_is_another_act(stage: Stage):
    entry, anna = POLICY["POST handover_extra"], stage.owners["anna"]
    with undone():
        before = anna.handover.extras.count()
        for name in ("Kabel", "Maus", "Kabel"):
            body = {"name": name, "quantity": 1, TOKEN: "a page's token"}
            ask(stage.actor("desk"), "POST", ROUTES["handover_extra"], entry, anna, body)
        after = anna.handover.extras.count()

    assert after - before == 2


def test_the_key_is_bound_to_its_person(stage: Stage):
    with undone():
        send(stage, "POST handover_extra", "a page's token", stage.actor("manager"))
        done = snapshot()
        send(stage, "POST handover_extra", "a page's token", stage.actor("desk"))
        after = snapshot()

    assert done != after


def send(stage: Stage, key: str, token: str, actor: Actor | None = None) -> Any:
    entry, anna, (method, name) = POLICY[key], stage.owners["anna"], key.split(" ", 1)
    actor = actor or sender(stage, key)
    return ask(actor, method, ROUTES[name], entry, anna, {**entry.body(anna), TOKEN: token})


def sender(stage: Stage, key: str) -> Actor:
    """Somebody who may: the manager, or who does it in earnest."""
    anna, entry = stage.owners["anna"], POLICY[key]
    names = ["anna", "operator"] if key == "POST reserve" else ["manager", "operator"]
    return next(actor for actor in map(stage.actor, names) if entry.lets_in(actor, anna) and entry.sees(actor, anna))


def snapshot() -> dict[str, str]:
    """A digest of every table's rows, but for what only says that somebody was here."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} - PASSING)
    with connection.cursor() as cursor:
        return {table: _digest(cursor, table) for table in tables}


def _digest(cursor: Any, table: str) -> str:
    cursor.execute(sql.SQL("SELECT row::text FROM {} AS row ORDER BY 1").format(sql.Identifier(table)).as_string())
    return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
