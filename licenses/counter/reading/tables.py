"""Reports as tables, row by row: the header's pairs, the headings with their months, and what stands below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from leihwerk.tables.cells import CellIsWrong, as_text
from leihwerk.tables.grids import Cell
from leihwerk.tables.numbers import whole
from licenses.counter import months
from licenses.counter.figures import Figure
from licenses.counter.identifiers import ITEM_ID_NAMES, from_text
from licenses.counter.reading.refusals import FileIsNoCounterReport
from licenses.counter.reading.rows import Rows, rows
from licenses.counter.reading.tally import Header, RowIsWrong, Tally, content

_METRIC: Final = "Metric_Type"
_TOTAL: Final = "Reporting_Period_Total"
_HEADER_SEARCHED: Final = 60  # rows
_PERIOD: Final = re.compile(r"(?P<begin>\d{4}-\d{2})-\d{2}\b.*?(?P<end>\d{4}-\d{2})-\d{2}\b")
_IDS: Final = (*ITEM_ID_NAMES, "Proprietary_ID")


@dataclass(frozen=True)
class _Columns:
    """Which column means what. A report without months is of use if its period is one month: that is the total."""

    names: dict[str, int]
    months: dict[date, int]


def read(file: BinaryIO, tally: Tally, *, source: str) -> tuple[Header, Iterator[Figure]]:
    """The header, and the figures as they are asked for."""
    found = rows(file)
    pairs, headings = _beginning(found)
    header = _header(pairs).or_refuse()
    return header, _figures(found, _columns(headings, header), tally, source)


def _beginning(found: Rows) -> tuple[dict[str, Cell], list[Cell]]:
    pairs: dict[str, Cell] = {}
    for line, cells in found:
        if _METRIC in cells:
            return pairs, cells
        if line > _HEADER_SEARCHED:
            break
        pairs[as_text(cells[0])] = cells[1] if len(cells) > 1 else None
    raise FileIsNoCounterReport(what=_("die Spalte Metric_Type fehlt"))


def _header(pairs: dict[str, Cell]) -> Header:
    told = {name: as_text(cell) for name, cell in pairs.items()}
    period = _PERIOD.search(told.get("Reporting_Period", ""))
    return Header(
        report_id=told.get("Report_ID", ""),
        release=told.get("Release", "").replace(",", "."),
        institution=told.get("Institution_Name", ""),
        institution_ids=from_text(told.get("Institution_ID", "")),
        begin=months.from_key(period["begin"]) if period else None,
        end=months.from_key(period["end"]) if period else None,
        created=told.get("Created", ""),
        created_by=told.get("Created_By", ""),
        caveats=from_text(told.get("Exceptions", "")),
    )


def _columns(headings: list[Cell], header: Header) -> _Columns:
    by_month: dict[date, int] = {}
    for index, heading in enumerate(headings):
        month = (
            date(heading.year, heading.month, 1) if isinstance(heading, date) else months.from_label(as_text(heading))
        )
        if month in by_month:
            raise FileIsNoCounterReport(what=_("{month} steht zweimal da").format(month=months.label(month)))
        if month:
            by_month[month] = index
    names = {as_text(heading).strip(): index for index, heading in enumerate(headings)}
    if by_month:
        return _Columns(names, by_month)
    if header.begin is None or header.begin != header.end or _TOTAL not in names:
        raise FileIsNoCounterReport(what=_("ohne Spalten für die Monate"))
    return _Columns(names, {header.begin: names[_TOTAL]})


def _figures(found: Rows, columns: _Columns, tally: Tally, source: str) -> Iterator[Figure]:
    for line, cells in found:
        try:
            figures = _row(line, cells, columns, tally, source)
        except RowIsWrong as wrong:
            tally.leave_out(line, wrong)
        else:
            yield from figures


def _row(line: int, cells: list[Cell], columns: _Columns, tally: Tally, source: str) -> list[Figure]:
    told = {name: as_text(cells[index]) if index < len(cells) else "" for name, index in columns.names.items()}
    is_repeated_heading = told[_METRIC] == _METRIC
    metric = None if is_repeated_heading else tally.metric(told[_METRIC])
    if metric is None:
        return []
    numbers = {month: _number(cells, index, months.label(month)) for month, index in columns.months.items()}
    if told.get("YOP", "").isdecimal():
        told["YOP"] = told["YOP"].zfill(4)
    this = content(
        told, ids={name: told.get(name, "") for name in _IDS}, publisher_ids=from_text(told.get("Publisher_ID", ""))
    )
    if _TOTAL in columns.names and sum(numbers.values()) != _number(cells, columns.names[_TOTAL], _TOTAL):
        reason = _("ist nicht die Summe der Monate ({sum}); genommen werden die Monate").format(
            sum=sum(numbers.values())
        )
        tally.doubt(line, _TOTAL, told[_TOTAL], reason)
    return [Figure(this, metric, month, number, source) for month, number in numbers.items() if number]


def _number(cells: list[Cell], index: int, column: str) -> int:
    cell = cells[index] if index < len(cells) else None
    if cell is None:
        return 0
    try:
        return whole(cell)
    except CellIsWrong as reason:
        raise RowIsWrong(column, as_text(cell), str(reason)) from None
