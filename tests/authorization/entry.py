"""How one line of the table reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from people.roles import GRANTS, Reach
from tests.authorization.seen import SEEN_BY
from tests.authorization.stage import Actor, Owner

OPEN, SIGNED_IN, OF_A_SCHOOL = "everybody", "whoever is signed in", "who belongs to a school"
Sent = Callable[[Owner], Mapping[str, Any]]


def nothing(the: Owner) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Entry:
    """Who is let in: ``needs`` is a verb of roles.py, OPEN, SIGNED_IN or OF_A_SCHOOL.

    With ``of_center`` the verb must reach the whole centre. ``row`` is the thing that the address names, ``on`` the one
    that the body names; whoever cannot see it is told that it is not there. ``at`` are parts of the address beside the
    row's pk or token, ``query`` what follows it. With ``sends_home``, who is not let in is sent to the front page; with
    ``may_be_empty``, there need not be anything.
    """

    needs: str
    row: str = ""
    on: str = ""
    lists: str = ""
    body: Sent = nothing
    keys: Mapping[str, str] = field(default_factory=dict)
    at: Sent = nothing
    query: Sent = nothing
    of_center: bool = False
    sends_home: bool = False
    may_be_empty: bool = False

    @property
    def is_about_things(self) -> bool:
        return bool(self.row or self.on) or {self.body, self.at, self.query} != {nothing}

    def sees(self, actor: Actor, owner: Owner) -> bool:
        """Whether the things that the request names are there for this actor."""
        kinds = [kind for kind in (self.row, self.on) if kind]
        return all(actor.reaches(SEEN_BY[kind], owner.things[kind]) for kind in kinds)

    def lets_in(self, actor: Actor, owner: Owner) -> bool:
        if self.needs == OPEN:
            return True
        if self.needs == SIGNED_IN:
            return actor.user is not None
        if self.needs == OF_A_SCHOOL:
            return actor.institution is not None
        if self.of_center:
            return actor.role is not None and GRANTS[self.needs].get(actor.role) == Reach.CENTER
        kind = self.on or self.row
        return actor.reaches(self.needs, owner.things[kind]) if kind else actor.has(self.needs)


def anybody(**more: Any) -> Entry:
    return Entry(OPEN, **more)


def signed_in(**more: Any) -> Entry:
    return Entry(SIGNED_IN, **more)


def of_a_school(**more: Any) -> Entry:
    return Entry(OF_A_SCHOOL, **more)


def needs(verb: str, **more: Any) -> Entry:
    """Whoever has the verb; with ``on``, as far as it reaches that thing."""
    return Entry(verb, **more)


def rows(kind: str) -> Entry:
    """A list of the API: open to whoever is signed in, it shows what they may see and nothing else."""
    return Entry(SIGNED_IN, lists=kind)


def row(kind: str, verb: str = "", **more: Any) -> Entry:
    """One thing, by its address: seen by its own verb, and changed by ``verb``."""
    return Entry(verb or SEEN_BY[kind], row=kind, **more)
