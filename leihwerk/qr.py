"""QR codes as vectors, for screens and paper."""

from itertools import groupby
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

MASK: Final = 3  # any of the eight will do, and choosing the best costs six times the rest
OVERLAP: Final = 0.02  # of a module, so that no hairline shows between two rows


def matrix(text: str) -> list[list[bool]]:
    """The modules of the smallest code that says ``text`` and survives the loss of a quarter (level Q)."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=MASK)
    code.add_data(text)
    code.make()
    return [[bool(module) for module in row] for row in code.modules]


def svg(text: str) -> str:
    """The code as an SVG without a quiet zone: whoever places it leaves four modules of white around it."""
    rows = matrix(text)
    size = len(rows)
    path = "".join(_runs(y, row) for y, row in enumerate(rows))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def _runs(y: int, row: list[bool]) -> str:
    path, x = "", 0
    for is_dark, modules in groupby(row):
        width = len(list(modules))
        if is_dark:
            path += f"M{x} {y}h{width}v{1 + OVERLAP}h-{width}z"
        x += width
    return path
