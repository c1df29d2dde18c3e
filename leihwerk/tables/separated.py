"""Text with separators: CSV as Excel, databases and other systems write it."""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from leihwerk.tables import limits
from leihwerk.tables.encodings import decode
from leihwerk.tables.grids import Grid, Opened, rows
from leihwerk.tables.refusals import FileIsNoTable

SEPARATORS = ";,\t|"
_DECLARED = re.compile(r'"?sep=([^"\w\s\x00-\x1f]|\t)"?[;,\t ]*\r?\n?', re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")

Record = tuple[int, list[str], str]


def read(data: bytes) -> Opened:
    """Read any text with separators; raise FileIsNoTable for what is no text."""
    decoded = decode(data)
    if len(_CONTROL.findall(decoded.text[:100_000])) > len(decoded.text[:100_000]) // 20 + 1:
        raise FileIsNoTable(what=_("keine Textdatei"))
    lines = io.StringIO(decoded.text, newline="").readlines()
    declared = _DECLARED.fullmatch(lines[0]) if lines else None
    first = 1 if declared else 0
    separator = declared[1] if declared else _sniff(lines)
    grid = Grid("", rows(_records(lines, first, separator)), is_separated=True)
    shown = {"\t": _("Tabulator")}.get(separator, separator)
    notes = [_("Einzelne Zeichen waren nicht lesbar und sind vermutlich falsch. Bitte prüfen Sie die Umlaute.")]
    return Opened(
        format=_("Text, {encoding}, Trennzeichen {separator}").format(encoding=decoded.encoding, separator=shown),
        grids=[grid],
        notes=notes if decoded.is_mended else [],
    )


def _sniff(lines: list[str]) -> str:
    """The separator that cuts the first records into the most columns, most evenly."""
    return max(SEPARATORS, key=lambda separator: _evenness(lines[:400], separator))


def _evenness(lines: list[str], separator: str) -> float:
    widths = [len(cells) for _line, cells, _trouble in _records(lines, 0, separator) if any(cells)][:100]
    several = Counter(width for width in widths if width > 1)
    if not several:
        return 0
    width, count = several.most_common(1)[0]
    return count / len(widths) * math.log2(width) + 0.1 * (widths[0] == width)


class _NeverClosesError(Exception):
    """A quoted cell that runs on and on."""


def _records(lines: list[str], first: int, separator: str) -> Iterator[Record]:
    """Yield (line, cells, trouble). A quote that never closes spoils its own line only."""
    start = first
    while start < len(lines):
        source = _Source(lines, start)
        try:
            for cells in csv.reader(source, delimiter=separator):
                source.refuse_open_quote(start, separator)
                yield start + 1, cells, ""
                start = source.record_start
        except (_NeverClosesError, csv.Error) as error:
            is_open = isinstance(error, _NeverClosesError)
            trouble = (
                _("Ein Anführungszeichen wird nicht geschlossen.") if is_open else _("Die Zeile ist viel zu lang.")
            )
            yield start + 1, lines[start].rstrip("\r\n")[: limits.CELL_CHARACTERS].split(separator), trouble
            start += 1


class _Source:
    """Hands lines to the csv module and notices when it swallows too many for one record."""

    def __init__(self, lines: list[str], start: int) -> None:
        self.lines, self.position, self.record_start = lines, start, start

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.position - self.record_start > limits.QUOTED_LINES:
            raise _NeverClosesError
        if self.position >= len(self.lines):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]

    def refuse_open_quote(self, start: int, separator: str) -> None:
        """Raise when the record that began at ``start`` ended only because the file did; else begin the next one."""
        if self.position >= len(self.lines) and _is_open(self.lines[start : self.position], separator):
            raise _NeverClosesError
        self.record_start = self.position


def _is_open(lines: list[str], separator: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False
