"""Which column means what: found by name, forgivingly, or said by hand. Never by position."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from leihwerk.tables.cells import as_text
from leihwerk.tables.folding import fold
from leihwerk.tables.grids import Cell, Grid, Opened, Row, letter
from leihwerk.tables.refusals import ColumnIsUnknown, ColumnsAreMissing

_HEADER_SEARCHED = 20  # rows above the header: titles, dates, a logo's blank lines
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True)
class Field:
    """One fact an importer looks for: its names in the wild, best first, and how its cell is read."""

    key: str
    label: str | Promise
    synonyms: tuple[str, ...]
    parse: Callable[[Cell], Any]
    is_required: bool = False

    @cached_property
    def names(self) -> list[str]:
        return [fold(name) for name in (*self.synonyms, self.key)]


@dataclass(frozen=True)
class Matched:
    """A sheet whose columns have meanings."""

    grid: Grid
    header: Row
    headings: list[str]
    columns: dict[str, int]
    missing: list[Field]
    ambiguous: dict[str, list[int]] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows below the header, without headers repeated on every printed page."""
        below = self.grid.rows[self.grid.rows.index(self.header) + 1 :]
        return [row for row in below if row.cells != self.header.cells]

    @property
    def unused(self) -> list[str]:
        used = set(self.columns.values())
        return [heading for index, heading in enumerate(self.headings) if index not in used]

    def or_refuse(self) -> "Matched":
        """Return itself, or raise ColumnsAreMissing when a required field has no single column."""
        if self.missing:
            fields = ", ".join(str(field.label) for field in self.missing)
            raise ColumnsAreMissing(fields=fields, headings=", ".join(self.headings), missing=self.missing)
        return self


def match(opened: Opened, fields: Sequence[Field], *, by_hand: Mapping[str, str] | None = None) -> Matched:
    """Find the sheet, the header and the columns that know the most of ``fields``.

    ``by_hand`` maps a field (key or label) to a heading, a column ("#C"), or "" for "not in this file".
    Raises ColumnIsUnknown when it names something that is not there.
    """
    chosen = {_field_named(name, fields).key: heading for name, heading in (by_hand or {}).items()}
    grid, header = max(
        ((grid, row) for grid in opened.grids for row in grid.rows[:_HEADER_SEARCHED]),
        key=lambda found: _likeness(found[0], found[1], fields, chosen),
    )
    names = _names(grid, header)
    columns: dict[str, int] = {key: _column_named(heading, names) for key, heading in chosen.items() if heading}
    ambiguous: dict[str, list[int]] = {}
    for wanted in fields:
        if wanted.key not in chosen:
            candidates = _candidates(wanted, names, taken=set(columns.values()))
            if len(candidates) == 1 or (candidates and not wanted.is_required):
                columns[wanted.key] = candidates[0]
            if len(candidates) > 1:
                ambiguous[wanted.key] = candidates
    missing = [wanted for wanted in fields if wanted.is_required and wanted.key not in columns]
    headings = [name[0] or letter(index) for index, name in enumerate(names)]
    return Matched(grid, header, headings, columns, missing, ambiguous)


def _candidates(wanted: Field, names: list[list[str]], *, taken: set[int]) -> list[int]:
    """The columns that carry the best of the field's names; several if the same name stands there twice."""
    for synonym in wanted.names:
        found = [i for i, given in enumerate(names) if i not in taken and synonym in _foldings(given)]
        if found:
            return found
    return []


def _foldings(given: list[str]) -> set[str]:
    return {fold(name) for name in given} | {fold(_BRACKETS.sub("", name)) for name in given} - {""}


def _names(grid: Grid, header: Row) -> list[list[str]]:
    """For each column what its heading says, and what it says under the merged heading above it."""
    position = grid.rows.index(header)
    above = grid.rows[position - 1] if position and grid.rows[position - 1].line == header.line - 1 else None
    widest = max(len(row.cells) for row in grid.rows[position : position + 200])
    group, names = "", []
    for index in range(widest):
        own, upper = _heading(header, index), _heading(above, index)
        group = upper or group
        names.append([own or upper, f"{group} {own}", f"{group}{own}"] if group and own != upper else [own])
    return names


def _heading(row: Row | None, index: int) -> str:
    return " ".join(as_text(row.cells[index]).split()) if row and index < len(row.cells) else ""


def _likeness(grid: Grid, row: Row, fields: Sequence[Field], chosen: Mapping[str, str]) -> tuple[int, int, int]:
    names = _names(grid, row)
    folded = [_foldings(given) for given in names]
    known = {name for given in folded for name in given}
    by_hand = sum(fold(heading) in known for heading in chosen.values() if heading)
    recognized = sum(any(name in known for name in wanted.names) for wanted in fields)
    texts = sum(isinstance(cell, str) for cell in row.cells)
    return by_hand + recognized, min(texts, 3), -row.line


def _field_named(name: str, fields: Sequence[Field]) -> Field:
    for wanted in fields:
        if fold(name) in (fold(wanted.key), fold(str(wanted.label))):
            return wanted
    raise ColumnIsUnknown(name=name, known=", ".join(f"{wanted.key} ({wanted.label})" for wanted in fields))


def _column_named(heading: str, names: list[list[str]]) -> int:
    for index, given in enumerate(names):
        if heading in given or fold(heading) in _foldings(given):
            return index
    for index in range(len(names)):
        if heading.upper() in (f"#{letter(index)}", letter(index)):
            return index
    raise ColumnIsUnknown(name=heading, known=", ".join(given[0] or letter(i) for i, given in enumerate(names)))
