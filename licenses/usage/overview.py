"""Use at a glance: sums by month, contract, school form, institution or medium, each with the source that tells it.

What we count when somebody leaves for a provider, and what the provider counts there, may be the same use; so sources
are never added up.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any, Final

from django.db import models
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from licenses.counter.metrics import Metric
from licenses.counter.months import between
from licenses.models import Contract, Medium, MonthlyUse, ReportedFigure
from licenses.usage.coverings import Span, contracts_of, costs, coverings, within
from licenses.usage.sums import Sums, Teller, counted, reported
from people.models import Center, Institution
from people.models.user import AnyUser


class Breakdown(models.TextChoices):
    """By what figures are told apart."""

    CONTRACT = "contract", _("Verträge")
    INSTITUTION = "institution", _("Einrichtungen")
    SCHOOL_FORM = "school_form", _("Schulformen")
    MEDIUM = "medium", _("Medien")
    MONTH = "month", _("Monate")


_TABLES: Final[tuple[Any, ...]] = (MonthlyUse.objects, ReportedFigure.objects)
#: Of a figure, what it belongs to. What covers a medium may change from month to month.
COLUMNS: Final = {
    Breakdown.CONTRACT: ("of", "month"),
    Breakdown.INSTITUTION: ("institution_id",),
    Breakdown.SCHOOL_FORM: ("institution__school_form",),
    Breakdown.MEDIUM: ("of",),
    Breakdown.MONTH: ("month",),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to know: the months from ``first`` to ``last`` of a centre, or a part of them."""

    center: Center
    first: date
    last: date
    institution: Institution | None = None
    school_form: str = ""
    medium: Medium | None = None
    contract: Contract | None = None


@dataclass
class Line:
    """The sums of one thing as one source tells them. ``key`` is its id, code or month; None: what belongs nowhere.

    ``is_partial``: uses of fewer than five pupils are left out. ``is_of_platform``: what the source tells of its whole
    platform; that holds what it tells of items once more, so both stand apart.
    """

    key: Hashable
    source: int | None
    is_of_platform: bool = False
    numbers: dict[Metric, int] = field(default_factory=dict)
    cost: Decimal | None = None
    is_partial: bool = False

    @property
    def teller(self) -> Teller:
        return self.source, self.is_of_platform

    @property
    def uses(self) -> int:
        return self.numbers.get(Metric.TOTAL_ITEM_REQUESTS, 0)

    @property
    def looks(self) -> int:
        return self.numbers.get(Metric.TOTAL_ITEM_INVESTIGATIONS, 0)

    @property
    def unlicensed(self) -> int:
        return self.numbers.get(Metric.NO_LICENSE, 0)

    @property
    def exceeded(self) -> int:
        return self.numbers.get(Metric.LIMIT_EXCEEDED, 0)

    @property
    def cost_per_use(self) -> Decimal | None:
        """In euros; None where there is no cost or no use."""
        return (self.cost / self.uses).quantize(Decimal("0.01")) if self.cost and self.uses else None


def lines(wanted: Wanted, breakdown: Breakdown, *, seen_by: AnyUser) -> list[Line]:
    """The most used first; months in their order. Contracts that cost something are there without any use, too."""
    covered = (
        coverings(wanted.center, wanted.first, wanted.last)
        if breakdown is Breakdown.CONTRACT or wanted.contract
        else {}
    )
    own = _narrowed(MonthlyUse.objects.visible_to(seen_by).with_medium(), wanted, covered)
    others = _narrowed(ReportedFigure.objects.visible_to(seen_by).with_medium(), wanted, covered)
    columns = COLUMNS[breakdown]
    found = _lines(chain(counted(own, *columns), reported(others, *columns)), breakdown, covered)
    if breakdown is Breakdown.MONTH:
        return sorted(found, key=lambda line: (str(line.key), line.source or 0, line.is_of_platform))
    if (
        breakdown is Breakdown.CONTRACT
        and wanted.institution is None
        and wanted.medium is None
        and not wanted.school_form
    ):
        found = _with_costs(found, costs(wanted.center, wanted.first, wanted.last), wanted.contract)
    return sorted(found, key=lambda line: (-line.uses, -line.looks, str(line.key), line.source or 0, line.teller[1]))


def first_month(center: Center) -> date | None:
    """The first month that anybody tells figures of."""
    firsts = (rows.filter(center=center).aggregate(first=Min("month"))["first"] for rows in _TABLES)
    return min((first for first in firsts if first is not None), default=None)


def _narrowed(rows: Any, wanted: Wanted, covered: dict[int, list[Span]]) -> Any:
    """Those of our rows, or of a source's, that are wanted."""
    rows = rows.filter(center=wanted.center, month__in=list(between(wanted.first, wanted.last)))
    if wanted.institution is not None:
        rows = rows.filter(institution=wanted.institution)
    if wanted.school_form:
        rows = rows.filter(institution__school_form=wanted.school_form)
    if wanted.medium is not None:
        rows = rows.filter(of=wanted.medium.pk)
    if wanted.contract is not None:
        rows = rows.filter(within(covered, wanted.contract.pk))
    return rows


def _lines(sums: Iterable[Sums], breakdown: Breakdown, covered: dict[int, list[Span]]) -> list[Line]:
    found: dict[tuple[Hashable, Teller], Line] = {}
    contracts = cache(lambda medium, month: contracts_of(covered.get(medium, ()), month) or (None,))
    for some in sums:
        for key in contracts(*some.of) if breakdown is Breakdown.CONTRACT else some.of:
            line = found.setdefault((key, some.teller), Line(key, *some.teller))
            line.is_partial |= some.is_partial
            for metric, number in some.numbers.items():
                line.numbers[metric] = line.numbers.get(metric, 0) + number
    return list(found.values())


def _with_costs(found: list[Line], by_contract: Any, only: Contract | None) -> list[Line]:
    paid = {key: cost for key, cost in by_contract.items() if only is None or only.pk == key}
    for line in found:
        line.cost = paid.get(line.key)
    unused = paid.keys() - {line.key for line in found}
    return [*found, *(Line(key, None, cost=paid[key]) for key in unused)]
