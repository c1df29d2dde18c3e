"""What a table of figures may say: a title, its number, a month (or a column for each), a school, how often."""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leihwerk.tables import Field
from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong, as_text, one_of, text
from leihwerk.tables.days import day
from leihwerk.tables.grids import Cell
from leihwerk.tables.numbers import whole
from licenses.counter import months
from licenses.counter.metrics import Metric

_label = gettext_lazy
WORDS: Final = {
    **{str(metric): metric for metric in Metric},
    **dict.fromkeys(
        ("Aufrufe", "Abrufe", "Abspielungen", "Streams", "Downloads", "Nutzung"), Metric.TOTAL_ITEM_REQUESTS
    ),
    **dict.fromkeys(("Ansichten", "Detailansichten", "Klicks"), Metric.TOTAL_ITEM_INVESTIGATIONS),
    "ohne Lizenz": Metric.NO_LICENSE,
}
_SCHOOL: Final = re.compile(r"[0-9]{4,8}")


def month(cell: Cell) -> date:
    """A month: 2026-01 · Jan-2026 · 01/2026 · Januar 2026, or any day of it."""
    written = as_text(cell).strip()
    if found := months.from_label(written):
        return found
    if re.fullmatch(r"[0-9]{4}", written):
        raise CellIsWrong(_("ist kein Monat"))
    try:
        found = day(cell).replace(day=1)
    except CellIsDoubtful as doubt:  # a month has no day
        found = doubt.value
    if found.year not in months.YEARS:
        raise CellIsWrong(_("ist kein Monat"))
    return found


def month_of_heading(words: str) -> date | None:
    try:
        return month(words)
    except CellIsWrong:
        return None


def school(cell: Cell) -> str:
    written = as_text(cell).strip()
    if not _SCHOOL.fullmatch(written):
        raise CellIsWrong(_("ist keine Schulnummer"))
    return written


FIELDS: Final = (
    Field("title", _label("Titel"), ("Titel", "Medium", "Medientitel", "Film", "Item", "Title", "Name"), text(500),
          is_required=True),
    Field("number", _label("Mediennummer oder ISBN"), ("Mediennummer", "Signatur", "ISBN", "Kennung", "Medien-ID", "ID",
          "Item_ID", "Proprietary_ID", "Nummer"), text(200)),
    Field("link", _label("Adresse"), ("URL", "URI", "Link", "Adresse"), text(500)),
    Field("month", _label("Monat"), ("Monat", "Month", "Zeitraum", "Datum", "Date"), month),
    Field("school", _label("Schulnummer"), ("Schulnummer", "Schul-Nr.", "SNR", "School_ID"), school),
    Field("metric", _label("Messgröße"), ("Messgröße", "Metrik", "Metric_Type", "Metric", "Art"), one_of(WORDS)),
    Field("count", _label("Anzahl"), ("Anzahl", "Zahl", "Aufrufe", "Abrufe", "Zugriffe", "Nutzungen", "Streams",
          "Count", "Views", "Requests", "Summe"), whole),
)  # fmt: skip
