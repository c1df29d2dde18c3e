"""Tables on the way out. No text of ours may become a formula in somebody's spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from leihwerk.tables.cells import as_text

Value = str | int | float | bool | Decimal | date | datetime | time | None

_DANGEROUS = re.compile(r"\s*[=+@-]")


def neutral(words: str) -> str:
    """Return text that no spreadsheet calculates: a leading = + - @ gets an apostrophe (OWASP, CSV injection)."""
    return f"'{words}" if _DANGEROUS.match(words) else words


def csv_bytes(rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a mark and semicolons, as a German Excel opens it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    for row in rows:
        writer.writerow([neutral(value) if isinstance(value, str) else _german(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(rows: Iterable[Sequence[Value]], *, title: str) -> bytes:
    """A workbook of one sheet with a bold, fixed header."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
                cell.quotePrefix = bool(_DANGEROUS.match(value))
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _german(value: Value) -> str:
    return str(value).replace(".", ",") if isinstance(value, Decimal) else as_text(value)
