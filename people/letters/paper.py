"""Letters on paper: one PDF for all that wait, addressed for window envelopes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leihwerk import printing
from people.letters.addressing import recipient_in
from people.models import Letter
from people.models.institution import Channel

TEMPLATE: Final = Path(__file__).parent.parent / "typst" / "letters.typ"


def pdf(letters: Sequence[Letter]) -> bytes:
    """Each letter on pages of its own, as it was written."""
    page = {
        "title": _("Briefe"),
        "language": translation.get_language() or "de",
        "letters": [_page_of(letter) for letter in letters],
    }
    return printing.pdf(TEMPLATE, page)


def _page_of(letter: Letter) -> dict[str, object]:
    center = letter.center
    written_on = date_format(timezone.localdate(letter.written_at), _("j. F Y"))
    return {
        "center": center.name,
        "contact": " · ".join(filter(None, [center.phone, center.email])),
        "sender": " · ".join(filter(None, [center.name, center.street, f"{center.postal_code} {center.city}".strip()])),
        "address": _lines_of(letter),
        "place_and_day": f"{center.city}, {written_on}" if center.city else written_on,
        "subject": letter.subject,
        "body": letter.body,
    }


def _lines_of(letter: Letter) -> list[str]:
    """What goes by mail as well carries a mail address; the envelope needs the other one."""
    if letter.channel == Channel.PRINT:
        return letter.address.splitlines()
    return [line for line in recipient_in(letter).postal_lines if line]
