"""Rows whose columns are known become values, or remarks about why not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong, as_text
from leihwerk.tables.columns import Field, Matched
from leihwerk.tables.grids import Cell, Row
from leihwerk.tables.reports import Remark, Severity

_SHOWN = 80  # characters of a value in a remark


@dataclass(frozen=True)
class Record:
    """One row: a value for each field that has a column (None when blank), and what is to be said about it."""

    line: int
    values: dict[str, Any]
    remarks: list[Remark]

    @property
    def is_bad(self) -> bool:
        return any(remark.is_error for remark in self.remarks)


def read(matched: Matched, fields: Sequence[Field]) -> Iterator[Record]:
    """Yield a Record for each row below the header; required columns must be there (``matched.or_refuse()``)."""
    used = [(wanted, matched.columns[wanted.key]) for wanted in fields if wanted.key in matched.columns]
    for row in matched.rows:
        if trouble := row.trouble or _shift(matched, row):
            yield Record(row.line, {}, [Remark(row.line, "", "", trouble)])
            continue
        values: dict[str, Any] = {}
        remarks: list[Remark] = []
        for wanted, index in used:
            cell = row.cells[index] if index < len(row.cells) else None
            values[wanted.key], reason, severity = _read(wanted, cell)
            if reason:
                shown = as_text(cell).replace("\n", " ")[:_SHOWN]
                remarks.append(Remark(row.line, matched.headings[index], shown, reason, severity))
        yield Record(row.line, values, remarks)


def read_watched(matched: Matched, fields: Sequence[Field], progress: Callable[[int, int], None]) -> Iterator[Record]:
    """``read``, while ``progress`` hears how many are done, of how many. Raises ColumnsAreMissing."""
    total = len(matched.or_refuse().rows)
    for done, record in enumerate(read(matched, fields), start=1):
        yield record
        progress(done, total)


def _read(wanted: Field, cell: Cell) -> tuple[Any, str, Severity]:
    if cell is None:
        return None, _("fehlt") if wanted.is_required else "", Severity.ERROR
    try:
        return wanted.parse(cell), "", Severity.ERROR
    except CellIsDoubtful as doubt:
        return doubt.value, str(doubt), Severity.WARNING
    except CellIsWrong as wrong:
        return None, str(wrong), Severity.ERROR


def _shift(matched: Matched, row: Row) -> str:
    width = len(matched.header.cells)
    if not matched.grid.is_separated or len(row.cells) <= width:
        return ""
    sentence = _("hat {n} Spalten statt {width}; vermutlich fehlt ein Anführungszeichen um ein Trennzeichen")
    return sentence.format(n=len(row.cells), width=width)
