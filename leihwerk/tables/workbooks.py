"""XLSX: what Excel writes today. Formulas are read as their text and never evaluated."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from leihwerk.tables import limits
from leihwerk.tables.grids import Grid, Opened, rows
from leihwerk.tables.refusals import FileIsNoTable, FileRefused


def read(data: bytes) -> Opened:
    """Read every visible sheet; raise FileIsNoTable for a damaged workbook."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells about styles and validations, which we do not read
            book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
            grids = [Grid(str(sheet.title), rows(_lines(sheet))) for sheet in sheets]
    except FileRefused:
        raise
    except Exception as damage:  # a damaged workbook fails in openpyxl in any way there is
        raise FileIsNoTable(what=_("beschädigte Excel-Datei")) from damage
    return Opened(format=_("Excel (XLSX)"), grids=grids)


def _lines(sheet: Any) -> Iterator[tuple[int, list[object], str]]:
    sheet.reset_dimensions()  # many writers state wrong ones
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if line > limits.LINES:
            limits.Budget().spend(line, 0)
        yield line, [_formula(value) for value in values], ""


def _formula(value: object) -> object:
    match value:
        case ArrayFormula():
            return f"={value.text or ''}".replace("==", "=", 1)
        case DataTableFormula():
            return "=TABLE()"
    return value
