"""Every report we write is valid by the official schema of the COUNTER API 5.1, and the schema would notice if not."""

import copy
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licenses.counter.as_json import as_json
from licenses.counter.asking import METRICS_COMPLETED
from licenses.counter.caveats import CODES, Caveat
from licenses.counter.figures import Figure
from licenses.counter.identifiers import ContentIds
from licenses.counter.kinds import IR, IR_M1, KINDS, PR, PR_P1
from licenses.counter.metrics import Metric
from licenses.counter.questions import Question
from licenses.counter.reports import Customer, report
from tests.licenses.counter.strategies import BAD_IDS, figures, items, questions

JANUARY = date(2026, 1, 1)
NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
BAD_ITEM_IDS = st.builds(ContentIds, *[st.sampled_from(BAD_IDS)] * 6)


def usual(film) -> list[Figure]:
    return [
        Figure(film, Metric.TOTAL_ITEM_INVESTIGATIONS, JANUARY, 9),
        Figure(film, Metric.UNIQUE_ITEM_INVESTIGATIONS, JANUARY, 7),
        Figure(film, Metric.TOTAL_ITEM_REQUESTS, JANUARY, 5),
        Figure(film, Metric.UNIQUE_ITEM_REQUESTS, JANUARY, 4),
        Figure(film, Metric.NO_LICENSE, JANUARY, 2),
    ]


def told(kind, given, school, **wishes):
    question = Question(kind, JANUARY, date(2026, 3, 1), **wishes)
    return as_json(report(question, given, customer=school, created_at=NOW))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions(), figures())
def test_whatever_is_asked_and_counted_the_report_is_valid(complaints, school, question, given):
    answer = as_json(report(question, given, customer=school, created_at=NOW))

    assert complaints(question.kind.code, answer) == []


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures(items(BAD_ITEM_IDS)))
def test_identifiers_without_their_form_do_not_spoil_a_report(complaints, school, given):
    assert complaints("IR", told(IR, given, school, shows=IR.attributes)) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_an_empty_report_is_valid_and_says_so(complaints, school, kind):
    empty = told(kind, [], school)

    assert complaints(kind.code, empty) == []
    assert empty["Report_Items"] == []
    assert empty["Report_Header"]["Exceptions"] == [{"Code": 3030, "Message": "No Usage Available for Requested Dates"}]


@pytest.mark.parametrize("code", CODES)
def test_each_caveat_is_in_the_words_of_the_standard(complaints, code):
    assert complaints(f"Exception_{code}", Caveat(code, "details").as_json()) == []


def test_a_warning_of_our_own_has_its_place(complaints):
    assert complaints("Exception_1-999", METRICS_COMPLETED.as_json()) == []


@pytest.mark.parametrize(("code", "answer"), [(1011, 202), (1020, 429), (1030, 400), (2000, 401), (2010, 403)])
def test_a_refusal_has_the_status_of_the_standard(code, answer):
    assert Caveat(code).status == answer
    assert Caveat(code).is_refusal


def remove(name):
    return lambda told: told["Report_Header"].pop(name)


def put(name, value):
    return lambda told: told["Report_Header"].update({name: value})


def performance(told):
    first = told["Report_Items"][0]
    return first.get("Items", [first])[0]["Attribute_Performance"][0]


BREAKS = {
    "no registry record": remove("Registry_Record"),
    "no institution id": remove("Institution_ID"),
    "no filters": remove("Report_Filters"),
    "release 5": put("Release", "5"),
    "another name": put("Report_Name", "Platform Master Report"),
    "a release-5 list of filters": put("Report_Filters", [{"Name": "Begin_Date", "Value": "2026-01-01"}]),
    "empty exceptions": put("Exceptions", []),
    "a refusal in the header": put("Exceptions", [Caveat(2000).as_json()]),
    "other words for an exception": put("Exceptions", [{"Code": 3030, "Message": "Nothing"}]),
    "something unknown": put("Leihwerk", "1"),
    "a film as data type": lambda told: performance(told).update(Data_Type="Film"),
    "a negative number": lambda told: performance(told)["Performance"]["Total_Item_Requests"].update({"2026-01": -1}),
    "a thirteenth month": lambda told: performance(told)["Performance"]["Total_Item_Requests"].update({"2026-13": 1}),
    "no platform": lambda told: told["Report_Items"][0].get("Items", told["Report_Items"])[0].pop("Platform"),
}


@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_the_schema_notices(complaints, film, school, kind, name):
    broken = copy.deepcopy(told(kind, usual(film), school))
    assert complaints(kind.code, broken) == []

    BREAKS[name](broken)

    assert complaints(kind.code, broken) != []


@pytest.mark.parametrize("kind", [PR, PR_P1, IR_M1], ids=lambda kind: kind.code)
def test_the_schema_notices_a_total_without_its_unique(complaints, film, school, kind):
    broken = told(kind, usual(film), school)
    for metric in [name for name in performance(broken)["Performance"] if name != "Total_Item_Requests"]:
        del performance(broken)["Performance"][metric]

    assert complaints(kind.code, broken) != []


def test_the_schema_notices_wrapped_platforms_and_bare_items(complaints, film, school):
    platforms, items = told(PR, usual(film), school), told(IR, usual(film), school)
    platforms["Report_Items"] = [{"Items": platforms["Report_Items"]}]
    items["Report_Items"] = items["Report_Items"][0]["Items"]

    assert complaints("PR", platforms) != []
    assert complaints("IR", items) != []


def test_an_institution_without_an_identifier_has_no_report():
    with pytest.raises(ValueError, match="identifier"):
        Customer("GGS Am Friedenspark", ("nothing",))
