"""Which places do the rights to a title tell apart? Pure: each group is asked about once, by any one of its places."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace

from licenses.terms import Grant, Place

Parted = list[list[Place]]


@dataclass(frozen=True)
class Slots:
    """(entitlement, institution): who ever had a slot of it, and who has one now."""

    ever: set[tuple[int, int]]
    now: set[tuple[int, int]]

    def of(self, entitlement: int, place: int) -> tuple[bool, bool]:
        return (entitlement, place) in self.ever, (entitlement, place) in self.now


class Groups:
    """Places in groups. Rights look at what a place is, at whether a scope names it, and at its slots; most look at
    the same lists of names, so what was found once is kept."""

    def __init__(self, places: Collection[Place], slots: Slots) -> None:
        self.slots = slots
        by_what_they_are: dict[Place, list[Place]] = defaultdict(list)
        for place in places:
            by_what_they_are[replace(place, id=0)].append(place)
        self._by_what_they_are = list(by_what_they_are.values())
        self._found: dict[Hashable, Parted] = {}

    def alike(self, grants: Sequence[Grant]) -> Parted:
        """Those that ``grants`` do not tell apart, together."""
        named = frozenset(area.institutions for grant in grants for area in grant.areas if area.institutions)
        counted = frozenset(grant.id for grant in grants if grant.needs_slot)
        if (named, counted) not in self._found:
            self._found[named, counted] = self._told_apart(named, counted)
        return self._found[named, counted]

    def _told_apart(self, named: frozenset[frozenset[int]], counted: frozenset[int]) -> Parted:
        lists, entitlements = list(named), list(counted)
        found: list[list[Place]] = []
        for several in self._by_what_they_are:
            parts: dict[Hashable, list[Place]] = defaultdict(list)
            for place in several:
                is_named = tuple(place.id in its for its in lists)
                parts[is_named, tuple(self.slots.of(it, place.id) for it in entitlements)].append(place)
            found += parts.values()
        return found
