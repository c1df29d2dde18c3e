"""A packing list in one cell: "30x Calliope mini; 1x Lehrerhandbuch", "2 Akkus, 1 Ladegerät", "Kamera + Tasche"."""

import re
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong, as_text, is_formula
from leihwerk.tables.grids import Cell

LONGEST_NAME: Final = 120
LONGEST_LIST: Final = 200
MOST_OF_ONE: Final = 9_999

_INTRODUCTION: Final = re.compile(r"(Inhalt|Packliste|enthält|bestehend aus|Lieferumfang)\s*:?\s+", re.IGNORECASE)
_BULLET: Final = re.compile(r"^(?:[-–•*·]\s*|\(?\d{1,2}\)\s+)")
_FIRM: Final = re.compile(r"[;\n|]")
_LOOSE: Final = re.compile(r",(?!\d)|\s\+\s|\s&\s|\s+und\s+|\s+sowie\s+")
_UNITS: Final = r"(?:mm|cm|m|km|GB|TB|MB|Zoll|\"|V|W|A|Ah|mAh|l|ml|g|kg|%|°|Grad|MP|Hz|K|D)\b"
_COUNT_WORD: Final = r"(?:x|×|\*|mal|Stk\.?|Stück|St\.|pcs\.?)"
_COUNT_FIRST: Final = re.compile(
    rf"(?P<count>\d+)(?:\s*{_COUNT_WORD}\s*(?=\D)|\s+(?!{_UNITS}))(?P<name>\S.*)", re.IGNORECASE | re.DOTALL
)
_COUNT_LAST: Final = re.compile(
    rf"(?P<name>.*\S)\s*(?:[:(]\s*(?P<a>\d+)\s*{_COUNT_WORD}?\s*\)?|\s+[x×](?P<b>\d+)|\s+(?P<c>\d+)\s*[x×])",
    re.IGNORECASE | re.DOTALL,
)


class Packed(NamedTuple):
    """One line of a packing list."""

    name: str
    quantity: int


def packing_list(cell: Cell) -> tuple[Packed, ...]:
    """Read a cell; the same thing listed twice is added up.

    Doubtful, without what could not be used, where a count is zero or beyond reason.
    """
    if is_formula(cell):
        raise CellIsWrong(_("ist eine Formel; bitte als Wert speichern"))
    quantities: dict[str, int] = {}
    spellings: dict[str, str] = {}
    dropped: list[str] = []
    for words in _pieces(as_text(cell)):
        name, quantity = _counted(words)
        spelled = spellings.setdefault(name.casefold(), name)
        if not 0 < quantity + quantities.get(spelled, 0) <= MOST_OF_ONE or len(name) > LONGEST_NAME:
            dropped.append(words[:LONGEST_NAME])
            continue
        quantities[spelled] = quantities.get(spelled, 0) + quantity
    packed = tuple(Packed(name, quantity) for name, quantity in quantities.items())
    if len(packed) > LONGEST_LIST:
        raise CellIsWrong(_("zählt mehr als {n} Bestandteile auf").format(n=LONGEST_LIST))
    if dropped:
        raise CellIsDoubtful(
            packed, _("enthält Unlesbares, das wegbleibt: {words}").format(words="; ".join(dropped)[:200])
        )
    return packed


def _pieces(words: str) -> list[str]:
    """Semicolons and line breaks part a list for certain; commas, + and "und" only where there are none of them."""
    words = _INTRODUCTION.sub("", words, count=1) if _INTRODUCTION.match(words) else words
    parts = _FIRM.split(words) if _FIRM.search(words) else _LOOSE.split(words)
    stripped = (_BULLET.sub("", part.strip()).strip(" .,;") for part in parts)
    return [part for part in stripped if part]


def _counted(words: str) -> tuple[str, int]:
    found = _COUNT_FIRST.fullmatch(words)
    if found:
        return _name(found["name"]), int(found["count"])
    found = _COUNT_LAST.fullmatch(words)
    if found:
        return _name(found["name"]), int(found["a"] or found["b"] or found["c"])
    return _name(words), 1


def _name(words: str) -> str:
    return " ".join(words.split())
