"""Titles that somebody wrote down line by line: a number each, or a title, or a row copied from a spreadsheet."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from inventory.importing.names import sort_keys
from licenses.models import Medium
from licenses.models.medium import MediumQuerySet

MOST_LINES: Final = 5000
_CELL: Final = re.compile(r"[;\t]")


@dataclass
class Lines:
    """What was meant: ``media`` in the order of the lines, and the lines that mean nothing we know, or several."""

    media: list[Medium] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    several: list[str] = field(default_factory=list)

    @property
    def open(self) -> list[str]:
        """What somebody still has to look at."""
        return [*self.unknown, *self.several]


def in_lines(text: str, media: MediumQuerySet) -> Lines:
    """Read one medium a line, of ``media``: by its number, or else by its title. Three queries."""
    wanted = list(dict.fromkeys(filter(None, (_first_cell(line) for line in text.splitlines()))))[:MOST_LINES]
    keys = sort_keys(set(wanted))
    by_number = {str(it.number): it for it in media.filter(number__in=wanted)}
    by_title = _by_title(media.filter(sort_title__in=list(keys.values())))
    found, chosen = Lines(), dict[int, Medium]()
    for line in wanted:
        meant = [by_number[line]] if line in by_number else by_title[keys[line]]
        if len(meant) == 1:
            chosen[meant[0].pk] = meant[0]
        else:
            (found.several if meant else found.unknown).append(line)
    found.media = list(chosen.values())
    return found


def _by_title(media: Iterable[Medium]) -> dict[str, list[Medium]]:
    found: dict[str, list[Medium]] = defaultdict(list)
    for medium in media:
        found[str(medium.sort_title)].append(medium)
    return found


def _first_cell(line: str) -> str:
    """A title may have a semicolon in it only behind the first cell."""
    return " ".join(_CELL.split(line, maxsplit=1)[0].replace('"', " ").split())[:240]
