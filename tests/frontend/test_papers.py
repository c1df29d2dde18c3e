"""The papers on a contract's page: kept, fetched, replaced and thrown away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from licenses import papers
from licenses.models import Document

PDF = b"%PDF-1.7 Vertrag"
LONG = "Rahmenvertrag über die Nutzung audiovisueller Unterrichtsmedien, Anlage 3 (Titelliste), unterschrieben " * 2


def upload(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("Scan Frau Meier.pdf", content)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def page(client, manager):
    client.force_login(manager)
    return client


def test_a_paper_is_put_beside_its_contract_and_fetched_as_a_file(page, contract):
    name = LONG[:160].strip()
    sent = page.post(reverse("document_new", args=[contract.pk]), {"name": name, "file": upload()}, follow=True)

    assert "Das Dokument ist abgelegt." in sent.text
    assert name in sent.text
    assert "Frau Meier" not in sent.text
    answer = page.get(reverse("document", args=[Document.objects.get().pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith('attachment; filename="rahmenvertrag-uber-die-nutzung')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_no_address_leads_to_the_file_itself(page, contract, manager):
    paper = papers.attach(contract, name="Vertrag", upload=upload(), by=manager)

    for address in (f"/media/{paper.file.name}", f"/{paper.file.name}", f"/static/{paper.file.name}"):
        assert page.get(address).status_code == 404


def test_schools_never_get_it_and_auditors_may_only_look(client, contract, manager, anna, auditor):
    paper = papers.attach(contract, name="Vertrag", upload=upload(), by=manager)
    client.force_login(anna)
    assert client.get(reverse("document", args=[paper.pk])).status_code == 404

    client.force_login(auditor)

    assert b"".join(client.get(reverse("document", args=[paper.pk])).streaming_content) == PDF
    assert reverse("document_edit", args=[paper.pk]) not in client.get(reverse("contract", args=[contract.pk])).text
    assert client.post(reverse("document_remove", args=[paper.pk])).status_code == 403


def test_a_page_is_refused_and_the_form_says_why(page, contract):
    fields = {"name": "Vertrag", "file": upload(b"<html>")}
    answer = page.post(reverse("document_new", args=[contract.pk]), fields)

    assert answer.status_code == 400
    assert "Dokumente ohne Makros" in answer.text
    assert not Document.objects.exists()


def test_it_is_replaced_and_thrown_away(page, contract, manager, store, django_capture_on_commit_callbacks):
    paper = papers.attach(contract, name="Entwurf", upload=upload(), by=manager)
    with django_capture_on_commit_callbacks(execute=True):
        page.post(reverse("document_edit", args=[paper.pk]), {"name": "Vertrag", "file": upload(b"%PDF-2")})
    paper.refresh_from_db()
    with paper.file.open() as kept:
        assert (paper.name, kept.read()) == ("Vertrag", b"%PDF-2")

    with django_capture_on_commit_callbacks(execute=True):
        page.post(reverse("document_remove", args=[paper.pk]))

    assert "Noch keine" in page.get(reverse("contract", args=[contract.pk])).text
    assert not [path for path in store.rglob("*") if path.is_file()]


def test_a_lost_file_is_not_there_and_nothing_breaks(page, contract, manager, store):
    paper = papers.attach(contract, name="Vertrag", upload=upload(), by=manager)
    (store / paper.file.name).unlink()

    assert page.get(reverse("document", args=[paper.pk])).status_code == 404
