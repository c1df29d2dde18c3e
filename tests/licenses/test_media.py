"""Titles are added and described by those who keep them, and each leaves a row in the journal."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from licenses import files, media, providers
from licenses.errors import FileIsNotAllowed, MediumNumberIsTaken, ProviderNameIsTaken
from licenses.models import Medium
from people.models import JournalEntry


@pytest.fixture
def publisher(center, manager):
    return providers.add(center, name="Naturfilm", by=manager)


@pytest.fixture
def wolves(center, publisher, manager) -> Medium:
    return media.add(center, by=manager, title="Wölfe", number="5500001", kind="online_film", provider=publisher)


def test_a_medium_is_added(wolves, manager):
    entry = JournalEntry.objects.get(verb="medium.created")

    assert (entry.subject_id, entry.by) == (wolves.pk, manager)
    assert wolves.is_listed


def test_a_medium_is_described_anew(wolves, manager):
    media.edit(wolves, by=manager, title="Wölfe in Sachsen", kind="online_film", subjects=["Biologie"])

    wolves.refresh_from_db()
    assert (wolves.title, wolves.subjects) == ("Wölfe in Sachsen", ["Biologie"])
    assert JournalEntry.objects.get(verb="medium.changed").facts == {"fields": ["subjects", "title"]}


def test_nothing_new_leaves_no_row(wolves, manager):
    media.edit(wolves, by=manager, title="Wölfe")

    assert not JournalEntry.objects.filter(verb="medium.changed").exists()


def test_a_number_is_given_once_in_a_centre(wolves, center, neighbor, publisher, manager):
    facts = {"title": "Bären", "number": "5500001", "kind": "dvd"}
    with pytest.raises(MediumNumberIsTaken):
        media.add(center, by=manager, provider=publisher, **facts)

    bears = media.add(center, by=manager, provider=publisher, **facts | {"number": None})
    with pytest.raises(MediumNumberIsTaken):
        media.edit(bears, by=manager, number="5500001")
    media.add(neighbor, by=manager, provider=providers.add(neighbor, name="Naturfilm", by=manager), **facts)


def test_a_provider_is_named_once_in_a_centre(center, publisher, manager):
    with pytest.raises(ProviderNameIsTaken):
        providers.add(center, name="naturfilm", by=manager)


def test_only_facts_of_a_medium_are_taken(wolves, manager):
    with pytest.raises(TypeError):
        media.edit(wolves, by=manager, sort_title="wolfe")


@pytest.mark.django_db(transaction=True)
def test_a_cover_that_is_replaced_is_gone(wolves, manager, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for content in (b"one", b"two"):
        media.edit(wolves, by=manager, cover=SimpleUploadedFile("cover.webp", content))

    (kept,) = (tmp_path / "covers").iterdir()
    assert kept.read_bytes() == b"two"


KINDS = {
    "mp4": b"\x00\x00\x00\x20ftypisom", "m4a": b"\x00\x00\x00\x20ftypM4A ", "pdf": b"%PDF-1.7", "zip": b"PK\x03\x04",
    "epub": b"PK\x03\x04" + b"x" * 26 + b"mimetypeapplication/epub+zip", "mp3": b"ID3\x04", "ogg": b"OggS",
    "webm": b"\x1aE\xdf\xa3", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff\xe0", "webp": b"RIFF1234WEBPVP8 ",
}  # fmt: skip


@pytest.mark.parametrize("ending", KINDS)
def test_a_file_is_known_by_what_is_in_it(ending):
    kept = files.accepted(SimpleUploadedFile("Von Frau Meier.txt", KINDS[ending] + b"..."))

    assert kept.name == f"medium.{ending}", "its name tells nothing of whoever brought it"
    assert kept.read() == KINDS[ending] + b"..."


@pytest.mark.parametrize("content", [b"", b"<html><script>", b"MZ\x90\x00", b"<svg xmlns", b"RIFF1234WAVE"])
def test_other_files_are_refused(content):
    with pytest.raises(FileIsNotAllowed):
        files.accepted(SimpleUploadedFile("film.mp4", content))


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 10)

    with pytest.raises(FileIsNotAllowed):
        files.accepted(SimpleUploadedFile("a.pdf", b"%PDF-1.7 and more"))
