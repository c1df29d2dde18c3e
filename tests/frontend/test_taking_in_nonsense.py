"""Files with what no page shows, no database keeps and no calendar has: remarks, and never a page that fails."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from licenses.models import ReportedFigure, Source
from licenses.taking_in import sources
from people.models import Upload
from tests.licenses.usage.test_taking_in import report

pytestmark = pytest.mark.django_db
HALF, NUL = "\ud800", "\0"
REQUESTS = "Total_Item_Requests"


@pytest.fixture
def source(client, manager, provider) -> Source:
    client.force_login(manager)
    return sources.add(provider, name="Filmportal", by=manager)


def performance(told: dict[str, Any], item: str = "Wölfe") -> bytes:
    whole = json.loads(report({"2026-01": 7}, item=item))
    whole["Report_Items"][0]["Items"][0]["Attribute_Performance"] = [{"Performance": told}]
    return json.dumps(whole).encode()


def take(client, source, content: bytes, name: str = "nutzung.json") -> str:
    """Looked at, taken over, and looked at again on every page that tells of it; what the first says."""
    file = SimpleUploadedFile(name, content)
    looked = client.post(reverse("usage_source", args=[source.pk]), {"file": file}, follow=True)
    assert looked.status_code == 200
    token = Upload.objects.latest("pk").token
    assert client.post(reverse("usage_file_take_over", args=[token])).status_code == 303
    for page in (reverse("usage_file", args=[token]), reverse("usage_source", args=[source.pk]), reverse("usage")):
        assert client.get(page).status_code == 200
    return looked.content.decode()


def remarks() -> list[dict[str, Any]]:
    return Upload.objects.latest("pk").report["remarks"]


@pytest.mark.parametrize("name", [f"{REQUESTS}{NUL}x", HALF, f"a{NUL}{HALF}"])
def test_metrics_with_letters_that_are_none_are_passed_over(client, source, name):
    assert "Unbekannte Messgrößen" in take(client, source, performance({name: {"2026-01": 1}, REQUESTS: {}}))


@pytest.mark.parametrize("told", [{f"a{NUL}{HALF}": 5}, {REQUESTS: {HALF: 1}}, {REQUESTS: {"2026-01": f"{HALF}{NUL}"}}])
def test_what_is_wrong_with_an_entry_is_said_legibly(client, source, told):
    take(client, source, performance(told))

    (remark,) = remarks()
    assert remark["value"] in {"", "5", "1"}


def test_names_lose_what_nobody_sees(client, source):
    take(client, source, performance({REQUESTS: {"2026-01": 3}}, item=f"Wöl{HALF}fe{NUL}"))

    assert ReportedFigure.objects.get().title.title == "Wölfe"


@pytest.mark.parametrize("month", ["0001-01", "0999-12", "9999-12"])
def test_months_of_other_ages_are_none(client, source, month):
    """The page of figures goes back to the first year there are any of."""
    take(client, source, performance({REQUESTS: {month: 3}}))
    assert len(remarks()) == 1
    table = f"Titel;Monat;Anzahl\nVulkane;{month};12\nMoor;01.01.{month[:4]};1\n"
    take(client, source, table.encode(), "t.csv")

    assert len(remarks()) == 2
    assert not ReportedFigure.objects.exists()


def test_a_header_may_promise_the_end_of_all_days(client, source):
    ends = {"Begin_Date": "9999-11-01", "End_Date": "9999-12-31"}

    take(client, source, report({"2026-01": 7}, Report_Filters=ends))

    assert ReportedFigure.objects.count() == 2


def test_the_largest_numbers_are_added_up(client, source):
    take(client, source, performance({REQUESTS: {"2026-01": 2**31 - 1, "2026-02": 2**31 - 1}}))

    assert ReportedFigure.objects.count() == 2
