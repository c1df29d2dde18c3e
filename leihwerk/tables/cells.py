"""What one cell says, in German. Each reader returns the value or raises CellIsWrong with the reason."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from leihwerk.tables.folding import fold
from leihwerk.tables.grids import Cell

T = TypeVar("T")

_ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+")
_ERRORS = re.compile(r"#(REF|BEZUG|N/A|NV|VALUE|WERT|NAME|DIV/0|NUM|ZAHL|NULL)[!?]?", re.IGNORECASE)
_YES = {"ja", "j", "yes", "y", "wahr", "true", "x", "1", "vorhanden", "✓", "✔"}
_NO = {"nein", "n", "no", "falsch", "false", "0", "-", "–"}


class CellIsWrong(Exception):
    """A cell that does not say what its column is for."""


class CellIsDoubtful(Exception):
    """A cell that was understood, but somebody should look at it. The value is used."""

    def __init__(self, value: Any, reason: str) -> None:
        self.value = value
        super().__init__(reason)


def as_text(cell: Cell) -> str:
    """The cell as a German reads it in the spreadsheet."""
    match cell:
        case None:
            return ""
        case bool():
            return _("ja") if cell else _("nein")
        case float():
            return repr(cell).replace(".", ",")
        case datetime():
            return cell.strftime("%d.%m.%Y %H:%M")
        case date():
            return cell.strftime("%d.%m.%Y")
        case time():
            return cell.strftime("%H:%M")
    return str(cell)


def is_formula(cell: Cell) -> bool:
    """True for text a spreadsheet would calculate."""
    return isinstance(cell, str) and cell.startswith("=")


def text(at_most: int) -> Callable[[Cell], str]:
    """A reader of text of up to ``at_most`` characters; a formula stays its text."""

    def read(cell: Cell) -> str:
        value = as_text(cell)
        if _ERRORS.fullmatch(value):
            raise CellIsWrong(_("ist ein Fehlerwert aus der Tabellenkalkulation"))
        if len(value) > at_most:
            raise CellIsWrong(_("ist länger als {n} Zeichen").format(n=at_most))
        if is_formula(cell):
            raise CellIsDoubtful(value, _("ist eine Formel; sie wird nicht berechnet und bleibt Text"))
        if _ROUNDED.fullmatch(value):
            raise CellIsDoubtful(value, _("sieht aus wie eine Nummer, die Excel gerundet hat"))
        return value

    return read


def yes_no(cell: Cell) -> bool:
    """Ja or nein, in any of their spellings."""
    written = as_text(cell).casefold()
    if written in _YES or written in _NO:
        return written in _YES
    raise CellIsWrong(_("ist weder ja noch nein"))


def one_of(meanings: Mapping[str, T]) -> Callable[[Cell], T]:
    """A reader of one of a few words; case, umlauts and punctuation do not matter."""
    folded = {fold(word): meaning for word, meaning in meanings.items()}

    def read(cell: Cell) -> T:
        try:
            return folded[fold(as_text(cell))]
        except KeyError:
            raise CellIsWrong(_("ist unbekannt; möglich sind: {words}").format(words=", ".join(meanings))) from None

    return read


def refuse_formula(cell: Cell) -> None:
    """Raise CellIsWrong for a formula where a number or a day is wanted."""
    if is_formula(cell):
        raise CellIsWrong(_("ist eine Formel; bitte als Wert speichern"))
