"""Printed pages as a reader and a scanner meet them: rendered, read and decoded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image

DPI = 200


@dataclass
class Code:
    """A QR code on a page: what it says, and where its middle is, in millimetres from the top left corner."""

    says: str
    x: float
    y: float


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def pictures(pdf: bytes) -> list[Image.Image]:
    with opened(pdf) as document:
        return [page.render(scale=DPI / 72).to_pil() for page in document]


def texts(pdf: bytes) -> list[str]:
    """The words of each page, with line breaks as blanks and soft hyphens undone."""
    with opened(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace("￾\r\n", "").replace("\r\n", " ") for page in document]


def codes(picture: Image.Image) -> list[Code]:
    """Every QR code on a picture, row by row."""
    found = []
    for code in zxingcpp.read_barcodes(picture):
        corners = code.position
        x = (corners.top_left.x + corners.bottom_right.x) / 2 / DPI * 25.4
        y = (corners.top_left.y + corners.bottom_right.y) / 2 / DPI * 25.4
        found.append(Code(code.text, x, y))
    return sorted(found, key=lambda code: (round(code.y), code.x))
