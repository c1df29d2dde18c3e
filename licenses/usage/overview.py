"""Use at a glance: sums by month, contract, school form, institution or medium, each with the source that tells it.

What we count when somebody leaves for a provider, and what the provider counts there, may be the same use; so sources
are never added up.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from django.db import models
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from licenses.counter.metrics import Metric
from licenses.models import Contract, Medium, MonthlyFigure
from licenses.models.usage import MonthlyFigureQuerySet
from licenses.usage.coverings import Span, contracts_of, costs, coverings, within
from licenses.usage.hiding import is_told
from people.models import Center, Institution
from people.models.user import AnyUser

SHOWN: Final = (
    Metric.TOTAL_ITEM_REQUESTS, Metric.TOTAL_ITEM_INVESTIGATIONS, Metric.NO_LICENSE, Metric.LIMIT_EXCEEDED
)  # fmt: skip


#: A source, and whether it speaks of its whole platform; None: we ourselves.
Teller = tuple[int | None, bool]


class Breakdown(models.TextChoices):
    """By what figures are told apart."""

    CONTRACT = "contract", _("Verträge")
    INSTITUTION = "institution", _("Einrichtungen")
    SCHOOL_FORM = "school_form", _("Schulformen")
    MEDIUM = "medium", _("Medien")
    MONTH = "month", _("Monate")


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
    numbers: dict[Metric, int] = field(default_factory=dict)
    cost: Decimal | None = None
    is_partial: bool = False
    is_of_platform: bool = False

    @property
    def teller(self) -> "Teller":
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
    found = list(_summed(_parts(_figures(wanted, covered, seen_by), breakdown, covered)))
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


def _figures(wanted: Wanted, covered: dict[int, list[Span]], seen_by: AnyUser) -> MonthlyFigureQuerySet:
    rows: Any = (
        MonthlyFigure.objects.visible_to(seen_by).with_medium().with_platform()
    )  # Any: an annotated column is no field
    rows = rows.filter(center=wanted.center, month__gte=wanted.first, month__lte=wanted.last, metric__in=SHOWN)
    if wanted.institution is not None:
        rows = rows.filter(institution=wanted.institution)
    if wanted.school_form:
        rows = rows.filter(institution__school_form=wanted.school_form)
    if wanted.medium is not None:
        rows = rows.filter(of=wanted.medium.pk)
    if wanted.contract is not None:
        rows = rows.filter(within(covered, wanted.contract.pk))
    return cast("MonthlyFigureQuerySet", rows)


_KEYS: Final = {
    Breakdown.INSTITUTION: "institution_id",
    Breakdown.SCHOOL_FORM: "institution__school_form",
    Breakdown.MEDIUM: "of",
    Breakdown.MONTH: "month",
}
_TOLD: Final = ("source_id", "is_of_platform", "metric", "told")
_METRICS: Final = {metric.value: metric for metric in Metric}
_NOBODYS: Final[set[int | None]] = {None}
_Part = tuple[Hashable, int | None, bool, str, bool, int]


def _parts(rows: MonthlyFigureQuerySet, breakdown: Breakdown, covered: dict[int, list[Span]]) -> Iterator[_Part]:
    """Key, teller, metric, whether it may be told, and number; a key may come several times."""
    if breakdown is not Breakdown.CONTRACT:
        yield from _grouped(rows, key=F(_KEYS[breakdown]))
        return
    known: dict[tuple[int | None, date], set[int | None]] = {}
    for medium, month, *rest in _grouped_by_month(rows):
        if (medium, month) not in known:
            known[medium, month] = {*contracts_of(covered.get(medium, ()), month)} or _NOBODYS
        for contract in known[medium, month]:
            yield contract, *rest


def _grouped(rows: MonthlyFigureQuerySet, key: F) -> Iterable[Any]:
    marked = rows.order_by().annotate(key=key, told=is_told())
    return marked.values_list("key", *_TOLD).annotate(Sum("number"))


def _grouped_by_month(rows: Any) -> Any:
    return rows.order_by().annotate(told=is_told()).values_list("of", "month", *_TOLD).annotate(Sum("number"))


def _summed(parts: Iterable[_Part]) -> Iterator[Line]:
    found: dict[tuple[Hashable, Teller], Line] = {}
    for key, source, is_of_platform, metric, may_be_told, number in parts:
        new = Line(key, source, dict.fromkeys(SHOWN, 0), is_of_platform=is_of_platform)
        line = found.setdefault((key, new.teller), new)
        if may_be_told:
            line.numbers[_METRICS[metric]] += number
        else:
            line.is_partial = True
    yield from found.values()


def _with_costs(found: list[Line], by_contract: Any, only: Contract | None) -> list[Line]:
    paid = {key: cost for key, cost in by_contract.items() if only is None or only.pk == key}
    for line in found:
        line.cost = paid.get(line.key)
    unused = paid.keys() - {line.key for line in found}
    return [*found, *(Line(key, None, cost=paid[key]) for key in unused)]
