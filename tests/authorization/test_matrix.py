"""Every address, every role, own and foreign things: who is let in, and what they get to see."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse

from people.models import JournalEntry
from tests.authorization.asking import ask
from tests.authorization.entry import Entry
from tests.authorization.policy import ALLAUTH_SIGNED_IN, POLICY
from tests.authorization.routes import Route, routes
from tests.authorization.seen import SEEN_BY
from tests.authorization.stage import Actor, Owner, Stage
from tests.authorization.undoing import undone

pytestmark = pytest.mark.django_db

ROUTES = routes()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LOGIN = "/konto/login/"


def test_every_address_has_an_entry_and_every_entry_an_address():
    named = {key.split(" ", 1)[1] for key in POLICY}
    missing = {name for name, route in ROUTES.items() if route.is_ours} - named

    assert missing == set(), (
        f"{sorted(missing)}: say in tests/authorization/policy.py who may open it, for example "
        '"GET loan_history": row("loan") or "GET figures": needs("figures.see")'
    )
    assert named - ROUTES.keys() == set(), "these addresses are gone: take their lines out of policy.py"
    assert ALLAUTH_SIGNED_IN - ROUTES.keys() == set()


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if route.is_ours))
def test_every_method_that_an_address_answers_has_an_entry(stage: Stage, name: str):
    manager, anna = stage.actor("manager"), stage.owners["anna"]
    known = {method: POLICY[f"{method} {name}"] for method in METHODS if f"{method} {name}" in POLICY}
    assert known, f'"… {name}" has no entry in tests/authorization/policy.py'
    entry = next(iter(known.values()))

    for method in set(METHODS) - known.keys():
        answer = ask(manager, method, ROUTES[name], entry, anna)
        assert answer.status_code == 405, f'"{method} {name}" is answered, but has no entry in policy.py'


@pytest.mark.parametrize("key", sorted(POLICY))
def test_only_who_may_is_let_in_and_sees_nothing_of_others(stage: Stage, key: str):
    entry, (method, name) = POLICY[key], key.split(" ", 1)

    wrong = [
        f"{actor.name} {key} of {owner.name}: {found}"
        for actor, owner in stage.meetings()
        if owner.name == "anna" or entry.is_about_things
        for found in examined(stage, actor, owner, entry, method, ROUTES[name])
    ]

    assert not wrong, "\n".join(wrong)


def examined(stage: Stage, actor: Actor, owner: Owner, entry: Entry, method: str, route: Route) -> Iterator[str]:
    before = JournalEntry.objects.count()
    with undone():
        answer = ask(actor, method, route, entry, owner)
        written = JournalEntry.objects.count() - before
    got, wanted = outcome(answer, entry), expected(actor, owner, entry, route)
    if got not in (wanted, *also_right(wanted, entry)):
        yield f"{got} ({answer.status_code}), should be {wanted}"
    if wanted != "let in" and written:
        yield f"refused, but {written} acts are in the journal"
    yield from seen_of_others(stage, actor, answer)


def outcome(answer: HttpResponse, entry: Entry) -> str:
    """In words, what an answer means to who asked."""
    status, to = answer.status_code, answer.headers.get("Location", "")
    if status == 401 or to.startswith(LOGIN):
        return "asked to sign in"
    if status >= 500:
        return "broken"
    if entry.sends_home and to == "/":
        return "forbidden"
    if entry.on and status == 400:
        return "not there"
    return {403: "forbidden", 404: "not there", 405: "not spoken"}.get(status, "let in")


def expected(actor: Actor, owner: Owner, entry: Entry, route: Route) -> str:
    if entry.lets_in(actor, owner) and entry.sees(actor, owner):
        return "let in"
    if actor.user is None:
        return "asked to sign in"
    if not entry.sees(actor, owner):
        return "not there"
    return "forbidden"


def also_right(wanted: str, entry: Entry) -> Iterator[str]:
    """Who may not open a page need not be told that there is one; what may be opened need not have anything in it."""
    if (wanted == "forbidden" and not entry.row) or (wanted == "let in" and entry.may_be_empty):
        yield "not there"


def seen_of_others(stage: Stage, actor: Actor, answer: HttpResponse) -> Iterator[str]:
    """Names and numbers in the answer that this actor must never read."""
    shown = b"".join(answer) if answer.streaming else answer.content
    for owner in stage.owners.values():
        for kind, thing in owner.things.items():
            if thing.mark and thing.mark.encode() in shown and not actor.reaches(SEEN_BY[kind], thing):
                yield f"reads {thing.mark!r}, the {kind} of {owner.name}"


@pytest.mark.parametrize("key", sorted(key for key, entry in POLICY.items() if entry.lists))
def test_a_list_shows_what_one_may_see_and_all_of_it(stage: Stage, key: str):
    kind = POLICY[key].lists
    for actor in stage.actors[1:]:
        answer = actor.api.get(ROUTES[key.split(" ", 1)[1]].address(), {"limit": 500}).json()
        shown = {row["id"] for row in answer["results"]}
        for owner in stage.owners.values():
            thing = owner.things[kind]
            is_seen = actor.reaches(SEEN_BY[kind], thing)
            assert (thing.row.pk in shown) == is_seen, f"{actor.name}: {kind} of {owner.name}"


@pytest.mark.parametrize("name", sorted(ALLAUTH_SIGNED_IN))
def test_account_pages_want_a_sign_in(stage: Stage, name: str):
    route = ROUTES[name]
    address = route.address(**({"pk": 1} if "<int:pk>" in route.pattern else {}))

    with undone():
        answer = stage.actor("anonymous").page.get(address)

    assert answer.status_code in {302, 401, 403, 404}
    assert not answer.headers.get("Location", LOGIN).startswith(address)


def test_the_matrix_finds_a_door_left_open(stage: Stage):
    """The negative control: an entry that is stricter than its page is found out, and so is one that is laxer."""
    anna, owner = stage.actor("anna"), stage.owners["anna"]

    too_strict = list(examined(stage, anna, owner, Entry("desk.see"), "GET", ROUTES["home"]))
    too_lax = list(examined(stage, anna, owner, Entry("catalogue.see"), "GET", ROUTES["today"]))

    assert too_strict == ["let in (200), should be forbidden"]
    assert too_lax == ["forbidden (403), should be let in"]
