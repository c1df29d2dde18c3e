"""Zahlen: whoever may sees what is used, closer and closer, and takes it along as a file."""

import json
import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

import licenses
from frontend.views.usage.journal import VERBS
from licenses import contracts, scopes, seats
from licenses.counter.months import previous
from licenses.models import Harvester, MonthlyUse, Scope
from people.models import Institution

pytestmark = pytest.mark.django_db

THIS = timezone.localdate().replace(day=1)
LAST = previous(THIS)


@pytest.fixture
def used(film, north, south, entitled):
    """Two schools used a film that a contract covers."""
    entitled()
    for school, number in ((north, 12), (south, 30)):
        use(film, school, total_requests=number, unique_requests=number, total_investigations=number,
            unique_investigations=number, no_license=4 if school == south else 0)  # fmt: skip


def use(film, school: Institution, **more: Any) -> None:
    MonthlyUse.objects.create(center=film.center, medium=film, institution=school, **{"month": LAST, **more})


def seen(client, who, name: str = "usage", **query: Any):
    client.force_login(who)
    return client.get(reverse(name), query)


def test_the_auditor_sees_contracts_with_uses_and_denials(client, auditor, used, contract):
    page = seen(client, auditor).text

    assert str(contract) in page
    assert "hier gezählt" in page
    assert ">42<" in page
    assert '<td class="number" data-label="Keine Lizenz">4</td>' in page


def test_one_looks_closer_from_contract_to_medium_to_school(client, auditor, used, contract, film, south):
    contracts_page = seen(client, auditor).text
    to_media = f"{reverse('usage')}?contract={contract.pk}&amp;by=medium"
    assert to_media in contracts_page

    media_page = client.get(to_media.replace("&amp;", "&")).text
    to_schools = f"contract={contract.pk}&amp;medium={film.pk}&amp;by=institution"
    assert film.title in media_page
    assert "Eingrenzung aufheben" in media_page

    schools_page = client.get(f"{reverse('usage')}?{to_schools.replace('&amp;', '&')}").text
    assert str(south) in schools_page
    assert ">30<" in schools_page


def test_a_coordinator_sees_the_own_school_only(client, carla, used, film, south):
    page = seen(client, carla, by="institution", institution=south.pk).text

    assert film.title in page
    assert ">12<" in page
    assert ">30<" not in page.split("<tbody>")[-1]
    assert "Protokoll" not in page


def test_a_teacher_sees_no_figures(client, anna, used):
    assert seen(client, anna).status_code == 403


def test_a_table_stands_beside_the_chart(client, auditor, used):
    page = seen(client, auditor).text

    assert "chart__plot" in page
    assert "Zahlen als Tabelle" in page
    assert page.count("chart__column chart__column--1") == 1


def test_without_figures_it_says_what_will_stand_here(client, auditor, center):
    assert "Noch keine Nutzung" in seen(client, auditor).text


def test_a_stretch_of_time_is_chosen(client, auditor, used, film, north):
    use(film, north, total_requests=5, month=date(LAST.year - 1, 3, 1))

    assert ">5<" in seen(client, auditor, span=f"{LAST.year - 1}").text
    assert ">42<" in seen(client, auditor, span=f"{LAST.year}").text


def test_nonsense_in_a_filter_is_passed_over(client, auditor, used):
    page = seen(client, auditor, span="x", by="y", institution="z", medium="-1", contract="9" * 30)

    assert page.status_code == 200


def test_the_table_is_a_file(client, auditor, used, contract):
    sheet = load_workbook(BytesIO(seen(client, auditor, "usage_table").content)).active
    rows = list(sheet.values)

    assert rows[0][:3] == ("Verträge", "Quelle", "Genutzt")
    assert rows[1][:6] == (str(contract), "hier gezählt", 42, 42, 4, 0)
    assert b"hier gez" in seen(client, auditor, "usage_table", format="csv").content


@pytest.mark.parametrize("form", ["json", "tsv", "xlsx"])
def test_the_year_is_exported_as_a_report_of_counter(client, auditor, used, form):
    answer = seen(client, auditor, "usage_report", report="ir", format=form)

    assert answer.status_code == 200
    assert f".{form}" in answer["Content-Disposition"]
    if form == "json":
        assert json.loads(answer.content)["Report_Items"]


def test_an_unknown_report_is_not_found(client, auditor, used):
    assert seen(client, auditor, "usage_report", report="tr", format="json").status_code == 404
    assert seen(client, auditor, "usage_report", report="ir", format="exe").status_code == 404


def test_uses_by_few_pupils_are_marked_and_left_out(client, auditor, used, film, north):
    use(film, north, total_requests=4, is_by_pupils=True)

    page = seen(client, auditor, by="medium").text

    assert ">42<" in page
    assert "weniger als fünf" in page


def test_what_waits_stands_above(client, manager, used, entitled, contract, period, anna):
    period.ends_on = timezone.localdate() + timedelta(days=30)
    period.save()
    held = entitled(capacity_kind="named", capacity=3, permitted=["run"])
    seats.assign(held, to=anna, by=manager)

    page = seen(client, manager).text

    assert "Zu entscheiden" in page
    assert "2 von 3" in page


def test_every_change_is_in_the_journal(client, auditor, manager, contract):
    contracts.edit(contract, title="Neuer Name", by=manager)

    page = seen(client, auditor, "usage_journal").text

    assert "Vertrag geändert" in page
    assert "Neuer Name" in page
    assert manager.name in page


def test_a_period_is_told_with_its_days_in_the_journal(client, auditor, manager, contract):
    contracts.begin(contract, starts_on=date(2031, 1, 1), ends_on=date(2031, 12, 31), by=manager)
    contracts.begin(contract, starts_on=date(2032, 1, 1), ends_on=None, by=manager)

    page = seen(client, auditor, "usage_journal").text

    assert f"{contract}, 1.1.2031 – 31.12.2031" in page
    assert f"{contract}, ab 1.1.2032" in page


def test_who_is_admitted_gets_all_that_a_program_needs(client, manager, center):
    client.force_login(manager)

    page = client.post(reverse("harvesters"), {"name": "Stadtbibliothek"}).text.partition("darf abholen")[2]

    admitted = Harvester.objects.get()
    assert f"<dt>customer_id</dt><dd><code>{center.slug}</code>" in page
    assert f"<dt>requestor_id</dt><dd><code>{admitted.requestor_id}</code>" in page
    assert "<dt>api_key</dt>" in page


def test_what_is_gone_has_its_number_in_the_journal(client, auditor, manager, center):
    scope = scopes.add(center, name="Weg", territory=[], school_forms=[], institution_kinds=[], institutions=[],
                       by=manager)  # fmt: skip
    number = scope.pk
    Scope.objects.all().delete()

    assert f"<span>Nummer {number}</span>" in seen(client, auditor, "usage_journal").text


def test_whoever_sees_no_journal_is_refused(client, desk, carla, center):
    assert seen(client, desk, "usage_journal").status_code == 403
    assert seen(client, carla, "usage_journal").status_code == 403


def test_every_verb_of_licences_has_words(licenses_verbs):
    assert licenses_verbs - VERBS.keys() == set()


@pytest.fixture
def licenses_verbs() -> set[str]:
    """What licences write into the journal, as it stands in the code."""
    code = "\n".join(path.read_text() for path in Path(licenses.__file__).parent.rglob("*.py"))
    found = re.findall(r'(?:record(?:_all)?|_note|_write|_set)\(\s*"([a-z_]+\.[a-z_]+)"', code)
    return {*found, *re.findall(r'"(own_files\.\w+)"', code)}
