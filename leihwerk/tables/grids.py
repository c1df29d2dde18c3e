"""A file as rows of cells, before anybody knows what its columns mean."""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from leihwerk.tables import limits

Cell = str | int | float | bool | date | time | None

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]"
)
_SPACES = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING = {"", "null", "NULL", "(null)", "\\N"}  # as databases write it
_NEUTRALIZED = re.compile(r"'(?=\s*[=+@-])")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the line number its reader sees and, if it cannot be read, why not."""

    line: int
    cells: tuple[Cell, ...]
    trouble: str = ""


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows that are not blank. Cells of separated text shift when a quote is missing."""

    name: str
    rows: list[Row]
    is_separated: bool = False


@dataclass(frozen=True)
class Opened:
    """A file that could be read: what it is, its sheets, and what to say about the reading."""

    format: str
    grids: list[Grid]
    notes: list[str] = field(default_factory=list)


def clean(value: object) -> Cell:
    """Return a cell as people mean it: composed letters, plain spaces, no invisible characters, whole numbers whole."""
    match value:
        case None | bool() | int():
            return value
        case str():
            text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
            visible = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
            meant = visible[1:].strip() if _NEUTRALIZED.match(visible) else visible
            return None if meant in _NOTHING else meant
        case float():
            if not math.isfinite(value):
                return str(value)
            return int(value) if value.is_integer() and abs(value) < 1e15 else value
        case datetime():
            return value.date() if value.time() == time.min else value
        case date() | time():
            return value
        case timedelta():
            return str(value)
    return clean(str(value))


def rows(lines: Iterable[tuple[int, Iterable[object], str]]) -> list[Row]:
    """Clean (line, cells, trouble), drop blank rows and trailing blank cells, within the limits."""
    budget = limits.Budget()
    kept = []
    for line, raw, trouble in lines:
        cells = [clean(value) for value in raw]
        while cells and cells[-1] is None:
            cells.pop()
        budget.spend(line, len(cells))
        if cells or trouble:
            kept.append(Row(line, tuple(cells), trouble or _too_long(cells)))
    return kept


def _too_long(cells: list[Cell]) -> str:
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return _("Eine Zelle ist zu lang.") if longest > limits.CELL_CHARACTERS else ""


def letter(index: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % 26) + name
        index = index // 26 - 1
    return name
