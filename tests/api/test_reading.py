"""What every list has in common: pages, ceilings, and clean answers to nonsense."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Institution

INSTITUTIONS = "/api/v1/institutions/"


@pytest.fixture
def many_schools(center) -> None:
    Institution.objects.bulk_create(
        Institution(center=center, kind="school", name=f"Schule {number:03d}") for number in range(600)
    )


def test_a_list_comes_in_pages_of_fifty(program, desk, many_schools):
    page = program(desk).get(INSTITUTIONS).json()

    assert (page["count"], len(page["results"]), page["previous"]) == (600, 50, None)
    assert page["next"].endswith("?limit=50&offset=50")


def test_a_page_is_never_longer_than_five_hundred(program, desk, many_schools):
    assert len(program(desk).get(INSTITUTIONS, {"limit": 10**9}).json()["results"]) == 500


@pytest.mark.parametrize("offset", ["601", "9" * 40, "9" * 5000, "-1", "x", "\0", ""])
def test_an_offset_beyond_reason_is_no_error(program, desk, many_schools, offset):
    assert program(desk).get(INSTITUTIONS, {"offset": offset}).status_code == 200


@pytest.mark.parametrize("query", [{"kind": "\0"}, {"kind": "castle"}, {"search": "a\0b"}])
def test_a_filter_that_makes_no_sense_is_told_so(program, desk, query):
    answer = program(desk).get(INSTITUTIONS, query)

    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"


@pytest.mark.parametrize("pk", ["0", "-1", "9" * 30, "9" * 5000, "x", "%00", "1.5", "%F0%9F"])
def test_an_id_that_cannot_be_one_is_404(program, desk, pk):
    assert program(desk).get(f"{INSTITUTIONS}{pk}/").status_code == 404


def test_xml_is_not_spoken_here(program, desk):
    assert program(desk).get(INSTITUTIONS, headers={"Accept": "application/xml"}).status_code == 406


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "post"])
def test_what_a_resource_does_not_do_is_405(program, desk, method):
    answer = getattr(program(desk), method)(INSTITUTIONS)

    assert answer.status_code == 405
    assert answer.json()["errors"][0]["code"] == "method_not_allowed"


def test_without_a_token_nothing_is_told(client, db):
    answer = client.get(INSTITUTIONS)

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "not_authenticated"


@pytest.mark.parametrize("address", ["institutions", "contacts", "items"])
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_one(program, desk, address, full_house):
    client, url = program(desk), f"/api/v1/{address}/"
    client.get(url)

    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url, {"limit": 1})
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(url, {"limit": 50}).json()["results"]) > 1

    assert len(many) == len(one) <= 8
