"""The page of an amendment: what was agreed later, its paper, and the day from which rights change."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from licenses import contracts
from licenses.models import Amendment, Document, Period


@pytest.fixture
def page(client, manager):
    client.force_login(manager)
    return client


def sent(page, contract, **fields):
    said = {"agreed_on": "2026-06-01", "note": "Zehn Plätze mehr"}
    return page.post(reverse("amendment_new", args=[contract.pk]), said | fields, follow=True)


def test_it_stands_on_the_contract_with_its_paper(page, contract):
    paper = SimpleUploadedFile("Scan.pdf", b"%PDF-1.7")

    answer = sent(page, contract, starts_on="2026-08-01", file=paper)

    for told in ("Nachtrag vom 1.6.2026, gilt ab 1.8.2026", "Zehn Plätze mehr", "Nachtrag vom 01.06.2026 (PDF)"):
        assert told in answer.text
    assert Document.objects.get().amendment == Amendment.objects.get()


def test_they_are_listed_in_the_order_of_their_days(page, contract, manager):
    for month in (9, 3, 6):
        contracts.amend(contract, agreed_on=date(2026, month, 1), note="…", by=manager)

    text = page.get(reverse("contract", args=[contract.pk])).text

    places = [text.index(f"Nachtrag vom 1.{month}.2026") for month in (3, 6, 9)]
    assert places == sorted(places)


def test_rights_change_from_its_day_on(page, contract, period, entitled):
    entitled()

    answer = sent(page, contract, starts_on="2026-08-01", divides="on", cost="80,00")

    assert "Ändern Sie jetzt die Rechte der neuen Laufzeit." in answer.text
    assert [it.entitlements.count() for it in Period.objects.order_by("starts_on")] == [1, 1]
    assert "1.8.2026 – 31.7.2028" in answer.text


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        ({"note": ""}, 422, "Bitte prüfen Sie"),
        ({"divides": "on"}, 422, "Bitte geben Sie an, ab wann sich etwas ändert."),
        ({"divides": "on", "starts_on": "2031-01-01"}, 400, "läuft keine Laufzeit dieses Vertrags"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(page, contract, period, wrong, status, told):
    answer = sent(page, contract, **wrong)

    assert answer.status_code == status
    assert told in answer.text
    assert not Amendment.objects.exists()


def test_its_words_are_corrected(page, contract, manager):
    found = contracts.amend(contract, agreed_on=date(2026, 6, 1), note="Zehn", by=manager)

    page.post(reverse("amendment_edit", args=[found.pk]), {"agreed_on": "2026-06-02", "note": "Elf"})

    found.refresh_from_db()
    assert (found.agreed_on, found.note) == (date(2026, 6, 2), "Elf")
