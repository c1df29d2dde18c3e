"""Things that a list names: found by their German sort key, or made once."""

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any, Generic, Protocol, TypeVar

from django.db import connection


class HasSortName(Protocol):
    """What is told from others of its kind by a GermanSortKey."""

    sort_name: Any


Thing = TypeVar("Thing", bound=HasSortName)


def sort_keys(names: Set[str]) -> dict[str, str]:
    """The database's own key for each name, by which it tells names apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, german_sort_key(name) FROM unnest(%s::text[]) AS name", [sorted(names)])
        return dict(cursor.fetchall())


class Named(Generic[Thing]):
    """The things of one kind in a centre, and those that the file adds."""

    def __init__(self, known: Iterable[Thing], keys: Mapping[str, str]) -> None:
        self._keys = keys
        self._things: dict[str, Thing] = {str(thing.sort_name): thing for thing in known}
        self.new: list[Thing] = []

    def get(self, name: str) -> Thing | None:
        return self._things.get(self._keys[name])

    def get_or_make(self, name: str, make: Callable[[], Thing]) -> Thing:
        """The thing of that name; made, but not yet written, when there is none."""
        known = self.get(name)
        if known is None:
            known = self._things[self._keys[name]] = make()
            self.new.append(known)
        return known
