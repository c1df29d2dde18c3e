"""A real Chromium: Debian's, or the one that Playwright brings. Stories drive it, and pages are looked at with it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Error, sync_playwright

MISSING = (
    "Kein Browser: Bitte Chromium installieren (Debian: apt-get install chromium; sonst: playwright install "
    "chromium), oder die Geschichten im Browser mit BROWSER=none auslassen."
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Fails with one sentence where there is no browser; skips when BROWSER=none says so."""
    if os.environ.get("BROWSER") == "none":
        pytest.skip("BROWSER=none")
    # Playwright's loop must not make Django believe that it runs in asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=[*QUIET, *flags]
            )
        except Error:
            pytest.fail(MISSING, pytrace=False)
        yield browser
        browser.close()
        connections.close_all()  # beside Playwright's loop Django keeps connections of its own


def with_camera(film: Path) -> tuple[str, ...]:
    """Flags for a camera that shows ``film`` (y4m) over and over."""
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )


def film_of(rows: list[list[bool]], path: Path, *, size: int = 480) -> Path:
    """A y4m film of one frame a second that shows a QR code (``rows`` of dark and light modules) on white."""
    scale = size * 2 // 3 // len(rows)
    margin = (size - scale * len(rows)) // 2
    blank = bytes([235]) * size
    lines = [blank] * margin
    for row in rows:
        line = bytes([235]) * margin + b"".join((b"\x10" if dark else b"\xeb") * scale for dark in row)
        lines += [line.ljust(size, b"\xeb")] * scale
    lines += [blank] * (size - len(lines))
    gray = bytes([128]) * (size * size // 2)
    frame = b"FRAME\n" + b"".join(lines) + gray
    path.write_bytes(f"YUV4MPEG2 W{size} H{size} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10)
    return path
