"""Sums as the database tells them: of what we counted ourselves, and of what sources report."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, Sum

from licenses.counter.metrics import Metric
from licenses.models.monthly_use import MonthlyUseQuerySet
from licenses.models.source import ReportedFigureQuerySet
from licenses.usage.hiding import left_out, told

SHOWN: Final = (
    Metric.TOTAL_ITEM_REQUESTS, Metric.TOTAL_ITEM_INVESTIGATIONS, Metric.NO_LICENSE, Metric.LIMIT_EXCEEDED
)  # fmt: skip
#: A source, and whether it speaks of its whole platform; None: we ourselves.
Teller = tuple[int | None, bool]
OURSELVES: Final[Teller] = (None, False)


class Sums(NamedTuple):
    """``of``: what the rows were told apart by. ``is_partial``: uses of fewer than five pupils are left out."""

    of: tuple[Any, ...]
    teller: Teller
    is_partial: bool
    numbers: dict[Metric, int]


def counted(rows: MonthlyUseQuerySet, *columns: str) -> Iterator[Sums]:
    sums = {metric.name: told(metric) for metric in SHOWN}
    some: Any = rows.order_by().values(*columns).annotate(left_out=Count("pk", filter=left_out(SHOWN)), **sums)
    for of, (left, *numbers) in _told(some, columns, ("left_out", *sums)):
        yield Sums(of, OURSELVES, left > 0, dict(zip(SHOWN, numbers, strict=True)))


def reported(rows: ReportedFigureQuerySet, *columns: str) -> Iterator[Sums]:
    sums = {metric.name: Sum("number", filter=Q(metric=metric), default=0) for metric in SHOWN}
    told_here: Any = rows.filter(metric__in=SHOWN).with_platform().order_by()
    some = told_here.values(*columns, "source_id", "is_of_platform").annotate(**sums)
    for of, (source, is_of_platform, *numbers) in _told(some, columns, ("source_id", "is_of_platform", *sums)):
        yield Sums(of, (source, is_of_platform), False, dict(zip(SHOWN, numbers, strict=True)))


def _told(rows: Any, columns: tuple[str, ...], more: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], list[Any]]]:
    for row in rows.values_list(*columns, *more):
        yield row[: len(columns)], list(row[len(columns) :])
