"""A report as a table: thirteen lines of header, a blank one, and a row for each item and metric (section 3.2)."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC
from typing import Final

from leihwerk.tables import neutral, xlsx_bytes
from leihwerk.tables.writing import Value
from licenses.counter import months
from licenses.counter.as_json import years
from licenses.counter.kinds import PARENT_COLUMNS
from licenses.counter.questions import Question
from licenses.counter.reports import RELEASE, Report, Row

Line = list[Value]

_LINE_BREAKS: Final = re.compile(r"\s*[\r\n]+\s*")  # there are readers who take lines for rows


def tsv_bytes(report: Report) -> bytes:
    """Tab-separated UTF-8 with a mark, as the standard advises; what a spreadsheet would calculate gets a quote."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    for line in lines(report):
        writer.writerow([neutral(value) if isinstance(value, str) else value for value in line])
    return out.getvalue().encode("utf-8-sig")


def workbook_bytes(report: Report) -> bytes:
    """A workbook with one sheet; text that looks like a formula stays text."""
    return xlsx_bytes(lines(report), title=report.kind.code)


def lines(report: Report) -> Iterator[Line]:
    """Header, blank line, headings, rows. The blank line is the fourteenth, whatever the report."""
    yield from _header(report)
    yield []
    columns = _columns(report.question)
    shown = report.question.months if report.question.shows_months else []
    yield [*columns, "Metric_Type", "Reporting_Period_Total", *map(months.label, shown)]
    for row in report.rows:
        told = _told(row)
        for metric, numbers in row.numbers.items():
            by_month = [numbers.get(month, 0) for month in shown]
            yield [*(told.get(column, "") for column in columns), str(metric), sum(numbers.values()), *by_month]


def _header(report: Report) -> Iterator[Line]:
    question = report.question
    narrowing = question.narrowing
    filters = {name: "|".join(words) for name, words in narrowing.items() if name != "Metric_Type"}
    filters |= {"Platform": question.platform, "Item_ID": question.item_id, "YOP": "|".join(years(question))}
    attributes = {
        "Attributes_To_Show": "|".join(question.shows),
        "Include_Parent_Details": "True" if question.shows_parents else "",
        "Exclude_Monthly_Details": "" if question.shows_months else "True",
    }
    begin, end = question.begin.isoformat(), months.last_day(question.end).isoformat()
    yield ["Report_Name", report.kind.name]
    yield ["Report_ID", report.kind.code]
    yield ["Release", RELEASE]
    yield ["Institution_Name", report.customer.name]
    yield ["Institution_ID", "; ".join(report.customer.ids)]
    yield ["Metric_Types", "; ".join(narrowing.get("Metric_Type", ()))]
    yield ["Report_Filters", _pairs(filters)]
    yield ["Report_Attributes", _pairs(attributes)]
    yield ["Exceptions", "; ".join(map(str, report.caveats))]
    yield ["Reporting_Period", f"Begin_Date={begin}; End_Date={end}"]
    yield ["Created", report.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")]
    yield ["Created_By", report.created_by]
    yield ["Registry_Record", report.registry_record]


def _pairs(values: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in values.items() if value)


def _columns(question: Question) -> list[str]:
    parents = PARENT_COLUMNS if question.shows_parents else ()
    return [*question.kind.columns, *parents, "Data_Type", *question.shows]


def _told(row: Row) -> dict[str, str]:
    content = row.content
    return {
        "Item": _LINE_BREAKS.sub(" ", content.title),
        "Publisher": _LINE_BREAKS.sub(" ", content.publisher),
        "Publisher_ID": "; ".join(content.publisher_ids),
        "Platform": content.platform,
        "DOI": content.ids.doi,
        "Proprietary_ID": content.ids.proprietary,
        "ISBN": content.ids.isbn,
        "Print_ISSN": content.ids.print_issn,
        "Online_ISSN": content.ids.online_issn,
        "URI": content.ids.uri,
        "Data_Type": content.data_type,
        "YOP": content.yop,
        "Access_Type": content.access_type,
        "Access_Method": content.access_method,
    }
