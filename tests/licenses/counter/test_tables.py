"""A report as a table: the header of thirteen lines, the columns of the standard, no formulas."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from licenses.counter.as_table import lines, tsv_bytes, workbook_bytes
from licenses.counter.caveats import Caveat
from licenses.counter.figures import Figure
from licenses.counter.kinds import IR, IR_M1, KINDS, PR, PR_P1
from licenses.counter.metrics import Metric
from licenses.counter.questions import Question
from licenses.counter.reports import report
from tests.licenses.counter.test_schema import usual

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)
LABELS = [
    "Report_Name", "Report_ID", "Release", "Institution_Name", "Institution_ID", "Metric_Types", "Report_Filters",
    "Report_Attributes", "Exceptions", "Reporting_Period", "Created", "Created_By", "Registry_Record",
]  # fmt: skip


@pytest.fixture
def answer(school):
    def ask(kind, figures, **wishes):
        question = Question(kind, JANUARY, MARCH, **wishes)
        return report(question, figures, customer=school, created_at=datetime(2026, 4, 2, 8, 0, tzinfo=UTC))

    return ask


def headings(answer) -> list:
    return list(lines(answer))[14]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_thirteen_lines_then_a_blank_one(answer, film, kind):
    table = list(lines(answer(kind, usual(film))))

    assert [line[0] for line in table[:13]] == LABELS
    assert table[13] == []


def test_the_header_says_what_was_asked(answer, film):
    told = answer(
        IR,
        usual(film),
        filters={"Metric_Type": ("No_License", "Limit_Exceeded"), "Data_Type": ("Audiovisual", "Sound")},
        years=((2019, 2021),),
        platform="Bildungsmediathek NRW",
        shows=("YOP", "Access_Type"),
        shows_parents=True,
        caveats=(Caveat(3031, "2026-04"), Caveat(3060, "yop=x")),
    )

    assert dict(list(lines(told))[:13]) == {
        "Report_Name": "Item Report",
        "Report_ID": "IR",
        "Release": "5.1",
        "Institution_Name": "GGS Am Friedenspark",
        "Institution_ID": "ISIL:DE-Lev3; leihwerk:100123",
        "Metric_Types": "No_License; Limit_Exceeded",
        "Report_Filters": "Data_Type=Audiovisual|Sound; Platform=Bildungsmediathek NRW; YOP=2019-2021",
        "Report_Attributes": "Attributes_To_Show=YOP|Access_Type; Include_Parent_Details=True",
        "Exceptions": ("3031: Usage Not Ready for Requested Dates (2026-04); 3060: Invalid ReportFilter Value (yop=x)"),
        "Reporting_Period": "Begin_Date=2026-01-01; End_Date=2026-03-31",
        "Created": "2026-04-02T08:00:00Z",
        "Created_By": "Leihwerk",
        "Registry_Record": "",
    }


ITEM = ["Item", "Publisher", "Publisher_ID", "Platform"]
ATTRIBUTES = ["Data_Type", "YOP", "Access_Type", "Access_Method"]
NUMBERS = ["Metric_Type", "Reporting_Period_Total", "Jan-2026", "Feb-2026", "Mar-2026"]


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        (PR, ["Platform", "Data_Type", "Access_Method"]),
        (PR_P1, ["Platform", "Data_Type"]),
        (
            IR,
            [*ITEM, "DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "URI", *ATTRIBUTES],
        ),
        (IR_M1, [*ITEM, "DOI", "Proprietary_ID", "URI", "Data_Type"]),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_the_columns_are_those_of_the_standard(answer, film, kind, columns):
    assert headings(answer(kind, usual(film), shows=kind.attributes)) == columns + NUMBERS


def test_a_row_tells_the_total_and_each_month(answer, film):
    figures = [Figure(film, Metric.NO_LICENSE, JANUARY, 2), Figure(film, Metric.NO_LICENSE, MARCH, 5)]

    assert list(lines(answer(IR, figures)))[15] == [
        "Die Honigbiene", "FWU", "leihwerk:FWU", "Bildungsmediathek NRW", "", "leihwerk:4602345", "978-3-16-148410-0",
        "", "", "", "Audiovisual", "No_License", 7, 2, 0, 5,
    ]  # fmt: skip


def test_months_can_be_left_out(answer, film):
    told = answer(IR_M1, usual(film), shows_months=False)

    assert headings(told)[-2:] == ["Metric_Type", "Reporting_Period_Total"]
    assert list(lines(told))[15][-2:] == ["Total_Item_Requests", 5]
    assert ["Report_Attributes", "Exclude_Monthly_Details=True"] in list(lines(told))


def test_the_text_has_a_mark_and_tabs(answer, film):
    text = tsv_bytes(answer(PR_P1, usual(film)))

    assert text.startswith(b"\xef\xbb\xbfReport_Name\tPlatform Usage\r\n")
    assert b"\r\n\r\nPlatform\tData_Type\t" in text


def test_a_title_never_becomes_a_formula(answer, film):
    title = '=HYPERLINK("https://example.org","x")'
    told = answer(IR, [replace(figure, content=replace(film, title=title)) for figure in usual(film)])

    cell = openpyxl.load_workbook(BytesIO(workbook_bytes(told)))["IR"]["A16"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (title, "s", True)
    assert b"\n\"'=HYPERLINK" in tsv_bytes(told)


def test_a_row_is_a_line_whatever_the_title(answer, film):
    told = answer(
        IR, [replace(figure, content=replace(film, title="Die\r\nHonigbiene \n 2")) for figure in usual(film)]
    )

    assert list(lines(told))[15][0] == "Die Honigbiene 2"


def test_a_workbook_holds_numbers(answer, film):
    sheet = openpyxl.load_workbook(BytesIO(workbook_bytes(answer(PR_P1, usual(film)))))["PR_P1"]

    assert [cell.value for cell in sheet[15]][:4] == ["Platform", "Data_Type", "Metric_Type", "Reporting_Period_Total"]
    assert [cell.value for cell in sheet[16]][2:] == ["Total_Item_Requests", 5, 5, 0, 0]
