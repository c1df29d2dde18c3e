"""Where a licence holds, as lists put it: "GY; GE; RS; SK", "Sek I; Sek II", "24 GS", "NRW", "alle; Kita", "Welt"."""

import re
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from leihwerk.tables.cells import CellIsDoubtful, as_text, refuse_formula
from leihwerk.tables.folding import fold
from leihwerk.tables.grids import Cell
from people import school_forms
from people.models.institution import InstitutionKind


@dataclass(frozen=True)
class Scope:
    """``reach``: a value of rights.Reach: world, land, district or named. ``land``: the two letters of a Land.

    ``school_forms`` are keys of people.school_forms, ``institution_kinds`` values of InstitutionKind; both empty: all
    of them. ``number``: so many institutions, which the cell does not name. ``names``: words that name one institution,
    room or thing (or nothing we know), as they were written; somebody has to say what is meant.
    """

    reach: str = "district"
    land: str = ""
    school_forms: frozenset[str] = frozenset()
    institution_kinds: frozenset[str] = frozenset()
    number: int | None = None
    names: tuple[str, ...] = ()
    words: str = field(default="", compare=False)


_WORLD: Final = {"welt", "weltweit", "world", "worldwide", "ueberall", "global", "oeffentlich"}
_DISTRICT: Final = {
    "kreis", "kreisweit", "stadt", "stadtweit", "stadtgebiet", "kreisgebiet", "district", "medienzentrum", "mz",
    "region",
}  # fmt: skip
_ALL: Final = {"alle", "alleschulen", "all", "schulen", "allschools", "saemtlicheschulen"}
_LAND: Final = {"land", "landesweit"}
_LAENDER: Final = {
    "nrw": "NW", "nordrheinwestfalen": "NW", "nw": "NW", "bayern": "BY", "badenwuerttemberg": "BW", "bawue": "BW",
    "hessen": "HE", "niedersachsen": "NI", "rheinlandpfalz": "RP", "rlp": "RP", "saarland": "SL", "sachsen": "SN",
    "sachsenanhalt": "ST", "thueringen": "TH", "berlin": "BE", "brandenburg": "BB", "hamburg": "HH", "bremen": "HB",
    "schleswigholstein": "SH", "mecklenburgvorpommern": "MV", "mv": "MV",
}  # fmt: skip

#: Forms in which the pupils of a level are taught in North Rhine-Westphalia.
_LEVELS: Final = {
    **dict.fromkeys(("grundschule", "primar", "primarstufe", "primarbereich"), ("02",)),
    **dict.fromkeys(("seki", "sek1", "sekundarstufei", "sekundarstufe1"), ("04", "10", "13", "14", "15", "17", "20")),
    **dict.fromkeys(("sekii", "sek2", "sekundarstufeii", "sekundarstufe2"), ("15", "17", "20", "25", "30")),
    **dict.fromkeys(("weiterfuehrendeschulen", "weiterfuehrende"), ("04", "10", "13", "14", "15", "17", "20")),
}
_KINDS: Final = {
    "kita": InstitutionKind.KITA, "kitas": InstitutionKind.KITA, "kindergarten": InstitutionKind.KITA,
    "kindertagesstaetten": InstitutionKind.KITA, "jugend": InstitutionKind.YOUTH, "vhs": InstitutionKind.ADULT,
    "jugendeinrichtungen": InstitutionKind.YOUTH, "erwachsenenbildung": InstitutionKind.ADULT,
    "volkshochschule": InstitutionKind.ADULT, "vereine": InstitutionKind.ASSOCIATION,
}  # fmt: skip
_COUNTED: Final = re.compile(r"(\d{1,5})\s*(\D.*)")
_SCHOOLS: Final = {"schule", "schulen", "school", "schools", "einrichtungen", "standorte"}
_SPLIT: Final = re.compile(r"[;\n|,]|\s\+\s|\s&\s|\s+und\s+|\s+sowie\s+")


@dataclass
class _Draft:
    reach: str = ""
    land: str = ""
    forms: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    number: int | None = None
    names: list[str] = field(default_factory=list)
    has_all: bool = False

    def take(self, word: str) -> None:
        folded = fold(word)
        if counted := _COUNTED.fullmatch(word):
            self.number = (self.number or 0) + int(counted[1])
            if fold(counted[2]) not in _SCHOOLS:
                self.take(counted[2])
        elif folded in _WORLD:
            self.reach = "world"
        elif folded in _LAND or folded in _LAENDER:
            self.reach, self.land = "land", _LAENDER.get(folded, "")
        elif folded in _DISTRICT:
            self.reach = self.reach or "district"
        elif folded in _ALL:
            self.has_all = True
        elif folded in _LEVELS:
            self.forms.update(_LEVELS[folded])
        elif folded in _KINDS:
            self.kinds.add(_KINDS[folded].value)
        elif not word.isdigit() and (form := school_forms.key_of(word.rstrip("."))) in school_forms.NAMES:
            self.forms.add(form)
        else:
            self.names.append(word)

    def settled(self, words: str) -> Scope:
        if self.has_all:  # "alle" means schools, and what is named beside it comes on top
            self.forms.clear()
        if self.has_all or (self.kinds and self.forms):
            self.kinds.add(InstitutionKind.SCHOOL.value)
        is_named = self.number is not None or bool(self.names)
        return Scope(
            self.reach or ("named" if is_named else "district"),
            self.land,
            frozenset(self.forms),
            frozenset(self.kinds),
            self.number,
            tuple(self.names),
            words,
        )


def scope(cell: Cell) -> Scope:
    """Read a cell. Doubtful where it names somebody or so many of them: who that is has to be said by hand."""
    refuse_formula(cell)
    words = " ".join(as_text(cell).split())[:200]
    draft = _Draft()
    for word in _SPLIT.split(as_text(cell)):
        if word.strip():
            draft.take(" ".join(word.split()))
    found = draft.settled(words)
    if found.names:
        raise CellIsDoubtful(
            found, _("nennt: {names}; bitte von Hand zuordnen").format(names=", ".join(found.names)[:200])
        )
    if found.number is not None:
        raise CellIsDoubtful(found, _("sagt nicht, welche Einrichtungen es sind; bitte von Hand zuordnen"))
    return found
