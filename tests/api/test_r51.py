"""The COUNTER API: who is let in, what a harvester gets, and what it is refused with."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from celus_nigiri.client import Sushi51Client
from django.test import Client
from django.utils import timezone

from licenses.counter import months
from licenses.counter.kinds import KINDS
from licenses.counter.months import previous
from licenses.models import MonthlyUse, UseDay
from licenses.models.monthly_use import COLUMNS
from licenses.usage import harvesters
from people.models import Institution

pytestmark = pytest.mark.django_db

LAST = previous(timezone.localdate())
MONTH = previous(LAST)
BOTH = {"begin_date": months.key(MONTH), "end_date": months.key(LAST)}
EVERYDAY = {
    "total_investigations": 20, "unique_investigations": 12, "total_requests": 9, "unique_requests": 7,
    "no_license": 3, "limit_exceeded": 1,
}  # fmt: skip


def use(film, institution, **more: Any) -> None:
    numbers = {"month": MONTH, **EVERYDAY, **more}
    MonthlyUse.objects.create(center=film.center, institution=institution, medium=film, **numbers)


@pytest.fixture
def harvester(center, manager, film, north, south) -> dict[str, str]:
    """Credentials for the whole centre, where two schools looked at a film."""
    use(film, north)
    use(film, south)
    admitted, key = harvesters.admit(center, name="Stadtbibliothek", by=manager)
    return {"requestor_id": admitted.requestor_id, "api_key": key}


@pytest.fixture
def of_north(center, manager, north) -> dict[str, str]:
    admitted, key = harvesters.admit(center, name="Schulträger", institution=north, by=manager)
    return {"requestor_id": admitted.requestor_id, "api_key": key}


def asked(name: str, **parameters: str) -> Any:
    return Client().get(f"/r51/{name}", parameters)


def code(answer) -> tuple[int, int]:
    return answer.status_code, answer.json()["Code"]


def name_of(institution: Institution) -> str:
    return f"{institution.center.slug}.{institution.school_number}"


def requests(answer) -> int:
    items = answer.json()["Report_Items"]
    told = [row["Performance"] for item in items for part in item["Items"] for row in part["Attribute_Performance"]]
    return sum(numbers.get("Total_Item_Requests", {}).get(months.key(MONTH), 0) for numbers in told)


def test_status_is_for_everybody(complaints):
    answer = asked("status")

    assert answer.status_code == 200
    assert answer.json()[0]["Service_Active"] is True


@pytest.mark.parametrize("name", ["members", "reports", "reports/ir"])
def test_nobody_gets_anything_without_saying_who_it_is(harvester, name):
    assert code(asked(name)) == (401, 2000)
    assert code(asked(name, requestor_id=harvester["requestor_id"])) == (401, 2020)
    assert code(asked(name, **harvester | {"api_key": "wrong"})) == (401, 2020)
    for unknown in ("lw-unknown", "\0", "ä" * 5000):
        assert code(asked(name, **harvester | {"requestor_id": unknown})) == (401, 2000)
    assert code(asked(name, **harvester | {"api_key": "\0"})) == (401, 2020)


def test_a_key_that_was_revoked_opens_nothing(harvester, manager):
    harvesters.revoke(harvesters.known(harvester["requestor_id"]), by=manager)

    assert code(asked("members", **harvester)) == (401, 2000)


def test_members_are_the_centre_and_its_institutions(harvester, center, north, south):
    told = {member["Customer_ID"] for member in asked("members", **harvester).json()}

    assert told >= {center.slug, name_of(north), name_of(south)}


def test_a_key_for_one_school_sees_that_school_only(harvester, of_north, center, north, south, neighbor):
    assert [member["Customer_ID"] for member in asked("members", **of_north).json()] == [name_of(north)]
    for other in (center.slug, name_of(south), neighbor.slug, "nowhere", "…", f"{center.slug}.i999999999999999"):
        assert code(asked("reports/ir", customer_id=other, **BOTH, **of_north)) == (403, 2010)
    assert requests(asked("reports/ir", customer_id=name_of(north), **BOTH, **of_north)) == 9


def test_a_centre_is_the_sum_of_its_schools(harvester, center):
    assert requests(asked("reports/ir", customer_id=center.slug, **BOTH, **harvester)) == 18


def test_people_come_with_their_token(harvester, program, manager, carla, anna, auditor, center, north, south):
    def seen(user, customer_id: str) -> int:
        return program(user).get("/r51/reports/ir", {"customer_id": customer_id, **BOTH}).status_code

    assert [seen(who, center.slug) for who in (manager, auditor, carla, anna)] == [200, 200, 403, 403]
    assert [seen(who, name_of(north)) for who in (manager, auditor, carla, anna)] == [200, 200, 200, 403]
    assert seen(carla, name_of(south)) == 403


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_report_is_valid_by_the_official_schema(complaints, harvester, center, north, kind):
    for customer_id in (center.slug, name_of(north)):
        answer = asked(f"reports/{kind.code.lower()}", customer_id=customer_id, **BOTH, **harvester)

        assert answer.status_code == 200
        assert complaints(kind.code, answer.json()) == []
        assert answer.json()["Report_Items"], "and it says something"


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_numbers_that_were_not_counted_would_be_noticed(complaints, harvester, center, kind):
    told = asked(f"reports/{kind.code.lower()}", customer_id=center.slug, **BOTH, **harvester).json()
    told["Report_Header"]["Institution_ID"] = {}

    assert complaints(kind.code, told) != []


def test_no_usage_is_said_in_the_header(harvester, north):
    MonthlyUse.objects.all().delete()

    answer = asked(
        "reports/pr", customer_id=name_of(north), begin_date=months.key(LAST), end_date=months.key(LAST), **harvester
    )

    assert answer.status_code == 200
    assert [caveat["Code"] for caveat in answer.json()["Report_Header"]["Exceptions"]] == [3030]


def test_what_pupils_did_is_not_told_while_it_is_so_little_that_it_speaks_of_single_ones(
    harvester, center, film, north
):
    use(film, north, is_by_pupils=True, **dict.fromkeys(EVERYDAY, 4))
    assert requests(asked("reports/ir", customer_id=name_of(north), **BOTH, **harvester)) == 9

    MonthlyUse.objects.filter(is_by_pupils=True).update(**dict.fromkeys(EVERYDAY, 5))
    assert requests(asked("reports/ir", customer_id=name_of(north), **BOTH, **harvester)) == 14


@pytest.mark.parametrize(
    ("wishes", "refusal"),
    [
        ({"begin_date": ""}, (400, 1030)),
        ({"customer_id": ""}, (400, 1030)),
        ({"begin_date": "soon"}, (400, 3020)),
        ({"begin_date": BOTH["end_date"], "end_date": BOTH["begin_date"]}, (400, 3020)),
        ({"customer_id": "0000000000000000"}, (403, 2011)),
    ],
)
def test_refusals_are_in_the_words_of_the_standard(harvester, complaints, center, wishes, refusal):
    answer = asked("reports/ir", **{"customer_id": center.slug, **BOTH, **wishes}, **harvester)

    assert code(answer) == refusal
    assert complaints(f"Exception_{refusal[1]}", answer.json()) == []


def test_there_are_four_reports(harvester, center):
    told = asked("reports", customer_id=center.slug, **harvester).json()

    assert [(report["Report_ID"], report["Last_Month_Available"]) for report in told] == [
        (code, months.key(LAST)) for code in KINDS
    ]
    assert asked("reports/tr", customer_id=center.slug, **BOTH, **harvester).status_code == 404


def test_a_day_that_was_not_counted_holds_its_month_back(harvester, center):
    UseDay.objects.create(day=timezone.localdate().replace(day=1) - timedelta(days=1), salt=b"salt")

    told = asked("reports", customer_id=center.slug, **harvester).json()

    assert told[0]["Last_Month_Available"] == months.key(MONTH)


@pytest.mark.django_db(transaction=True)
def test_a_harvester_of_libraries_fetches_and_reads_it(live_server, harvester, center):
    """celus-nigiri, as it asks any provider: over HTTP, with its own parameters."""
    client = Sushi51Client(
        f"{live_server.url}/r51",
        customer_id=center.slug,
        requestor_id=harvester["requestor_id"],
        extra_params={"api_key": harvester["api_key"]},
    )

    kept = BytesIO()
    told = client.get_report_data("ir", MONTH, LAST, output_content=kept)

    assert told.errors == []
    kept.seek(0)
    header, items = told.fd_to_dicts(kept)
    read = {(record.metric, record.start, record.value) for record in told.read_report(header, items)}
    assert read == {(metric, MONTH, 2 * EVERYDAY[column]) for metric, column in COLUMNS.items()}
