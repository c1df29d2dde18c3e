"""What stands in which report."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from licenses.counter.as_json import as_json, json_bytes
from licenses.counter.caveats import Caveat
from licenses.counter.figures import Content, Figure
from licenses.counter.kinds import IR, IR_M1, PR, PR_P1
from licenses.counter.metrics import Metric
from licenses.counter.questions import Question
from licenses.counter.reports import report
from tests.licenses.counter.test_schema import usual

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)
NOW = datetime(2026, 3, 5, 10, 30, tzinfo=UTC)


@pytest.fixture
def answer(school):
    def ask(kind, figures, **wishes):
        return report(Question(kind, JANUARY, MARCH, **wishes), figures, customer=school, created_at=NOW)

    return ask


def numbers(answer) -> dict[str, int]:
    return {str(figure.metric): figure.number for figure in answer.figures()}


def test_a_film_is_an_item_with_its_denials(answer, film):
    told = answer(IR, usual(film))

    assert numbers(told) == {
        "No_License": 2,
        "Total_Item_Investigations": 9,
        "Total_Item_Requests": 5,
        "Unique_Item_Investigations": 7,
        "Unique_Item_Requests": 4,
    }
    assert as_json(told)["Report_Items"] == [
        {
            "Items": [
                {
                    "Item": "Die Honigbiene",
                    "Publisher": "FWU",
                    "Platform": "Bildungsmediathek NRW",
                    "Publisher_ID": {"Proprietary": ["leihwerk:FWU"]},
                    "Item_ID": {"Proprietary": "leihwerk:4602345", "ISBN": "978-3-16-148410-0"},
                    "Attribute_Performance": [
                        {
                            "Data_Type": "Audiovisual",
                            "Performance": {
                                "No_License": {"2026-01": 2},
                                "Total_Item_Investigations": {"2026-01": 9},
                                "Total_Item_Requests": {"2026-01": 5},
                                "Unique_Item_Investigations": {"2026-01": 7},
                                "Unique_Item_Requests": {"2026-01": 4},
                            },
                        }
                    ],
                }
            ]
        }
    ]


def test_the_header_says_who_what_and_when(answer, film):
    told = answer(IR, usual(film), filters={"Metric_Type": ("No_License",)}, years=((2019, 2019), (2021, 2023)))

    assert as_json(told)["Report_Header"] == {
        "Report_Name": "Item Report",
        "Report_ID": "IR",
        "Release": "5.1",
        "Institution_Name": "GGS Am Friedenspark",
        "Institution_ID": {"ISIL": ["DE-Lev3"], "Proprietary": ["leihwerk:100123"]},
        "Report_Filters": {
            "Begin_Date": "2026-01-01",
            "End_Date": "2026-03-31",
            "Metric_Type": ["No_License"],
            "YOP": ["2019", "2021-2023"],
        },
        "Created": "2026-03-05T10:30:00Z",
        "Created_By": "Leihwerk",
        "Registry_Record": "",
    }


def test_a_platform_is_the_sum_of_its_items(answer, film):
    other = replace(film, title="Die Biene 2", yop="2021")

    told = answer(PR, [*usual(film), *usual(other)])

    assert [(row.content.title, row.content.platform) for row in told.rows] == [("", "Bildungsmediathek NRW")]
    assert numbers(told)["Total_Item_Requests"] == 10
    assert "No_License" not in numbers(told), "denials of a title stand in IR only"


def test_standard_views_are_preset(answer, film):
    mined = [replace(figure, content=replace(film, access_method="TDM")) for figure in usual(film)]

    for kind in (PR_P1, IR_M1):
        assert numbers(answer(kind, [*usual(film), *mined])) == {"Total_Item_Requests": 5, "Unique_Item_Requests": 4}


def test_a_book_is_no_multimedia_and_no_item(answer, film):
    books = [replace(figure, content=replace(film, data_type="Book")) for figure in usual(film)]
    reports = [replace(figure, content=replace(film, data_type="Report")) for figure in usual(film)]

    assert answer(IR, books).rows == ()
    assert answer(IR_M1, reports).rows == ()
    assert answer(PR, books).rows != ()


def test_attributes_are_summed_unless_they_are_shown(answer, film):
    open_film = [replace(figure, content=replace(film, access_type="Open")) for figure in usual(film)]

    assert numbers(answer(IR, usual(film) + open_film))["Total_Item_Requests"] == 10
    shown = answer(IR, usual(film) + open_film, shows=("Access_Type",))
    assert [row.content.access_type for row in shown.rows] == ["Controlled", "Open"]
    assert len(as_json(shown)["Report_Items"][0]["Items"]) == 1, "one film with two kinds of access"


@pytest.mark.parametrize(
    ("wishes", "is_told"),
    [
        ({"filters": {"Access_Type": ("Open",)}}, False),
        ({"filters": {"Access_Type": ("Controlled", "Open")}}, True),
        ({"years": ((2018, 2020),)}, True),
        ({"years": ((2020, 2030),)}, False),
        ({"platform": "Bildungsmediathek NRW"}, True),
        ({"platform": "edupool"}, False),
        ({"item_id": "leihwerk:4602345"}, True),
        ({"item_id": "ISBN:978-3-16-148410-0"}, True),
        ({"item_id": "leihwerk:46"}, False),
    ],
)
def test_a_filter_narrows_what_is_counted(answer, film, wishes, is_told):
    assert bool(answer(IR, usual(film), **wishes).rows) is is_told


def test_months_outside_the_period_do_not_count(answer, film):
    late = [replace(figure, month=date(2026, 4, 1)) for figure in usual(film)]

    assert answer(IR, late).caveats == (Caveat(3030),)


def test_what_never_happened_is_not_told(answer, film):
    assert answer(IR, [Figure(film, Metric.NO_LICENSE, JANUARY, 0)]).rows == ()


def test_a_total_without_its_unique_is_left_out_and_said(answer, film):
    """A source that tells totals only cannot be told on in reports that want both."""
    alone = [Figure(film, Metric.TOTAL_ITEM_REQUESTS, JANUARY, 5)]

    assert [caveat.code for caveat in answer(PR, alone).caveats] == [3040]
    assert numbers(answer(IR, alone)) == {"Total_Item_Requests": 5}


def test_searches_belong_to_the_platform(answer):
    platform = Content(title="", publisher="", platform="Leihwerk")

    told = answer(PR, [Figure(platform, Metric.SEARCHES_PLATFORM, JANUARY, 12)])

    assert [(row.content.data_type, dict(row.numbers)) for row in told.rows] == [
        ("Platform", {Metric.SEARCHES_PLATFORM: {JANUARY: 12}})
    ]


def test_what_is_not_ready_is_not_told_although_it_is_counted(answer, film):
    told = answer(IR, usual(film), is_ready=False, caveats=(Caveat(3031, "2026-01"),))

    assert told.rows == ()
    assert [caveat.code for caveat in told.caveats] == [3031], "3030 would tell harvesters not to come again"


def test_json_has_no_byte_order_mark(answer, film):
    assert json_bytes(answer(IR, usual(film))).startswith(b"{")


def test_an_item_names_its_platform():
    with pytest.raises(ValueError, match="platform"):
        Content(title="Die Honigbiene", publisher="FWU", platform="")
