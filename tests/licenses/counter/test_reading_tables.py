"""Tables of providers: as they should be, as spreadsheets leave them, and as they should not be."""

from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leihwerk.tables import FileRefused
from licenses.counter.metrics import Metric
from licenses.counter.reading import FileIsNoCounterReport, ReleaseIsUnknown, ReportBreaksOff, open_report

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
HEADER = [
    ["Report_Name", "Item Master Report"],
    ["Report_ID", "IR"],
    ["Release", "5"],
    ["Institution_Name", "Stadt Köln"],
    ["Institution_ID", "ISNI:1; fwu:koeln"],
    ["Metric_Types", "Total_Item_Requests; Unique_Item_Requests"],
    ["Report_Filters", ""],
    ["Report_Attributes", ""],
    ["Exceptions", ""],
    ["Reporting_Period", "Begin_Date=2026-01-01; End_Date=2026-02-28"],
    ["Created", "2026-03-02T08:00:00Z"],
    ["Created_By", "FWU"],
    [],
]
COLUMNS = ["Item", "Publisher", "Platform", "Proprietary_ID", "YOP", "Metric_Type", "Reporting_Period_Total"]
HEADINGS = [*COLUMNS, "Jan-2026", "Feb-2026"]
ROW = ["Die Honigbiene – Staat & Volk", "FWU", "FWU Mediathek", "fwu:46", "2019", "Total_Item_Requests", "5", "2", "3"]


def row(**changes) -> list[str]:
    return [changes.get(name.replace("-", "_"), value) for name, value in zip(HEADINGS, ROW, strict=True)]


def separated(*rows, separator="\t", header=HEADER) -> bytes:
    return "\r\n".join(separator.join(cells) for cells in [*header, *rows]).encode()


def workbook(*rows) -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    for cells in [*HEADER, *rows]:
        book.active.append(cells)
    book.save(out)
    return out.getvalue()


def opened(told: bytes):
    return open_report(BytesIO(told))


def read(*rows):
    reading = opened(separated(HEADINGS, *rows))
    return list(reading), reading


def numbers(told: bytes) -> list[tuple[date, int]]:
    return [(figure.month, figure.number) for figure in opened(told)]


FIVE = [(JANUARY, 2), (FEBRUARY, 3)]


def test_a_table_of_release_5_is_read():
    figures, reading = read(ROW)

    assert [(figure.month, figure.number) for figure in figures] == FIVE
    assert {figure.metric for figure in figures} == {Metric.TOTAL_ITEM_REQUESTS}
    content = figures[0].content
    assert (content.title, content.publisher, content.platform) == (
        "Die Honigbiene – Staat & Volk",
        "FWU",
        "FWU Mediathek",
    )
    assert (content.ids.proprietary, content.yop) == ("fwu:46", "2019")
    assert reading.header.institution_ids == ("ISNI:1", "fwu:koeln")
    assert (reading.header.begin, reading.header.end) == (JANUARY, FEBRUARY)
    assert (reading.bad, reading.remarks) == (0, [])


@pytest.mark.parametrize("separator", ["\t", ";", ",", "|"])
def test_any_separator_will_do(separator):
    header = [[cell.replace(",", "") for cell in cells] for cells in HEADER]

    assert numbers(separated(HEADINGS, ROW, separator=separator, header=header)) == FIVE


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_will_do(codec):
    told = separated(HEADINGS, ROW).decode().encode(codec)

    assert opened(told).header.institution == "Stadt Köln"
    assert next(iter(opened(told))).content.title == "Die Honigbiene – Staat & Volk"


@pytest.mark.parametrize(
    "months", [["Jan-26", "Feb-26"], ["Jan 26", "Feb 26"], ["2026-01", "2026-02"], ["jan-2026", "FEB-2026"]]
)
def test_months_are_known_in_the_spellings_of_spreadsheets(months):
    assert numbers(separated([*COLUMNS, *months], ROW)) == FIVE


def test_a_german_spreadsheet_writes_german_months():
    headings = [*COLUMNS, "Mär 26", "Dez 25"]

    assert numbers(separated(headings, ROW)) == [(date(2026, 3, 1), 2), (date(2025, 12, 1), 3)]


def test_a_workbook_may_hold_days_and_numbers():
    headings = [*COLUMNS, datetime(2026, 1, 1), datetime(2026, 2, 1)]  # noqa: DTZ001  a spreadsheet knows no zone

    assert numbers(workbook(headings, [*ROW[:4], 2019, ROW[5], 5, 2, 3.0])) == FIVE


