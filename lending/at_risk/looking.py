"""Which lines are at risk, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inventory.fitness import Pieces, pieces_of
from inventory.models import Item
from lending.models import Allocation, AllocationKind, Line, OutageReason
from lending.models.reservation import HOLDING, LineQuerySet

#: Why a line is short: what the verb that made it so gave as its reason.
REASONS: Final[dict[str, str | Promise]] = {
    **{reason.value: reason.label for reason in OutageReason},
    "repair_lasts": _("die Reparatur dauert länger"),
    "late_return": _("noch nicht zurück"),
    "units_missing": _("Es fehlen Geräte"),
    "handed_to_another": _("anderweitig ausgegeben"),
    "calendar": _("geänderte Öffnungstage"),
    "retired": _("ausgesondert"),
    "lost": _("verloren"),
    "put_into_kit": _("jetzt Teil eines Koffers"),
    "recatalogued": _("gehört jetzt zu einem anderen Artikel"),
}


@dataclass(frozen=True)
class AtRisk:
    """A line with ``missing`` units, or with planned rows whose unit has too few working ``pieces``."""

    line: Line
    missing: int
    too_few: tuple[tuple[Allocation, Pieces], ...] = ()

    @property
    def reason(self) -> str:
        """Why units are missing; empty if none is."""
        return str(REASONS[self.line.shortfall_reason]) if self.missing else ""


def at_risk(lines: LineQuerySet, now: datetime) -> list[AtRisk]:
    """Those of ``lines`` that are at risk, the soonest first. Four queries for any number of them."""
    open_lines = lines.filter(reservation__state__in=HOLDING, ends_at__gt=now)
    suspects = open_lines.filter(Q(shortfall__gt=0) | Q(pieces__isnull=False)).order_by("starts_at", "pk")
    plans = Allocation.objects.holding().filter(kind=AllocationKind.PLAN).select_related("item__product")
    found = suspects.select_related("product", "reservation__institution", "reservation__center")
    looked_at = list(found.prefetch_related(Prefetch("allocations", plans, to_attr="planned")))
    pieces = pieces_of(_items(looked_at))
    risks = [AtRisk(line, line.shortfall, _too_few(line, pieces)) for line in looked_at]
    return [risk for risk in risks if risk.missing or risk.too_few]


def _items(lines: Iterable[Line]) -> list[Item]:
    return [row.item for line in lines if line.pieces for row in _planned(line)]


def _too_few(line: Line, pieces: dict[int, Pieces]) -> tuple[tuple[Allocation, Pieces], ...]:
    rows = [(row, pieces[row.item_id]) for row in _planned(line) if line.pieces and row.item_id in pieces]
    return tuple((row, there) for row, there in rows if there.working < (line.pieces or 0))


def _planned(line: Line) -> list[Allocation]:
    rows: list[Allocation] = line.planned  # type: ignore[attr-defined]  # at_risk prefetches it
    return rows
