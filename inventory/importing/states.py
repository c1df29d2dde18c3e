"""What people write about the state of a thing, and what it means."""

from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from inventory.models.item import Fitness, Life
from leihwerk.tables.cells import CellIsDoubtful, as_text
from leihwerk.tables.folding import fold
from leihwerk.tables.grids import Cell


class State(NamedTuple):
    """In stock or not, fit to be lent or not, and traces of use in people's own words."""

    life: Life = Life.ACTIVE
    fitness: Fitness = Fitness.OK
    wear: str = ""


LONGEST_WEAR: Final = 120
_FINE: Final = State()
_WORN: Final = State(wear="*")
_EXACT: Final = {"ok": _FINE, "io": _FINE, "0": _FINE, "top": _FINE, "alt": _WORN, "used": _WORN, "fair": _WORN}
# Stems of folded words, the gravest meaning first: "ausgesondert, war defekt" is gone, not in repair.
_STEMS: Final = (
    ("verloren gestohlen diebstahl vermisst verschwunden lost stolen missing", State(Life.LOST)),
    ("ausgesondert aussonder ausgemustert entsorgt verschrottet abgeschrieben verkauft", State(Life.RETIRED)),
    ("verschenkt archiv retired disposed withdrawn makuliert geloescht", State(Life.RETIRED)),
    ("nichtdefekt nichtbeschaedigt unbeschaedigt keinemaengel keineschaeden ohnemaengel repariert", _FINE),
    ("reparatur defekt kaputt beschaedigt zerbrochen ausserbetrieb nichtfunktion", State(fitness=Fitness.IN_REPAIR)),
    ("funktioniertnicht repair broken damaged undeployable", State(fitness=Fitness.IN_REPAIR)),
    ("unvollst fehlt fehlen incomplete", State(fitness=Fitness.INCOMPLETE)),
    ("pruefen ungeprueft pruefung pending check unklar", State(fitness=Fitness.NEEDS_CHECK)),
    ("gebrauch kratzer abgenutzt verschliss verschleiss worn", _WORN),
    ("ordnung okay gut neu einwandfrei funktion einsatzbereit verfuegbar aktiv vorhanden bestand", _FINE),
    ("vollstaendig ausgeliehen verliehen entliehen ready deploy available good new working", _FINE),
)  # fmt: skip


def state(cell: Cell) -> State:
    """Read a cell; words nobody knows are kept as traces of use, doubtfully."""
    words = as_text(cell)
    folded = fold(words)
    stem = next((meaning for stems, meaning in _STEMS if any(stem in folded for stem in stems.split())), None)
    meaning = _EXACT.get(folded) or stem
    if meaning is None:
        reason = _("ist ein unbekannter Zustand; er gilt als verleihbar und wird als Gebrauchsspur vermerkt")
        raise CellIsDoubtful(State(wear=words[:LONGEST_WEAR]), reason)
    return meaning._replace(wear=words[:LONGEST_WEAR]) if meaning.wear else meaning
