"""Open a file of any kind a centre may have."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from leihwerk.tables import limits, open_documents, separated, trees, workbooks
from leihwerk.tables.grids import Opened
from leihwerk.tables.refusals import FileIsEmpty, FileIsNoTable

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_STRANGERS = ((b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"{\\rtf", "RTF"))
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<?xml")


def open_table(data: bytes) -> Opened:
    """Return the sheets of a file, whatever it is named. Raise FileRefused with the reason otherwise."""
    limits.check_bytes(len(data))
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FileIsEmpty
    opened = _unpack(data) if data.startswith(_ZIP) else _read_text(data)
    filled = [grid for grid in opened.grids if grid.rows]
    if not filled:
        raise FileIsEmpty
    return Opened(opened.format, filled, opened.notes)


def _read_text(data: bytes) -> Opened:
    if data.startswith(_OLD_OFFICE):
        raise FileIsNoTable(what=_("altes Excel-Format .xls oder mit Kennwort geschützt"))
    for beginning, kind in _STRANGERS:
        if data.startswith(beginning):
            raise FileIsNoTable(what=kind)
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise FileIsNoTable(what=_("Webseite oder XML"))
    return trees.read(data) if trees.is_tree(data) else separated.read(data)


def _unpack(data: bytes) -> Opened:
    try:
        with ZipFile(BytesIO(data)) as archive:
            limits.check_archive(archive)
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return workbooks.read(data)
            if "content.xml" in names:
                return open_documents.read(archive)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as damage:
        raise FileIsNoTable(what=_("beschädigtes Archiv")) from damage
    raise FileIsNoTable(what=_("Archiv ohne Tabelle"))
