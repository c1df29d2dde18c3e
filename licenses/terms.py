"""May this person, for this institution, do this with this medium, on this day? Pure: plain data in, a decision out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from licenses.rights import BEFORE_PUPILS, BY_PUPILS
from people.roles import Role

PUPIL: Final = "pupil"
"""What a code of a class stands for: nobody in particular, and only what its list names."""


class No(StrEnum):
    """Why not, in the order in which it is asked (DESIGN section 4)."""

    UNKNOWN_TITLE = "UNKNOWN_TITLE"
    NOT_AUTHENTICATED = "NOT_AUTHENTICATED"
    ACCOUNT_NOT_ACTIVATED = "ACCOUNT_NOT_ACTIVATED"
    ROLE_NOT_ALLOWED = "ROLE_NOT_ALLOWED"
    NO_LICENSE = "NO_LICENSE"
    NOT_STARTED = "NOT_STARTED"
    EXPIRED = "EXPIRED"
    TERRITORY = "TERRITORY"
    SCHOOL_TYPE = "SCHOOL_TYPE"
    INSTITUTION_TYPE = "INSTITUTION_TYPE"
    ACTION_NOT_LICENSED = "ACTION_NOT_LICENSED"
    AGE_RATING = "AGE_RATING"
    LIST_REQUIRED = "LIST_REQUIRED"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"


@dataclass(frozen=True)
class Asker:
    """Who asks, as the institution knows them: ``role`` is None if they do not act for it."""

    is_authenticated: bool = True
    is_activated: bool = True
    role: str | None = Role.TEACHER


@dataclass(frozen=True)
class Place:
    """The institution for which is asked. ``territories``: the municipalities it counts as being in (its own, or where
    that is unknown all of its centre's); ``oldest``: how old its oldest pupils are, None for grown-ups."""

    id: int
    kind: str
    school_form: str = ""
    territories: frozenset[str] = frozenset()
    oldest: int | None = None


@dataclass(frozen=True)
class Title:
    """The medium. ``is_on_list``: somebody put it on the list that the asking code of a class stands for."""

    id: int
    age_rating: int = 0
    is_on_list: bool = False


@dataclass(frozen=True)
class Area:
    """A scope; an empty set means: no matter."""

    territory: frozenset[str] = frozenset()
    school_forms: frozenset[str] = frozenset()
    institution_kinds: frozenset[str] = frozenset()
    institutions: frozenset[int] = frozenset()

    def is_around(self, place: Place) -> bool:
        """Whether the place is on its map: one of those named, in one of the municipalities."""
        if self.institutions and place.id not in self.institutions:
            return False
        return not self.territory or any(at.startswith(tuple(self.territory)) for at in place.territories)

    def is_for_form_of(self, place: Place) -> bool:
        """School forms are asked of schools only: that a Kita has none is a matter of its kind."""
        return not self.school_forms or not place.school_form or place.school_form in self.school_forms

    def is_for_kind_of(self, place: Place) -> bool:
        if self.institution_kinds:
            return place.kind in self.institution_kinds
        return not self.school_forms or bool(place.school_form)

    @property
    def width(self) -> tuple[bool, bool, int, bool, bool]:
        """The greater, the wider: nobody named before somebody, nowhere in particular before a Land before a town."""
        return (
            not self.institutions,
            not self.territory,
            -min(map(len, self.territory), default=0),
            not self.school_forms,
            not self.institution_kinds,
        )


@dataclass(frozen=True)
class Grant:
    """An entitlement to the title. ``starts_on`` and ``ends_on`` include both days (None: no end); ``free`` is how many
    slots are free (None: nothing is counted); ``needs_slot``: only who has one already; ``has_slot``: the asker has."""

    id: int
    starts_on: date
    ends_on: date | None = None
    permitted: frozenset[str] = frozenset()
    areas: tuple[Area, ...] = (Area(),)
    free: int | None = None
    needs_slot: bool = False
    has_slot: bool = False

    @property
    def is_leased(self) -> bool:
        """Whoever uses it takes a slot for that time."""
        return self.free is not None and not self.needs_slot

    @property
    def worth(self) -> tuple[object, ...]:
        """The greater, the better to rest on: the widest, longest, unlimited one; the older one of two alike."""
        widest = max((area.width for area in self.areas), default=(False, False, 0, False, False))
        return (widest, self.ends_on or date.max, self.free is None, -self.id)


@dataclass(frozen=True)
class Decision:
    """Either ``grant`` is what it rests on, or ``reason`` says why not; ``close`` are the grants that came furthest."""

    grant: Grant | None = None
    reason: No | None = None
    close: tuple[Grant, ...] = field(default=(), compare=False)

    @property
    def is_allowed(self) -> bool:
        return self.grant is not None


#: Who acts for what roles.py calls ``licenses.use``; an auditor only looks.
USERS: Final = frozenset({Role.TEACHER, Role.COORDINATOR, Role.DESK, Role.MANAGER})


def may_use(
    asker: Asker, place: Place, title: Title | None, action: str, on: date, grants: Iterable[Grant] = ()
) -> Decision:
    """The entitlement that it rests on, or the first failing reason in the order of ``No``.

    Each question lets some of the grants through; where it lets none, it is the reason. Several are left: the widest,
    longest, unlimited one.
    """
    if title is None:
        return Decision(reason=No.UNKNOWN_TITLE)
    if (reason := _why_not_they(asker, action)) is not None:
        return Decision(reason=reason)
    left = tuple(grants)
    if not left:
        return Decision(reason=No.NO_LICENSE)
    for reason, lets_through in _questions(asker, place, title, action, on):
        through = tuple(grant for grant in left if lets_through(grant))
        if not through:
            return Decision(reason=reason, close=left)
        left = through
    return Decision(grant=max(left, key=lambda grant: grant.worth))


def _why_not_they(asker: Asker, action: str) -> No | None:
    if not asker.is_authenticated:
        return No.NOT_AUTHENTICATED
    if not asker.is_activated:
        return No.ACCOUNT_NOT_ACTIVATED
    if asker.role == PUPIL:
        return None if action in BY_PUPILS else No.ROLE_NOT_ALLOWED
    return None if asker.role in USERS else No.ROLE_NOT_ALLOWED


Question = tuple[No, Callable[[Grant], bool]]


def _questions(asker: Asker, place: Place, title: Title, action: str, on: date) -> Iterable[Question]:
    def somewhere(asks: Callable[[Area], bool]) -> Callable[[Grant], bool]:
        return lambda grant: any(asks(area) for area in grant.areas)

    yield No.NOT_STARTED, lambda grant: grant.starts_on <= on
    yield No.EXPIRED, lambda grant: grant.ends_on is None or on <= grant.ends_on
    yield No.TERRITORY, somewhere(lambda area: area.is_around(place))
    yield No.SCHOOL_TYPE, somewhere(lambda area: area.is_around(place) and area.is_for_form_of(place))
    yield No.INSTITUTION_TYPE, somewhere(lambda area: includes(area, place))
    yield No.ACTION_NOT_LICENSED, lambda grant: action in grant.permitted
    yield No.AGE_RATING, lambda _: action not in BEFORE_PUPILS or is_old_enough(place, title)
    yield (
        No.LIST_REQUIRED,
        lambda grant: (asker.role != PUPIL or title.is_on_list) and (not grant.needs_slot or grant.has_slot),
    )
    yield No.LIMIT_EXCEEDED, lambda grant: grant.has_slot or grant.free is None or grant.free > 0


def includes(area: Area, place: Place) -> bool:
    return area.is_around(place) and area.is_for_form_of(place) and area.is_for_kind_of(place)


def is_old_enough(place: Place, title: Title) -> bool:
    return place.oldest is None or place.oldest >= title.age_rating