def test_thousands_may_be_grouped_and_blanks_are_nothing():
    figures, reading = read(row(Jan_2026="1.200", Feb_2026="", Reporting_Period_Total="1,200"))

    assert [(figure.month, figure.number) for figure in figures] == [(JANUARY, 1200)]
    assert reading.remarks == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"Jan_2026": "viele"}, "Zeile 16, Jan-2026: „viele“ ist kein Betrag"),
        ({"Jan_2026": "2,5"}, "Zeile 16, Jan-2026: „2,5“ ist keine ganze Zahl"),
        ({"Feb_2026": "-3"}, "Zeile 16, Feb-2026: „-3“ ist keine ganze Zahl"),
        ({"Feb_2026": "=1+2"}, "Zeile 16, Feb-2026: „=1+2“ ist eine Formel; bitte als Wert speichern"),
        ({"Platform": ""}, "Zeile 16, Platform: nennt keine Plattform"),
    ],
)
def test_a_bad_row_stays_out_and_the_others_come(changes, told):
    figures, reading = read(ROW, row(**changes), ROW)

    assert [(figure.month, figure.number) for figure in figures] == FIVE * 2
    assert reading.bad == 1
    assert [str(remark) for remark in reading.remarks] == [told]


def test_a_total_that_does_not_add_up_is_remarked():
    figures, reading = read(row(Reporting_Period_Total="7"))

    assert len(figures) == 2
    assert [(remark.is_error, str(remark)) for remark in reading.remarks] == [
        (
            False,
            "Zeile 15, Reporting_Period_Total: „7“ ist nicht die Summe der Monate (5); genommen werden die Monate",
        )
    ]


def test_metrics_nobody_knows_are_passed_over_and_named():
    figures, reading = read(row(Metric_Type="Likes", Jan_2026="x"), row(Metric_Type="No_License"), HEADINGS)

    assert {figure.metric for figure in figures} == {Metric.NO_LICENSE}
    assert reading.unknown_metrics == {"Likes": 1}
    assert reading.bad == 0


def test_without_columns_for_months_a_period_of_one_month_will_do():
    one = [*HEADER[:9], ["Reporting_Period", "Begin_Date=2026-01-01; End_Date=2026-01-31"], *HEADER[10:]]

    assert numbers(separated(COLUMNS, ROW[:7], header=one)) == [(JANUARY, 5)]
    with pytest.raises(FileIsNoCounterReport):
        opened(separated(COLUMNS, ROW[:7]))


RELEASE_4 = [*HEADER[:2], ["Release", "4"], *HEADER[3:]]
JOURNALS = [HEADER[0], ["Report_ID", "JR1"], *HEADER[2:]]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (b"Titel;Anzahl\r\nDie Honigbiene;3", FileIsNoCounterReport),
        (b"\x00\x01\x02", FileIsNoCounterReport),
        (b"PK\x03\x04 no archive", FileIsNoCounterReport),
        (separated(), FileIsNoCounterReport),
        (separated([*HEADINGS, "Jan-2026"], ROW), FileIsNoCounterReport),
        (separated(HEADINGS, ROW, header=RELEASE_4), ReleaseIsUnknown),
        (separated(HEADINGS, ROW, header=JOURNALS), FileIsNoCounterReport),
    ],
)
def test_what_is_no_report_is_refused(told, refusal):
    with pytest.raises(FileRefused) as refused:
        opened(told)

    assert type(refused.value) is refusal
    assert str(refused.value)


def test_a_quote_that_swallows_lines_is_refused_where_it_opens():
    reading = opened(separated(HEADINGS, ROW, row(Item='"Die Biene'), ROW, ROW))

    with pytest.raises(ReportBreaksOff) as refused:
        list(reading)

    assert "nach Zeile 15 nicht mehr lesbar" in str(refused.value)


@settings(deadline=None)
@given(st.integers(0, 5_500), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused(position, damage):
    told = WORKBOOK[:position] + damage + WORKBOOK[position + len(damage) :]
    with suppress(FileRefused):
        assert all(figure.number > 0 for figure in opened(told))


@settings(deadline=None)
@given(st.text("Report_Name\t\r\n\"',;|JanMetric_Type 0123-=\x00ä", max_size=120), st.booleans())
def test_any_text_is_read_or_refused(words, is_below):
    told = separated(HEADINGS, ROW) + b"\r\n" + words.encode() if is_below else words.encode()
    with suppress(FileRefused):
        reading = opened(told)

        assert len(list(reading)) >= 2
        assert all(str(remark) for remark in reading.remarks)


WORKBOOK = workbook(HEADINGS, ROW)
