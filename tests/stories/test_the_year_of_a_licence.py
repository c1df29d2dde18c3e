"""A Kreis-Online licence from the contract to the audit: entered, used, refused, told by two providers, over, deleted.

Every step is a page that somebody opens or sends; only time passes by itself.
"""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from licenses import tasks
from licenses.counter.months import key, previous
from licenses.models import (
    Contract,
    Deletion,
    Entitlement,
    Medium,
    MonthlyUse,
    Period,
    ReportedFigure,
    ReportedTitle,
    Scope,
    Source,
    UseDay,
    UseEvent,
)
from licenses.usage import counting
from people.models import Upload
from tests.licenses.usage.test_taking_in import report

pytestmark = pytest.mark.django_db

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}
TODAY = timezone.localdate()
LAST = previous(TODAY)


class Person:
    """Somebody at a browser."""

    def __init__(self, user):
        self.user, self.client = user, Client()
        self.client.force_login(user)

    def opens(self, page, *args, **query):
        return self.client.get(reverse(page, args=args), query, headers=BROWSER, follow=True)

    def sends(self, page, *args, **fields):
        answer = self.client.post(reverse(page, args=args), fields, headers=BROWSER, follow=True)
        assert answer.status_code == 200, answer.text[:2000]
        return answer


@pytest.fixture
def people(manager, anna, bert, auditor, carla):
    named = {"manager": manager, "anna": anna, "bert": bert, "auditor": auditor, "carla": carla}
    return {name: Person(user) for name, user in named.items()}


def test_from_the_contract_to_the_audit(people, center, film, provider, north, south):
    manager, anna, bert, auditor = (people[name] for name in ("manager", "anna", "bert", "auditor"))

    # The manager enters what was signed, for the schools of the district that took part.
    manager.sends("scopes", name="Beteiligte Schulen", institutions=[north.pk])
    manager.sends("contract_new", provider=provider.pk, number="KO-7", title="Kreis-Online Lehrfilm", notice_months="3")
    contract = Contract.objects.get()
    until = TODAY + timedelta(days=200)
    manager.sends(
        "contract", contract.pk, starts_on=f"{TODAY - timedelta(days=200)}", ends_on=f"{until}", cost="802,00"
    )
    period = Period.objects.get()
    manager.sends(
        "entitlement_new", period.pk, preset="district_online", scopes=[Scope.objects.get().pk], medium=film.number,
        permitted=["show", "stream", "download"], capacity_kind="unlimited",
    )  # fmt: skip
    assert Entitlement.objects.get().medium == film

    # A teacher follows the link to the provider; another school is refused, with the reason.
    assert "Zeigen im Unterricht: <strong>ja</strong>" in anna.opens("medium", film.pk).text
    out = anna.client.get(reverse("medium_open", args=[film.pk]), headers=BROWSER)
    assert out["Location"] == film.link
    refused = bert.opens("medium", film.pk)
    assert "Beteiligte Schulen" in refused.text
    assert reverse("medium_open", args=[film.pk]) not in refused.text
    assert sorted(UseEvent.objects.values_list("institution__name", "kind")) == [
        (north.name, "investigation"), (north.name, "request"),
        (south.name, "investigation"), (south.name, "no_license"),
    ]  # fmt: skip

    # Two nights later the day is counted.
    counting.count_days(timezone.now() + timedelta(days=2))
    assert UseDay.objects.get().salt is None
    assert MonthlyUse.objects.get(no_license=1).institution == south

    # Two providers tell their side, one as a report of COUNTER, one as a table.
    for name, content, file in (
        ("Lehrfilm-Portal", report({key(LAST): 70}, Report_Filters={}), "counter.json"),
        ("Landkreis", f"Titel;Monat;Anzahl\n{film.title};{key(LAST)};30\n", "liste.csv"),
    ):
        manager.sends("usage_sources", provider=provider.pk, name=name)
        source = Source.objects.get(name=name)
        body = content if isinstance(content, bytes) else content.encode()
        manager.sends("usage_source", source.pk, file=SimpleUploadedFile(file, body))
        token = Upload.objects.latest("pk").token
        if file.endswith("csv"):
            manager.sends("usage_file_columns", token, title="#A", month="#B", count="#C")
        manager.sends("usage_file_take_over", token)
    (unknown,) = ReportedTitle.objects.filter(medium=None)
    manager.sends("usage_title", unknown.pk, number=film.number)
    assert set(ReportedFigure.objects.values_list("number", flat=True)) >= {70, 30}

    # The licence expires: the film closes, the school is asked to delete, and its coordinator confirms.
    manager.sends(
        "period_edit", period.pk, starts_on=f"{period.starts_on}", ends_on=f"{TODAY - timedelta(days=1)}", cost="802,00"
    )
    assert "abgelaufen" in anna.opens("medium", film.pk).text
    tasks.ask_to_delete()
    deletion = Deletion.objects.get()
    assert deletion.institution == north, "who may never copy is not asked"
    people["carla"].sends("deletion_confirm", deletion.pk, seen=deletion.titles.get().pk)
    assert not Deletion.objects.open().exists()
    assert "Löschung bestätigt" in auditor.opens("usage_journal").text

    # The auditor sees each source beside the other, and exports the year.
    page = auditor.opens("usage").text
    for told in ("KO-7 Kreis-Online Lehrfilm", "hier gezählt", "Lehrfilm-Portal", "Landkreis"):
        assert told in page
    rows = list(load_workbook(BytesIO(auditor.opens("usage_table", by="medium").content)).active.values)
    assert {row[1:3] for row in rows[1:] if row[0] == film.title} >= {
        ("hier gezählt", 1), ("Lehrfilm-Portal", 70), ("Landkreis", 30)
    }  # fmt: skip
    exported = auditor.opens("usage_report", report="ir", format="json", span=f"{TODAY.year}")
    assert json.loads(exported.content)["Report_Header"]["Report_ID"] == "IR"
    assert Medium.objects.count() == 1
