"""Files that are kept: what they may be is told by what is in them and not by what they are called."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Final
from zipfile import BadZipFile, ZipFile

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from licenses.errors import DocumentIsNotAllowed, FileIsNotAllowed
from licenses.models import Medium

MOST_BYTES: Final = 500_000_000
MOST_BYTES_OF_A_DOCUMENT: Final = 25_000_000
_LOOKED_AT: Final = 128
Kinds = Iterable[tuple[int, bytes, str]]

#: (offset, bytes found there, ending under which it is kept); the first that fits.
_KINDS: Final[Kinds] = (
    (0, b"%PDF-", "pdf"),
    (30, b"mimetypeapplication/epub+zip", "epub"),
    (0, b"PK\x03\x04", "zip"),
    (4, b"ftypM4A", "m4a"),
    (4, b"ftyp", "mp4"),
    (0, b"\x1aE\xdf\xa3", "webm"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpg"),
    (8, b"WEBP", "webp"),
)
_PAPERS: Final[Kinds] = (
    (0, b"%PDF-", "pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpg"),
    (8, b"WEBP", "webp"),
    (0, b"II*\x00", "tif"),
    (0, b"MM\x00*", "tif"),
    (30, b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (30, b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
)
#: What an Office file must have in it, and what none may: macros.
_OFFICE: Final = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_MACROS: Final = ("vbaProject.bin", "Basic/", "Scripts/")

#: What a browser plays or shows by itself, and as what it is sent; anything else is only ever saved.
PLAYED: Final = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}


def ending_of(medium: Medium) -> str:
    """ "mp4"; empty if it has no file."""
    return PurePath(medium.file.name or "").suffix.removeprefix(".").lower()


def accepted(upload: "UploadedFile[bytes]") -> "File[bytes]":
    """The same file under a name that says its kind and nothing of whoever brought it. Raises FileIsNotAllowed."""
    ending = _ending(upload, _KINDS)
    if ending is None or (upload.size or 0) > MOST_BYTES:
        raise FileIsNotAllowed(most=MOST_BYTES // 1_000_000)
    return File(upload, name=f"medium.{ending}")


def accepted_document(upload: "UploadedFile[bytes]") -> "File[bytes]":
    """A paper of a contract: PDF, a picture of it, or an Office file without macros. Raises DocumentIsNotAllowed."""
    if (upload.size or 0) > MOST_BYTES_OF_A_DOCUMENT:
        raise DocumentIsNotAllowed(most=MOST_BYTES_OF_A_DOCUMENT // 1_000_000)
    ending = _ending(upload, _PAPERS)
    if ending in {None, "odt", "ods"}:
        ending = _office(upload, ending)
    if ending is None:
        raise DocumentIsNotAllowed(most=MOST_BYTES_OF_A_DOCUMENT // 1_000_000)
    return File(upload, name=f"document.{ending}")


def _ending(upload: "UploadedFile[bytes]", kinds: Kinds) -> str | None:
    upload.seek(0)
    beginning = upload.read(_LOOKED_AT)
    upload.seek(0)
    return next((ending for at, found, ending in kinds if beginning[at : at + len(found)] == found), None)


def _office(upload: "UploadedFile[bytes]", ending: str | None) -> str | None:
    """What an archive of parts is, by their names; nothing is unpacked."""
    try:
        with ZipFile(upload) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    finally:
        upload.seek(0)
    if any(macro in name for name in names for macro in _MACROS):
        return None
    return ending or next((its for part, its in _OFFICE if part in names), None)
