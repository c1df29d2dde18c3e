"""Every verb leaves a journal row: whatever takes ``by`` leads to journal.record, itself or through what it calls.

Verbs are found by their signature and followed through the names they really use (their module's globals), so neither
a list of verbs nor a new module has to be kept in step. Whether the row is right is each verb's own test.
"""

import ast
import importlib
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

from people import journal
from tests.house import FLOORS, modules

VERBS_LIVE_IN = ("people", "inventory", "licenses", "lending", "office")
RECORDS: frozenset[Any] = frozenset({journal.record, journal.record_all})

#: What takes ``by`` and changes nothing, or nothing that the journal keeps: each with its reason.
EXEMPT = {
    "lending.eligibility.check": "asks",
    "lending.eligibility.check_limits": "asks",
    "lending.eligibility.is_staff": "asks",
    "lending.reservations.repeating.foreseen": "asks",
    "people.memberships.appointing.give_role": "the plain change; the verbs that call it say why",
    "people.uploads.keep": "nothing is changed yet, and the file is gone in a day",
    "people.uploads.take_over": "the importer records, which is known only when it runs",
}


def verbs() -> Iterator[FunctionType]:
    for path in modules(*VERBS_LIVE_IN):
        if "management" in path.parts or path.name == "journal.py" or "demo" in path.parts:
            continue
        module = importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
        for name, thing in vars(module).items():
            is_ours = is_function(thing) and thing.__module__ == module.__name__ and not name.startswith("_")
            if is_ours and "by" in inspect.signature(thing).parameters:
                yield inspect.unwrap(thing)


def test_every_verb_leads_to_the_journal():
    found = {f"{verb.__module__}.{verb.__name__}": verb for verb in verbs()}
    assert len(found) > 60
    silent = {name for name, verb in found.items() if not leads_to_journal(verb)}

    assert silent - EXEMPT.keys() == set(), "record what happened, or say in EXEMPT why not"
    assert EXEMPT.keys() - silent == set(), "these exemptions are not needed any more"


def test_a_verb_that_tells_nobody_would_be_seen():
    assert not leads_to_journal(forgetful)
    assert not leads_to_journal(forgetful_by_way_of_another)
    assert leads_to_journal(faithful_by_way_of_another)


def forgetful(item: Any, *, by: Any) -> None:
    """Mentions journal.record, and calls something else."""
    item.save()


def faithful(item: Any, *, by: Any) -> None:
    journal.record("item.changed", item, by=by)


def forgetful_by_way_of_another(item: Any, *, by: Any) -> None:
    forgetful(item, by=by)


def faithful_by_way_of_another(item: Any, *, by: Any) -> None:
    for it in [item]:
        faithful(it, by=by)


@cache
def leads_to_journal(verb: FunctionType) -> bool:
    seen: set[FunctionType] = set()
    ahead = [verb]
    while ahead:
        function = ahead.pop()
        if function in RECORDS:
            return True
        if function not in seen:
            seen.add(function)
            ahead += called_by(function)
    return False


def called_by(function: FunctionType) -> list[FunctionType]:
    """The functions of ours whose names stand in ``function``, handed on to others included."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    found = (meant(node, function.__globals__) for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute))
    return [inspect.unwrap(it) for it in found if is_function(it) and it.__module__.split(".")[0] in (*FLOORS, "tests")]


def meant(node: ast.AST, names: dict[str, Any]) -> Any:
    """What a name, or a name in a module, stands for; None for what is only known when it runs."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = meant(node.value, names)
        return getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
    return None


def is_function(thing: Any) -> bool:
    return callable(thing) and isinstance(inspect.unwrap(thing), FunctionType)
