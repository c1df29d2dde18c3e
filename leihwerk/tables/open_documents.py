"""ODS: what LibreOffice writes. Formulas are read as their text and never evaluated."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import ZipFile

from django.utils.translation import gettext as _

from leihwerk.tables import limits
from leihwerk.tables.grids import Grid, Opened, rows
from leihwerk.tables.refusals import FileIsNoTable

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def read(archive: ZipFile) -> Opened:
    """Read every sheet; raise FileIsNoTable for a damaged document."""
    try:
        grids = list(_sheets(archive.read("content.xml")))
    except (ParseError, ValueError, KeyError) as damage:
        raise FileIsNoTable(what=_("beschädigte ODS-Datei")) from damage
    return Opened(format=_("OpenDocument (ODS)"), grids=grids)


def _sheets(content: bytes) -> Iterator[Grid]:
    for _event, table in iterparse(BytesIO(content)):  # noqa: S314 - see the import
        if table.tag == f"{_TABLE}table":
            yield Grid(table.get(f"{_TABLE}name") or "", rows(_lines(table)))
            table.clear()


def _lines(table: Element) -> Iterator[tuple[int, list[object], str]]:
    line = 0
    for row in table.iter(f"{_TABLE}table-row"):
        cells = list(_cells(row))
        repeated = _count(row, "number-rows-repeated")
        if any(cell is not None for cell in cells):
            for _copy in range(repeated):
                line += 1
                yield line, list(cells), ""
        else:
            line += repeated


def _cells(row: Element) -> Iterator[object]:
    blanks = 0  # a row commonly ends in 16,000 repeated blanks: only those before a value count
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        value = _value(cell)
        repeated = _count(cell, "number-columns-repeated")
        if value is None:
            blanks += repeated
            continue
        limits.Budget().spend(0, blanks + repeated)
        yield from [None] * blanks
        yield from [value] * repeated
        blanks = 0


def _count(element: Element, attribute: str) -> int:
    return max(1, int(element.get(f"{_TABLE}{attribute}") or 1))


def _value(cell: Element) -> object:
    if formula := cell.get(f"{_TABLE}formula"):
        return "=" + formula.split("=", 1)[-1]
    match cell.get(f"{_OFFICE}value-type"):
        case "float" | "currency" | "percentage":
            return float(cell.get(f"{_OFFICE}value") or "nan")
        case "date":
            stated = cell.get(f"{_OFFICE}date-value") or ""
            return date.fromisoformat(stated) if len(stated) <= len("2026-01-01") else datetime.fromisoformat(stated)
        case "boolean":
            return cell.get(f"{_OFFICE}boolean-value") == "true"
    return "\n".join("".join(paragraph.itertext()) for paragraph in cell.findall(f"{_TEXT}p")) or None
