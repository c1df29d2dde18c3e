"""The rows of a table, one after the other, from separated text or a workbook."""

import codecs
import csv
import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO, Final, TypeVar
from zipfile import ZipFile

import openpyxl
from django.utils.translation import gettext as _

from leihwerk.tables import FileRefused, limits
from leihwerk.tables.grids import Cell, clean
from licenses.counter.reading.refusals import FileIsNoCounterReport, ReportBreaksOff

T = TypeVar("T")
Rows = Iterator[tuple[int, list[Cell]]]

_ZIP: Final = b"PK\x03\x04"
_CHUNK: Final = 1 << 16
_BEGINNING: Final = re.compile(r'(?:^|[\r\n])"?Report_Name"?([\t;,|])')
_MARKS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def rows(file: BinaryIO) -> Rows:
    """Line and cells of each row that is not blank. Raises FileIsNoCounterReport, or ReportBreaksOff on the way."""
    file.seek(0)
    is_workbook = file.read(len(_ZIP)) == _ZIP
    for line, raw in _workbook(file) if is_workbook else _separated(file):
        cells = [clean(value) for value in raw]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield line, cells


def _separated(file: BinaryIO) -> Iterator[tuple[int, list[Any]]]:
    codec = _codec(file)
    file.seek(0)
    beginning = file.read(_CHUNK).decode(codec, "ignore")
    found = _BEGINNING.search(beginning)
    if found is None:
        raise FileIsNoCounterReport(what=_("die Zeile Report_Name fehlt"))
    file.seek(0)
    text, line = io.TextIOWrapper(file, encoding=codec, errors="replace", newline=""), 0
    try:
        reader = csv.reader(text, delimiter=found[1])
        for cells in reader:
            if any("\n" in cell and found[1] in cell for cell in cells):  # it has swallowed the lines below
                raise _open_quote(line)
            yield line + 1, cells
            line = reader.line_num
    except csv.Error as damage:
        raise _open_quote(line) from damage
    finally:
        with suppress(ValueError):  # somebody has closed the file already
            text.detach()


def _open_quote(line: int) -> ReportBreaksOff:
    return ReportBreaksOff(place=_("Zeile {line}").format(line=line), what=_("offenes Anführungszeichen"))


def _codec(file: BinaryIO) -> str:
    """UTF-8, as the standard wants; what spreadsheets make of it otherwise is told by a mark, or is Windows-1252."""
    file.seek(0)
    beginning = file.read(4)
    for mark, codec in _MARKS.items():
        if beginning.startswith(mark):
            return codec
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _workbook(file: BinaryIO) -> Iterator[tuple[int, list[Any]]]:
    line = 0
    try:
        with ZipFile(file) as archive:
            limits.check_archive(archive)
        found = _first_sheet(file)
        while (cells := _quietly(lambda: next(found, None))) is not None and line < limits.LINES:
            line += 1
            yield line, list(cells)
    except FileRefused:
        raise
    except Exception as damage:  # a damaged workbook fails in openpyxl in any way there is
        if line:
            raise ReportBreaksOff(place=_("Zeile {line}").format(line=line), what=_("beschädigtes Archiv")) from damage
        raise FileIsNoCounterReport(what=_("beschädigte Excel-Datei")) from damage


def _first_sheet(file: BinaryIO) -> Iterator[tuple[Any, ...]]:
    book = _quietly(lambda: openpyxl.load_workbook(file, read_only=True, keep_links=False))
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # many writers state wrong ones
    return iter(sheet.iter_rows(values_only=True))


def _quietly(act: Callable[[], T]) -> T:
    """openpyxl tells about styles and validations, which nobody reads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return act()
