"""What we write, we read: the same figures, in each form."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings

from licenses.counter.as_json import json_bytes
from licenses.counter.as_table import tsv_bytes, workbook_bytes
from licenses.counter.figures import Figure
from licenses.counter.kinds import IR
from licenses.counter.metrics import Metric
from licenses.counter.questions import Question
from licenses.counter.reading import open_report
from licenses.counter.reports import Customer, report
from tests.licenses.counter.strategies import figures, questions

FORMS = {"JSON": json_bytes, "TSV": tsv_bytes, "XLSX": workbook_bytes}
SCHOOL = Customer("GGS Am Friedenspark", ("ISIL:DE-Lev3", "leihwerk:100123"))
NOW = datetime(2026, 5, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.differing_executors])
@given(questions(), figures())
def test_the_same_figures_come_back(form, question, given):
    told = report(question, given, customer=SCHOOL, created_at=NOW)

    reading = open_report(BytesIO(FORMS[form](told)))

    assert sorted(reading) == sorted(told.figures())
    assert reading.remarks == []
    assert reading.unknown_metrics == {}
    assert reading.header.report_id == question.kind.code
    assert (reading.header.begin, reading.header.end) == (question.begin, question.end)


@pytest.mark.parametrize("form", FORMS)
def test_the_header_comes_back(form, film):
    month = date(2026, 1, 1)
    told = report(Question(IR, month, month), [], customer=SCHOOL, created_at=NOW)

    header = open_report(BytesIO(FORMS[form](told))).header

    assert (header.release, header.institution, header.institution_ids) == ("5.1", SCHOOL.name, SCHOOL.ids)
    assert header.caveats == ("3030: No Usage Available for Requested Dates",)
    assert header.created_by == "Leihwerk"


def test_the_source_stands_beside_each_figure(film):
    month = date(2026, 1, 1)
    figures = [Figure(film, Metric.NO_LICENSE, month, 3)]
    told = report(Question(IR, month, month), figures, customer=SCHOOL, created_at=NOW)

    assert [figure.source for figure in open_report(BytesIO(json_bytes(told)), source="FWU")] == ["FWU"]
