"""A harvester that others use reads what we write, and finds the figures that we told."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from celus_nigiri.client import CounterVersion
from celus_nigiri.counter5 import Counter5TableReport

from licenses.counter.as_json import json_bytes
from licenses.counter.as_table import tsv_bytes
from licenses.counter.kinds import IR, IR_M1, KINDS, PR
from licenses.counter.questions import Question
from licenses.counter.reports import report
from tests.licenses.counter.test_schema import usual

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)


@pytest.fixture
def answer(film, school):
    def ask(kind, **wishes):
        question = Question(kind, JANUARY, MARCH, **wishes)
        given = usual(film) if wishes.get("is_ready", True) else []
        return report(question, given, customer=school, created_at=datetime(2026, 4, 2, tzinfo=UTC))

    return ask


def harvested(told) -> list:
    client = CounterVersion.C51.get_report_class(told.kind.code.split("_P")[0])()
    header, items = client.fd_to_dicts(BytesIO(json_bytes(told)))
    assert client.errors == []
    return list(client.read_report(header, items))


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_it_reads_our_json(answer, kind):
    told = answer(kind, shows=kind.attributes)

    assert sorted((record.metric, record.start, record.value) for record in harvested(told)) == sorted(
        (str(figure.metric), figure.month, figure.number) for figure in told.figures()
    )


def test_it_finds_the_film_with_its_attributes(answer):
    record = harvested(answer(IR, shows=IR.attributes))[0]

    assert record.item == "Die Honigbiene"
    assert dict(record.item_ids.items()) == {"Proprietary": "leihwerk:4602345", "ISBN": "978-3-16-148410-0"}
    assert record.dimension_data == {
        "Publisher": "FWU",
        "Platform": "Bildungsmediathek NRW",
        "Data_Type": "Audiovisual",
        "YOP": "2019",
        "Access_Type": "Controlled",
        "Access_Method": "Regular",
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_it_hears_why_a_report_is_empty(kind, school):
    empty = report(Question(kind, JANUARY, MARCH), [], customer=school, created_at=datetime(2026, 4, 2, tzinfo=UTC))
    client = CounterVersion.C51.get_report_class(kind.code.split("_P")[0])()
    client.fd_to_dicts(BytesIO(json_bytes(empty)))

    heard = [*client.errors, *client.warnings, *client.infos]
    assert [(str(caveat.code), caveat.message) for caveat in heard] == [
        ("3030", "No Usage Available for Requested Dates")
    ]


@pytest.mark.parametrize("kind", [PR, IR], ids=lambda kind: kind.code)
def test_it_reads_our_tables_too(answer, tmp_path, kind):
    """Its reader of tables knows release 5 only, whose columns are the same; so ours says 5 for it."""
    told = answer(kind, shows=kind.attributes)
    path = tmp_path / "report.tsv"
    path.write_bytes(tsv_bytes(told).replace(b"Release\t5.1", b"Release\t5"))

    records = [record for record in Counter5TableReport().file_to_records(str(path)) if record.value]

    assert sorted((record.metric, record.start, record.value) for record in records) == sorted(
        (str(figure.metric), figure.month, figure.number) for figure in told.figures()
    )


def test_it_refuses_what_is_no_report():
    client = CounterVersion.C51.get_report_class(IR_M1.code)()
    client.fd_to_dicts(BytesIO(b"<html></html>"))

    assert client.errors
