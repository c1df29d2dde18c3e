"""Tables from anywhere: open a file, find its columns, read its cells, report on its rows, write tables out."""

from leihwerk.tables.columns import Field, Matched, match
from leihwerk.tables.importers import Importer
from leihwerk.tables.opening import open_table
from leihwerk.tables.reading import Record, read, read_watched
from leihwerk.tables.refusals import ColumnsAreMissing, FileRefused
from leihwerk.tables.reports import Change, Remark, Report, Severity
from leihwerk.tables.writing import csv_bytes, neutral, xlsx_bytes

__all__ = [
    "Change",
    "ColumnsAreMissing",
    "Field",
    "FileRefused",
    "Importer",
    "Matched",
    "Record",
    "Remark",
    "Report",
    "Severity",
    "csv_bytes",
    "match",
    "neutral",
    "open_table",
    "read",
    "read_watched",
    "xlsx_bytes",
]
