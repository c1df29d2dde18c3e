"""Files of the centre's own store: what may be kept, told by what is in it and not by what it is called."""

from typing import Final

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from licenses.errors import FileIsNotAllowed

MOST_BYTES: Final = 500_000_000
_LOOKED_AT: Final = 64

#: (offset, bytes found there, ending under which it is kept); the first that fits.
_KINDS: Final = (
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


def accepted(upload: "UploadedFile[bytes]") -> "File[bytes]":
    """The same file under a name that says its kind and nothing of whoever brought it. Raises FileIsNotAllowed."""
    upload.seek(0)
    beginning = upload.read(_LOOKED_AT)
    upload.seek(0)
    endings = (ending for at, found, ending in _KINDS if beginning[at : at + len(found)] == found)
    ending = next(endings, None)
    if ending is None or (upload.size or 0) > MOST_BYTES:
        raise FileIsNotAllowed(most=MOST_BYTES // 1_000_000)
    return File(upload, name=f"medium.{ending}")
