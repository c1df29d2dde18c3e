"""Files in parts: a player that jumps to the middle of a film asks for the bytes from there (RFC 9110, section 14)."""

import io
import re
from typing import Any, Final

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse

_ONE_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


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
    """First and last byte of what ``header`` asks for; None: everything, for it asks for nothing we know or for
    several parts at once. Raises Unsatisfiable."""
    asked = _ONE_RANGE.fullmatch(header.strip())
    if asked is None or asked.group() == "bytes=-":
        return None
    first, last = asked.groups()
    if not first:  # the last so many
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last or size), size - 1)
        if last and int(last) < start:
            return None
    if start > end:
        raise Unsatisfiable
    return start, end


def begins(request: HttpRequest) -> bool:
    """Whether the first byte is asked for: going on in the same file is not a new use."""
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    return asked is None or not asked.group(1) or int(asked.group(1)) == 0


def served(request: HttpRequest, file: "File[bytes]", *, content_type: str, name: str, is_saved: bool) -> HttpResponse:
    """``file``, or the part of it that the request asks for. Nobody keeps a copy on the way."""
    size = file.size
    try:
        part = span(request.headers.get("Range", ""), size) if "If-Range" not in request.headers else None
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
