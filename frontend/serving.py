"""Files in parts: a player that jumps to the middle of a film asks for the bytes from there (RFC 9110, section 14)."""

import io
import re
from typing import Any, Final

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse

_ONE_RANGE: Final = re.compile(r"bytes=([0-9]*)-([0-9]*)", re.IGNORECASE)  # names of units know no case
_BEYOND_ALL: Final = 10**18


class Unsatisfiable(Exception):
    """Nothing of the file lies in the range that was asked for."""


class Part(io.RawIOBase):
    """The bytes of ``file`` from ``start`` on, ``length`` of them."""

    def __init__(self, file: "File[bytes]", start: int, length: int) -> None:
        self.file, self.left = file, length
        file.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = self.file.read(min(len(buffer), self.left))
        buffer[: len(read)] = read
        self.left -= len(read)
        return len(read)

    def close(self) -> None:
        self.file.close()
        super().close()


def span(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of what ``header`` asks for. Raises Unsatisfiable: none of it is there (answered with 416).

    None: everything, as if nobody had asked for a part. So it is for units we do not know, for several parts at once,
    and for what is no range at all: one that ends before it begins, as "5-2", is *invalid* and not unsatisfiable
    (RFC 9110, 14.1.1), and may be ignored (14.2).
    """
    asked = _ONE_RANGE.fullmatch(header.strip())
    first, last = map(_place, asked.groups()) if asked else (None, None)
    if first is None and last is None:
        return None
    if first is None:  # the last so many
        start, end = max(0, size - (last or 0)), size - 1
    else:
        if last is not None and last < first:
            return None
        start, end = first, size - 1 if last is None else min(last, size - 1)
    if start > end:
        raise Unsatisfiable
    return start, end


def _place(digits: str) -> int | None:
    """However many digits they are; Python reads no more than some thousands."""
    short = digits.lstrip("0")
    if not digits:
        return None
    return int(short or "0") if len(short) < len(str(_BEYOND_ALL)) else _BEYOND_ALL


def begins(request: HttpRequest) -> bool:
    """Whether the first byte is asked for: going on in the same file is not a new use."""
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    return asked is None or not _place(asked.group(1))


def served(request: HttpRequest, file: "File[bytes]", *, content_type: str, name: str, is_saved: bool) -> HttpResponse:
    """``file``, or the part of it that the request asks for. Nobody keeps a copy on the way.

    A part is asked for with GET only, and of a file that is the same as before: ours do not say which they are, so a
    range on that condition (If-Range) is answered whole.
    """
    size = file.size
    asks = request.method == "GET" and "If-Range" not in request.headers
    try:
        part = span(request.headers.get("Range", ""), size) if asks else None
    except Unsatisfiable:
        file.close()
        return _told(HttpResponse(status=416), {"Content-Range": f"bytes */{size}"})
    if part is None:
        whole = FileResponse(file, as_attachment=is_saved, filename=name, content_type=content_type)
        return _told(whole, {"Content-Length": str(size)})
    start, end = part
    piece = FileResponse(
        Part(file, start, end - start + 1), as_attachment=is_saved, filename=name, content_type=content_type, status=206
    )
    return _told(piece, {"Content-Range": f"bytes {start}-{end}/{size}", "Content-Length": str(end - start + 1)})


def _told(answer: HttpResponse | FileResponse, headers: dict[str, str]) -> HttpResponse:
    common = {"Accept-Ranges": "bytes", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    for name, value in (common | headers).items():
        answer[name] = value
    return answer  # type: ignore[return-value]  # a FileResponse is one but for its type
