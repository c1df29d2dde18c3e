"""What a harvester may ask, and what it is told when it asks for something else."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licenses.counter.as_json import as_json
from licenses.counter.asking import Available, ask
from licenses.counter.caveats import Caveat, ReportRefused
from licenses.counter.kinds import IR, IR_M1, KINDS, PR, PR_P1
from licenses.counter.reports import report

TODAY = date(2026, 5, 15)
COUNTED = Available(first=date(2025, 3, 1), last=date(2026, 4, 1), platforms=("FWU", "edupool"))
USUAL = {"customer_id": "100123", "begin_date": "2026-01", "end_date": "2026-03"}


def asked(kind=IR, *, today=TODAY, available=COUNTED, **parameters):
    return ask(kind, USUAL | parameters, today=today, available=available)


def refused(kind=IR, **parameters) -> Caveat:
    with pytest.raises(ReportRefused) as refusal:
        asked(kind, **parameters)
    return refusal.value.caveat


def codes(question) -> list[int]:
    return [caveat.code for caveat in question.caveats]


def test_the_least_is_a_customer_and_a_period():
    question = asked()

    assert (question.customer_id, question.begin, question.end) == ("100123", date(2026, 1, 1), date(2026, 3, 1))
    assert question.months == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert question.caveats == ()
    assert question.filters == {}


def test_days_are_the_first_and_the_last_of_a_month():
    assert asked(begin_date="2026-02-01", end_date="2026-02-28").months == [date(2026, 2, 1)]


@pytest.mark.parametrize("missing", ["customer_id", "begin_date", "end_date"])
def test_what_must_be_there_is_named(missing):
    assert refused(**{missing: " "}) == Caveat(1030, missing)


def test_of_several_refusals_the_lowest_code_is_told():
    assert refused(customer_id="", begin_date="gestern").code == 1030
    assert refused(customer_id="0000000000000000", begin_date="gestern").code == 2011


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("gestern", "2026-03"),
        ("2026-13", "2026-03"),
        ("2026-01", "2026-02-30"),
        ("2026-01-15", "2026-03"),
        ("2026-01", "2026-03-30"),
        ("2026-03", "2026-01"),
        ("2026-05", "2026-05"),
        ("2027-01", "2027-02"),
        ("26-01", "26-03"),
        ("٢٠٢٦-01", "2026-03"),
        ("0000-01", "2026-03"),
    ],
)
def test_dates_that_are_none(begin, end):
    assert refused(begin_date=begin, end_date=end).code == 3020


def test_the_month_that_is_not_over_comes_later():
    question = asked(begin_date="2026-03", end_date="2026-12")

    assert question.end == date(2026, 4, 1)
    assert question.caveats == (Caveat(3031, "usage is not ready from 2026-05 to 2026-12"),)


def test_months_that_are_over_and_not_counted_yet_come_later():
    question = asked(end_date="2026-04", available=Available(date(2025, 3, 1), date(2026, 2, 1)))

    assert question.end == date(2026, 2, 1)
    assert question.caveats == (Caveat(3031, "usage is not ready from 2026-03 to 2026-04"),)


def test_months_before_the_first_are_gone():
    question = asked(begin_date="2024-01", end_date="2025-04")

    assert question.begin == date(2025, 3, 1)
    assert question.caveats == (Caveat(3032, "usage is available from 2025-03 to 2026-04"),)


@pytest.mark.parametrize(("begin", "end", "code"), [("2024-01", "2024-12", 3032), ("2026-04", "2026-04", 3031)])
def test_nothing_is_ready(begin, end, code):
    question = asked(begin_date=begin, end_date=end, available=Available(date(2025, 3, 1), date(2026, 3, 1)))

    assert not question.is_ready
    assert codes(question) == [code]
    assert question.begin.isoformat()[:7] == begin


def test_lists_are_separated_by_bars():
    question = asked(
        data_type="Audiovisual|Sound", metric_type="No_License", access_type="Open|Open", yop="2019|2021-2023|0001"
    )

    assert question.filters == {
        "Data_Type": ("Audiovisual", "Sound"),
        "Access_Type": ("Open",),
        "Metric_Type": ("No_License",),
    }
    assert question.years == ((2019, 2019), (2021, 2023), (1, 1))
    assert question.caveats == ()


def test_all_values_of_a_list_are_no_filter():
    assert asked(access_method="Regular|TDM").filters == {}


@pytest.mark.parametrize(
    ("parameters", "caveat"),
    [
        ({"data_type": "Audiovisual|Film|Journal"}, Caveat(3060, "data_type=Film|Journal")),
        ({"yop": "2023-2021"}, Caveat(3060, "yop=2023-2021")),
        ({"yop": "now"}, Caveat(3060, "yop=now")),
        ({"item_id": "x"}, Caveat(3060, "item_id=x")),
        ({"platform": "Netflix"}, Caveat(3060, "platform=Netflix")),
        ({"attributes_to_show": "YOP|Authors"}, Caveat(3062, "attributes_to_show=Authors")),
        ({"granularity": "Total"}, Caveat(3062, "granularity=Total")),
        ({"include_parent_details": "yes"}, Caveat(3062, "include_parent_details=yes")),
        ({"include_component_details": "True"}, Caveat(3063)),
        ({"country_code": "DE", "author": "x"}, Caveat(3050, "author, country_code")),
    ],
)
def test_what_is_not_known_is_left_out_and_named(parameters, caveat):
    assert asked(**parameters).caveats == (caveat,)


def test_a_standard_view_takes_a_period_and_a_platform():
    question = asked(PR_P1, platform="FWU", metric_type="Total_Item_Requests", attributes_to_show="Access_Method")

    assert (question.platform, question.filters, question.shows) == ("FWU", {}, ())
    assert question.caveats == (Caveat(3050, "attributes_to_show, metric_type"),)


def test_what_stands_in_another_report_only_is_not_known_here():
    assert codes(asked(PR, yop="2019")) == [3050]
    assert codes(asked(PR, metric_type="No_License")) == [3060]


def test_total_and_unique_come_together_where_the_schema_wants_it():
    question = asked(PR, metric_type="Unique_Title_Requests")

    assert question.filters == {"Metric_Type": ("Total_Item_Requests", "Unique_Item_Requests", "Unique_Title_Requests")}
    assert codes(question) == [100]
    assert asked(IR, metric_type="Total_Item_Requests").filters == {"Metric_Type": ("Total_Item_Requests",)}


def test_keys_are_for_the_door():
    assert asked(requestor_id="x", api_key="y").caveats == ()


ANYTHING = st.dictionaries(
    st.sampled_from(["end_date", "yop", "data_type", "platform", "item_id", "granularity", "x", "", "metric_type"]),
    st.text("0129-|AaPRüo_ \x00", max_size=12)
    | st.sampled_from(["2026-01", "2025-12-31", "9999-12", "2019|2019-2019", "Audiovisual|x|x", "Total_Item_Requests"]),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(KINDS)), ANYTHING)
def test_whatever_is_asked_is_answered_or_refused(complaints, school, kind, parameters):
    with suppress(ReportRefused):
        question = asked(KINDS[kind], **parameters)
        answer = report(question, [], customer=school, created_at=datetime(2026, 5, 15, tzinfo=UTC))

        assert question.begin <= question.end
        assert complaints(kind, as_json(answer)) == []


def test_the_view_for_films_is_asked_as_any_other():
    assert asked(IR_M1).kind is IR_M1
