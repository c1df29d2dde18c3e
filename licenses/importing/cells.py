"""How the cells of a list of media are read: kinds, running times, years, age ratings, languages, lists of words."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong, as_text, is_formula, text
from leihwerk.tables.folding import fold
from leihwerk.tables.grids import Cell
from leihwerk.tables.numbers import whole
from licenses.importing.vocabulary import AGE_WORDS, KIND_STEMS, LEVELS
from licenses.languages import code_of
from licenses.models import AgeRating, MediumKind

LONGEST_RUNTIME: Final = 32_767
MOST_WORDS: Final = 60
_TOO_LONG_FOR_MINUTES: Final = 600

_ISO: Final = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?)?")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?")
_PAIR: Final = re.compile(r"(\d{1,3}):(\d{2})(?: ?(h|std|stunden|min|minuten)\.?)?", re.IGNORECASE)
_SPOKEN: Final = re.compile(
    r"(?:(\d{1,2}) ?(?:h|std|stunden?)\.? ?)?(?:(?:ca\.? ?|etwa )?(\d{1,4}) ?(?:m|min|minuten?|'|′|’)\.?)?"
    r"(?: ?(\d{1,2}) ?(?:s|sek|sekunden?|''|″|\")\.?)?",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_FIRM: Final = re.compile(r"[;\n|]")
_url: Final = URLValidator(["http", "https"])


def kind(cell: Cell) -> MediumKind:
    """What somebody calls the type, MIME types included. Doubtful for words that nobody knows."""
    folded = fold(as_text(cell))
    found = next((it for stems, it in KIND_STEMS if any(stem in folded for stem in stems.split())), None)
    if found is None:
        raise CellIsDoubtful(MediumKind.OTHER, _("ist eine unbekannte Medienart; genommen wird „Sonstiges“"))
    return found


def runtime(cell: Cell) -> int:
    """Whole minutes: 15 · 92 min · 1:32 h · 00:14:30 · PT1H32M. What runs at all runs for a minute."""
    if isinstance(cell, datetime):
        raise CellIsWrong(_("ist keine Laufzeit"))
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute + (cell.second >= 30)
    written = as_text(cell)
    if not written or is_formula(cell):
        raise CellIsWrong(_("ist keine Laufzeit"))
    if found := _PAIR.fullmatch(written):
        return _pair(*found.groups())
    if (found := _ISO.fullmatch(written)) and any(found.groups()):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return _minutes((days * 24 + hours) * 3600 + minutes * 60 + seconds)
    if found := _CLOCK.fullmatch(written) or _SPOKEN.fullmatch(written):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return _minutes(hours * 3600 + minutes * 60 + seconds)
    return _counted(whole(cell))


def _pair(first: str, second: str, unit: str | None) -> int:
    is_hours = unit[0].lower() in "hs" if unit else int(first) < 4
    found = _minutes((int(first) * 60 + int(second)) * (60 if is_hours else 1))
    if unit:
        return found
    raise CellIsDoubtful(found, _("kann zweierlei heißen; genommen werden {n} Minuten").format(n=found))


def _counted(number: int) -> int:
    """A bare number is minutes; portals, which count in seconds, give themselves away."""
    if number <= _TOO_LONG_FOR_MINUTES:
        return number
    found = _minutes(number)
    raise CellIsDoubtful(found, _("sieht nach Sekunden aus; genommen werden {n} Minuten").format(n=found))


def _minutes(seconds: int) -> int:
    found = max((seconds + 30) // 60, 1) if seconds else 0
    if found > LONGEST_RUNTIME:
        raise CellIsWrong(_("ist keine Laufzeit"))
    return found


def year(cell: Cell) -> int:
    """The year in which it was made: 2021 · © 2021 · 03/2021 · a day of it."""
    if isinstance(cell, date):
        return cell.year
    years = _YEAR.findall(as_text(cell))
    if not years:
        raise CellIsWrong(_("ist kein Jahr"))
    if len(set(years)) > 1:
        raise CellIsDoubtful(int(years[0]), _("nennt mehrere Jahre; genommen wird {year}").format(year=years[0]))
    return int(years[0])


def age_rating(cell: Cell) -> AgeRating | None:
    """FSK 12 · ab 6 Jahren · 0 · ohne Altersbeschränkung · Lehrprogramm. Other ages are doubtful and left out."""
    written = as_text(cell)
    folded = fold(written)
    if folded in AGE_WORDS:
        return AgeRating.ALL
    digits = re.findall(r"\d+", written)
    if len(digits) == 1 and int(digits[0][:3]) in AgeRating.values:
        return AgeRating(int(digits[0][:3]))
    raise CellIsDoubtful(None, _("ist keine Altersfreigabe (0, 6, 12, 16, 18); sie bleibt offen"))


def link(cell: Cell) -> str:
    """The address at the provider; of several the first one."""
    addresses = as_text(cell).split()
    address = addresses[0].rstrip(";,") if addresses else ""
    if "://" not in address:
        address = f"https://{address}"
    try:
        _url(address)
        urlsplit(address)
    except (ValidationError, ValueError):
        raise CellIsWrong(_("ist keine Adresse einer Internetseite")) from None
    if len(address) > 500:
        raise CellIsWrong(_("ist länger als {n} Zeichen").format(n=500))
    return address


def words(at_most: int, named: Callable[[str], str] = str) -> Callable[[Cell], list[str]]:
    """A reader of several words in one cell: "Religion; Ethik", "Deutsch, Kunst". Each is told once."""

    def read(cell: Cell) -> list[str]:
        if is_formula(cell):
            raise CellIsWrong(_("ist eine Formel; bitte als Wert speichern"))
        written = text(4000)(cell)
        parts = _FIRM.split(written) if _FIRM.search(written) else written.split(",")
        found = list(dict.fromkeys(named(" ".join(part.split())) for part in parts if part.strip(" .,;")))
        if any(len(word) > at_most for word in found):
            raise CellIsWrong(_("nennt etwas, das länger als {n} Zeichen ist").format(n=at_most))
        if len(found) > MOST_WORDS:
            raise CellIsDoubtful(found[:MOST_WORDS], _("nennt sehr viel; genommen werden die ersten {n}").format(n=60))
        return found

    return read


def level(word: str) -> str:
    """A level by the name schools use: "Sekundarstufe I" and "lower secondary" are "Sek I"."""
    return LEVELS.get(fold(word), word)


subjects: Final = words(60)
levels: Final = words(60, level)
languages: Final = words(20, code_of)
