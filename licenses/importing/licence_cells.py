"""What a list of media says about licences, cell by cell: plain data, from which ``agreeing`` makes contracts.

``licence(values)`` puts the cells of a row together. Nothing here knows the database; what cannot be told for certain
is said with CellIsDoubtful, beside the best that can be made of it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong, as_text, refuse_formula, yes_no
from leihwerk.tables.days import day
from leihwerk.tables.folding import fold
from leihwerk.tables.grids import Cell
from leihwerk.tables.numbers import money, whole
from licenses.importing.scopes import Scope, scope

KEYS: Final = ("contract", "licence_kind", "scope", "starts_on", "ends_on", "capacity", "pupil_access", "cost")


@dataclass(frozen=True)
class Kind:
    """``preset``: a value of rights.Preset, or "" when nobody knows the words. ``words``: as they were written, since
    "CC BY 4.0" says more than "free"."""

    preset: str
    words: str


@dataclass(frozen=True)
class Capacity:
    """``kind``: a value of CapacityKind. ``number`` is None for what is unlimited."""

    kind: str = "unlimited"
    number: int | None = None


@dataclass(frozen=True)
class PupilAccess:
    """What pupils may do at home, by themselves."""

    streams: bool = False
    downloads: bool = False


@dataclass(frozen=True)
class Cost:
    """Euros. ``is_yearly`` is None where the cell does not say for how long they are."""

    amount: Decimal
    is_yearly: bool | None = None


@dataclass(frozen=True)
class Licence:
    """One row's licence; None is what it does not say for certain. Without ``ends_on`` there is no end; ``contract`` is
    the number of the contract it belongs to."""

    kind: Kind | None = None
    contract: str | None = None
    scope: Scope | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    capacity: Capacity | None = None
    pupil_access: PupilAccess | None = None
    cost: Cost | None = None


def licence(values: Mapping[str, Any]) -> Licence | None:
    """The licence that a row tells of; None if it tells of none. Raises CellIsWrong if it ends before it starts."""
    told = {key: values[key] for key in KEYS if values.get(key) is not None}
    if not told:
        return None
    kind_told: Kind | None = told.pop("licence_kind", None)
    if "starts_on" in told and "ends_on" in told and told["ends_on"] < told["starts_on"]:
        raise CellIsWrong(_("liegt vor dem Beginn"))
    return Licence(kind=kind_told, **told)


_KINDS: Final = (
    (r"cc(0|\b)|creativecommons|public ?domain|gemeinfrei|oer\b|frei", "open"),
    (r"(v|verleih)\s*(\+|&|/|und)\s*(ö|oe|öffentlich)|vö\b|verleihlizenz|v\+ö", "voe"),
    (r"(kreis|stadt|regional)[\s-]*online", "district_online"),
    (r"(kreis|stadt|regional|medienzentren)([\s-]*lizenz)?$", "district"),
    (r"land(es)?\b|landes[\s-]*lizenz|landes", "land"),
    (r"ö\b|oe\b|öffentlich|ö-recht|vorführ", "oe"),
    (r"software|programm|portal|abo\b|subscription|saas|perpetual|volume", "software"),
    (r"einzel|single|arbeitsplatz", "single"),
    (r"schul|school|netzwerk|campus|site", "school"),
)


def kind(cell: Cell) -> Kind:
    """Ö · V+Ö · Kreis-Online · Landeslizenz · CC BY 4.0. Doubtful for words that nobody knows."""
    words = " ".join(as_text(cell).split())[:120]
    for pattern, preset in _KINDS:
        if re.match(pattern, words, re.IGNORECASE):
            return Kind(preset, words)
    raise CellIsDoubtful(Kind("", words), _("ist eine unbekannte Lizenzart; bitte den Vertrag von Hand eintragen"))


_UNLIMITED: Final = {"unbegrenzt", "unlimited", "unbeschraenkt", "ohnebegrenzung", "flatrate", "alle", "beliebig"}
#: Stems of what is counted, the most telling first: "gleichzeitige Nutzer" are not named.
_COUNTED: Final = (
    (("gleichzeit", "concurrent", "parallel", "simultan", "floating"), "concurrent"),
    (("schuel", "pupil", "student", "lernende"), "pupils"),
    (("geraet", "device", "install", "tablet", "ipad", "rechner", "arbeitspl", "endgeraet"), "devices"),
    (("benannt", "named", "lehr", "nutzer", "user", "account", "konten", "person", "seat", "platz", "plaetze"),
     "named"),
    (("klasse", "class", "lerngruppe"), "classes"),
    (("schul", "school", "standort", "einrichtung"), "schools"),
    (("exempl", "kopie", "stueck", "stk", "cop", "disc", "datentraeger", "dvd"), "copies"),
)  # fmt: skip


def capacity(cell: Cell) -> Capacity:
    """unbegrenzt · 2 Exemplare · 150 benannte Lehrkräfte · 200 Geräte · 10 gleichzeitig · 6.200 Schüler · 8 Schulen.

    A bare number is doubtful: it counts copies. Doubtful and None where no number is told.
    """
    refuse_formula(cell)
    words = as_text(cell)
    if fold(words) in _UNLIMITED:
        return Capacity()
    found = re.search(r"\d[\d.' ]*", words)
    number = whole(found[0].strip(" .'")) if found else 0
    if not found or not number:
        raise CellIsDoubtful(None, _("ist kein Umfang wie „unbegrenzt“ oder „10 gleichzeitig“; er bleibt offen"))
    rest = fold(words.replace(found[0], " ", 1))
    counted = next((name for stems, name in _COUNTED if any(stem in rest for stem in stems)), None)
    if counted is None:
        raise CellIsDoubtful(Capacity("copies", number), _("sagt nicht, was gezählt wird; genommen werden Exemplare"))
    return Capacity(counted, number)


def pupil_access(cell: Cell) -> PupilAccess:
    """ja · nein · nur Stream · Download. A plain yes means to look at it online, which is what most licences permit."""
    words = fold(as_text(cell))
    if any(stem in words for stem in ("nein", "kein", "nicht", "ohne")):
        return PupilAccess()
    if any(stem in words for stem in ("download", "herunterladen", "speichern")):
        return PupilAccess(streams=True, downloads=True)
    if any(stem in words for stem in ("stream", "online", "ansehen", "link", "schueler", "zuhause")):
        return PupilAccess(streams=True)
    try:
        return PupilAccess(streams=yes_no(cell))
    except CellIsWrong as wrong:
        raise CellIsDoubtful(None, str(wrong)) from None


_OPEN_END: Final = {
    "unbefristet", "unbegrenzt", "dauerhaft", "dauerlizenz", "unlimited", "perpetual", "never", "nie", "offen",
    "aufdauer", "biswiderruf", "bisaufwiderruf", "bisaufweiteres", "printlife", "bisverschleiss", "ewig",
}  # fmt: skip


def first_day(cell: Cell) -> date:
    """The first day on which it holds."""
    return day(cell)


def last_day(cell: Cell) -> date | None:
    """The last day on which it holds, or None: until further notice. A month or a year alone ends with its last day."""
    if fold(as_text(cell)) in _OPEN_END or re.fullmatch(r"[-–—∞./ ]+", as_text(cell)):
        return None
    try:
        return day(cell)
    except CellIsDoubtful as doubt:
        return _whole_of(doubt.value, as_text(cell))


def _whole_of(first: date, written: str) -> date:
    is_year = re.fullmatch(r"\d{4}", written) is not None
    following = date(
        first.year + (is_year or first.month == 12), 1 if is_year or first.month == 12 else first.month + 1, 1
    )
    last = date.fromordinal(following.toordinal() - 1)
    raise CellIsDoubtful(last, _("nennt keinen Tag; genommen wird der {day}").format(day=as_text(last)))


_YEARLY: Final = re.compile(
    r"\s*(?:(?:/|pro|p\.?|je|per)\s*(?:a\.?|jahr|year|anno)|jährlich|p\.?\s?a\.?|yearly)\s*$", re.I
)
_ONCE: Final = re.compile(r"\s*(?:einmalig|einmal|gesamt|once)\s*$", re.IGNORECASE)
_FREE: Final = {"kostenlos", "kostenfrei", "frei", "free", "gratis", "umsonst", "keine", "ohnekosten"}


def cost(cell: Cell) -> Cost:
    """420,00 · 1.200 € / Jahr · kostenlos."""
    if not isinstance(cell, str):
        return Cost(money(cell))
    if fold(cell) in _FREE:
        return Cost(Decimal("0.00"))
    for pattern, is_yearly in ((_YEARLY, True), (_ONCE, False)):
        if pattern.search(cell):
            return Cost(money(pattern.sub("", cell)), is_yearly)
    return Cost(money(cell))


READERS: Final[dict[str, Callable[[Cell], Any]]] = {
    "licence_kind": kind,
    "scope": scope,
    "starts_on": first_day,
    "ends_on": last_day,
    "capacity": capacity,
    "pupil_access": pupil_access,
    "cost": cost,
}
