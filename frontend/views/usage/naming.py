"""What keys of lines are called."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from licenses.models import Contract, Medium, Source
from licenses.usage.overview import Breakdown, Line
from licenses.usage.sums import Teller
from people.models import Center, Institution
from people.school_forms import NAMES

WHOLE: Final = gettext_lazy("ganze Plattform")
_ROWS: Final[dict[Breakdown, Any]] = {
    Breakdown.CONTRACT: Contract,
    Breakdown.INSTITUTION: Institution,
    Breakdown.MEDIUM: Medium,
}


def names_of(lines: Iterable[Line], breakdown: Breakdown) -> Callable[[Line], str]:
    """How each line is called. One query for all of them, or none."""
    if breakdown is Breakdown.MONTH:
        return lambda line: date_format(line.key, "F Y") if isinstance(line.key, date) else ""
    if breakdown is Breakdown.SCHOOL_FORM:
        return lambda line: str(NAMES.get(str(line.key or ""), line.key or _("ohne Schulform")))
    model = _ROWS[breakdown]
    rows = model.objects.in_bulk({line.key for line in lines if line.key})
    nobody = {
        Breakdown.CONTRACT: _("ohne Vertrag"),
        Breakdown.INSTITUTION: _("Einrichtung nicht genannt"),
        Breakdown.MEDIUM: _("noch keinem Medium zugeordnet"),
    }[breakdown]
    return lambda line: str(rows.get(line.key, WHOLE if line.is_of_platform else nobody))


def sources_of(center: Center) -> Callable[[Teller], str]:
    """How whoever tells figures is called; our own counting is no source."""
    names: dict[int | None, str] = {source.pk: source.name for source in Source.objects.filter(center=center)}
    names[None] = _("hier gezählt")
    return lambda teller: f"{names[teller[0]]} ({WHOLE})" if teller[1] else names[teller[0]]
