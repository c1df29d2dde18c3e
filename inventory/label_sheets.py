"""Labels on paper: 24 on a sheet of A4 (3 × 8 of 70 × 37 mm), beginning where the sheet was left off."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inventory.labels import address
from inventory.models import Label
from leihwerk import printing, qr
from leihwerk.tokens import spoken

PER_SHEET: Final = 24
TEMPLATE: Final = Path(__file__).parent / "typst" / "labels.typ"


def pdf(labels: Sequence[Label], *, start: int = 1) -> bytes:
    """The sheets with ``labels`` of our own, the first one at place ``start`` (1 to 24, row by row)."""
    if not 1 <= start <= PER_SHEET:
        raise ValueError(f"a sheet has no place {start}")
    empty = [None] * (start - 1)
    page = {
        "title": _("Etiketten"),
        "language": get_language() or "de",
        "labels": [*empty, *(_face(label) for label in labels)],
    }
    return printing.pdf(TEMPLATE, page)


def _face(label: Label) -> dict[str, Any]:
    number = spoken(str(label.number))
    return {
        "qr": qr.svg(address(label)),
        "alt": _("QR-Code {number}").format(number=number),
        "number": number,
        "name": label.item.product.name,
        "asset_number": label.item.asset_number or "",
        "center": label.center.name,
        "phone": label.center.phone,
    }
