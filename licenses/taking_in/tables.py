"""Tables of any provider, by what their columns mean, as lines."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from leihwerk.tables import Field, Matched, Record, Remark, match, open_table, read
from leihwerk.tables.grids import Opened
from leihwerk.tables.numbers import whole
from leihwerk.tables.refusals import ColumnIsUnknown
from licenses.counter.figures import Content
from licenses.counter.identifiers import ContentIds
from licenses.counter.metrics import Metric
from licenses.errors import NobodySaysWhichMonth
from licenses.taking_in.columns import FIELDS, month_of_heading
from licenses.taking_in.lines import Line, Told

OF_MONTH: Final = "month:"


def look(content: bytes, columns: Mapping[str, str]) -> tuple[Opened, Matched]:
    """What the table is and what its columns mean; ``columns`` said so for an earlier file, if they are there again.

    Raises FileRefused for what is no table.
    """
    opened = open_table(content)
    try:
        return opened, match(opened, FIELDS, by_hand=columns)
    except ColumnIsUnknown:
        return opened, match(opened, FIELDS)


def lines(matched: Matched, *, platform: str) -> Told:
    """Raises ColumnsAreMissing, NobodySaysWhichMonth."""
    by_month = _months(matched.or_refuse())
    if "count" not in matched.columns and not by_month:
        raise NobodySaysWhichMonth
    fields = [
        *FIELDS,
        *(Field(f"{OF_MONTH}{month}", matched.headings[at], (), whole) for month, at in by_month.items()),
    ]
    columns = matched.columns | {f"{OF_MONTH}{month}": at for month, at in by_month.items()}
    found: list[Line] = []
    remarks: list[Remark] = []
    for record in read(replace(matched, columns=columns), fields):
        remarks += record.remarks
        if not record.is_bad:
            found += _lines_of(record, by_month, platform, remarks)
    return Told(found, {line.month for line in found}, remarks)


def _months(matched: Matched) -> dict[date, int]:
    """The columns that are named after months, where no column says the month."""
    if "month" in matched.columns:
        return {}
    used = set(matched.columns.values())
    named = ((month_of_heading(heading), at) for at, heading in enumerate(matched.headings) if at not in used)
    return {month: at for month, at in reversed([*named]) if month is not None}


def _lines_of(record: Record, by_month: Mapping[date, int], platform: str, remarks: list[Remark]) -> Iterator[Line]:
    said = record.values
    if not by_month and (said.get("month") is None or said.get("count") is None):
        what = _("Monat") if said.get("month") is None else _("Anzahl")
        remarks.append(Remark(record.line, what, "", _("fehlt")))
        return
    numbers = {month: said.get(f"{OF_MONTH}{month}") for month in by_month} or {said["month"]: said["count"]}
    this, metric = _content(said, platform), said.get("metric") or Metric.TOTAL_ITEM_REQUESTS
    for month, number in numbers.items():
        if number is not None:
            yield Line(this, metric, month, number, said.get("school") or "", record.line)


def _content(said: Mapping[str, Any], platform: str) -> Content:
    ids = ContentIds(proprietary=said.get("number") or "", uri=said.get("link") or "")
    return Content(title=said["title"], publisher="", platform=platform, ids=ids)
