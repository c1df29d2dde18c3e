"""What the words in braces mean in each kind of letter, and where their values come from."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from people.letters.language import Value, Values

Facts: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Placeholder:
    """``{name}`` and what it means in a sentence. ``value`` is made of the facts of one thing, or of all of them.

    A block (a list, a link) stands in a line of its own. A link needs an account, or at least a mail: others cannot
    follow it.
    """

    name: str
    meaning: str | Promise
    value: Callable[[Any], Value]
    is_block: bool = False
    needs_account: bool = False
    needs_mail: bool = False


@dataclass(frozen=True, kw_only=True)
class Glossary:
    """The placeholders of a kind: of one thing (``each``) and of the whole letter (``once``).

    ``things`` finds what a letter speaks of one by one, if that is not simply what each intent is about. ``example``
    holds facts as an intent keeps them, for whoever words a kind before it was ever sent.
    """

    each: Sequence[Placeholder] = ()
    once: Sequence[Placeholder] = ()
    things: Callable[[Sequence[Facts]], Sequence[Any]] = list
    example: Facts = field(default_factory=dict)

    def values(
        self, facts: Sequence[Facts], names: Collection[str], *, has_account: bool, has_mail: bool
    ) -> tuple[Values, list[Values]]:
        """The values of ``names``: once, and thing by thing."""
        each, once = (
            [
                it
                for it in known
                if it.name in names and (has_account or not it.needs_account) and (has_mail or not it.needs_mail)
            ]
            for known in (self.each, self.once)
        )
        return {it.name: it.value(facts) for it in once}, [
            {it.name: it.value(thing) for it in each} for thing in self.things(facts)
        ]


def glossary_of(kind: str) -> Glossary:
    """Raises KeyError for a kind that nobody explains."""
    return _glossaries()[kind]


@cache
def _glossaries() -> Mapping[str, Glossary]:
    """Each floor explains its own kinds, in its module ``glossaries``."""
    found: dict[str, Glossary] = {}
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "glossaries"):
            found |= import_module(f"{app.name}.glossaries").GLOSSARIES
    return found
