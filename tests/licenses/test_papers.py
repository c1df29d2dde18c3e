"""Papers of a contract are kept as files, and gone when they are thrown away: not sooner, not later."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from licenses import files, papers
from licenses.errors import DocumentIsNotAllowed
from licenses.models import Document
from people.models import JournalEntry

PDF = b"%PDF-1.7 Vertrag"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(content: bytes = PDF, name: str = "Vertrag Frau Meier.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(*names: str, first: str = "") -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as parts:
        if first:
            parts.writestr("mimetype", first)
        for name in names:
            parts.writestr(name, "<x/>")
    return made.getvalue()


def on_disk(store) -> list[str]:
    return sorted(path.name for path in store.rglob("*") if path.is_file())


def content_of(document: Document) -> bytes:
    with document.file.open() as kept:
        return kept.read()


@pytest.fixture
def paper(contract, manager) -> Document:
    return papers.attach(contract, name="Vertrag", upload=upload(), by=manager)


def test_a_paper_is_kept_under_a_name_that_says_its_kind(paper, store, manager):
    assert (paper.kind, on_disk(store)) == ("pdf", ["document.pdf"])
    entry = JournalEntry.objects.get(verb="document.added")
    assert (entry.by, entry.facts) == (manager, {"contract": paper.contract_id, "amendment": None, "kind": "pdf"})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"II*\x00", "tif"),
        (archive("word/document.xml"), "docx"),
        (archive("xl/workbook.xml"), "xlsx"),
        (archive("content.xml", first="application/vnd.oasis.opendocument.text"), "odt"),
    ],
)
def test_what_it_is_is_told_by_its_content(content, kind):
    assert files.accepted_document(upload(content, "irgendwas.exe")).name == f"document.{kind}"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"PK\x03\x04 kein Archiv",
        archive("word/document.xml", "word/vbaProject.bin"),
        archive("Basic/script.xml", first="application/vnd.oasis.opendocument.text"),
        archive("setup.exe"),
        b"",
    ],
)
def test_what_could_be_run_is_refused_whatever_it_is_called(contract, manager, store, content):
    with pytest.raises(DocumentIsNotAllowed):
        papers.attach(contract, name="Vertrag", upload=upload(content, "vertrag.pdf"), by=manager)

    assert on_disk(store) == []
    assert not Document.objects.exists()


def test_what_is_too_large_is_refused(contract, manager, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES_OF_A_DOCUMENT", 8)

    with pytest.raises(DocumentIsNotAllowed):
        papers.attach(contract, name="Vertrag", upload=upload(), by=manager)


def test_a_replaced_file_is_gone(paper, manager, store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        papers.change(paper, name="Vertrag, unterschrieben", upload=upload(b"\x89PNG\r\n\x1a\n"), by=manager)

    paper.refresh_from_db()
    assert (paper.name, paper.kind, on_disk(store)) == ("Vertrag, unterschrieben", "png", ["document.png"])
    assert JournalEntry.objects.get(verb="document.changed").facts == {"fields": ["name", "file"], "kind": "png"}


def test_a_new_name_keeps_the_file(paper, manager, store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        papers.change(paper, name="Rahmenvertrag", by=manager)

    assert on_disk(store) == ["document.pdf"]


def test_what_is_refused_leaves_the_former_file(paper, manager, store, django_capture_on_commit_callbacks):
    with pytest.raises(DocumentIsNotAllowed), django_capture_on_commit_callbacks(execute=True):
        papers.change(paper, name="Neu", upload=upload(b"<html>"), by=manager)

    paper.refresh_from_db()
    assert (paper.name, content_of(paper)) == ("Vertrag", PDF)


def test_what_is_removed_is_gone_from_the_disk(paper, manager, store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        papers.remove(paper, by=manager)

    assert (Document.objects.count(), on_disk(store)) == (0, [])
    assert JournalEntry.objects.get(verb="document.removed").facts == {"contract": paper.contract_id}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [papers.remove, lambda it, by: papers.change(it, name="Neu", upload=upload(), by=by)])
def test_nothing_is_lost_when_it_all_comes_to_nothing(paper, manager, store, act):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        act(paper, by=manager)
        raise ZeroDivisionError

    assert "document.pdf" in on_disk(store)
    assert content_of(Document.objects.get()) == PDF
