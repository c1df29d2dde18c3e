"""Reports of COUNTER from the figures that we counted ourselves.

What providers tell is theirs: who harvests us and them would count it twice. The dashboard shows both side by side.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from licenses.counter import months
from licenses.counter.asking import Available, ask
from licenses.counter.figures import Content
from licenses.counter.identifiers import ContentIds
from licenses.counter.kinds import Kind
from licenses.counter.metrics import AUDIOVISUAL, CONTROLLED, REGULAR, Metric
from licenses.counter.reports import Report, Row, report
from licenses.models import Medium, MediumKind, MonthlyUse, UseDay
from licenses.models.monthly_use import COLUMNS
from licenses.usage.customers import Whose
from licenses.usage.hiding import told

PLATFORM: Final = "Leihwerk"
#: What our kinds of media are in the words of COUNTER; the others are films.
DATA_TYPES: Final = {
    MediumKind.AUDIO: "Sound",
    MediumKind.PICTURES: "Image",
    MediumKind.INTERACTIVE: "Interactive_Resource",
    MediumKind.CD_ROM: "Interactive_Resource",
    MediumKind.PORTAL: "Multimedia",
    MediumKind.APP: "Software",
    MediumKind.SOFTWARE: "Software",
    MediumKind.TEACHING_KIT: "Other",
    MediumKind.OTHER: "Other",
}
#: What is told of a medium.
TOLD: Final = ("title", "kind", "year", "provider__name")


def answered(kind: Kind, parameters: Mapping[str, str], whose: Whose, *, now: datetime) -> Report:
    """The report that was asked for. Raises ReportRefused."""
    today = timezone.localdate(now, whose.center.zone)
    question = ask(kind, parameters, today=today, available=available(whose, today=today))
    given = figures(whose, question.begin, question.end) if question.is_ready else ()
    return report(question, given, customer=whose.customer, created_at=now)


def available(whose: Whose, *, today: date) -> Available:
    """From the first month there are figures of to the last whose days are all counted."""
    waiting = UseDay.objects.filter(counted_at__isnull=True, day__lt=today).aggregate(first=Min("day"))["first"]
    last = months.previous(waiting or today)
    first = MonthlyUse.objects.filter(center=whose.center).aggregate(first=Min("month"))["first"]
    return Available(min(first or last, last), last, platforms=(PLATFORM,))


def figures(whose: Whose, first: date, last: date) -> Iterator[Row]:
    """Our own figures from ``first`` to ``last`` (first days of months), summed over institutions; by medium."""
    uses: Any = MonthlyUse.objects.filter(center=whose.center, month__in=list(months.between(first, last)))
    if whose.institution is not None:
        uses = uses.filter(institution=whose.institution)
    sums = uses.order_by().values("medium", "month").annotate(**{metric.name: told(metric) for metric in COLUMNS})
    found: dict[int, dict[Metric, dict[date, int]]] = {}
    for medium, month, *numbers in _rows(sums.values_list("medium", "month", *(metric.name for metric in COLUMNS))):
        for metric, number in zip(COLUMNS, numbers, strict=True):
            if number:
                found.setdefault(medium, {}).setdefault(metric, {})[month] = number
    media = Medium.objects.filter(pk__in=found).values_list("pk", "number", *TOLD)
    for pk, number, *of_it in media:
        yield Row(content_of(number or f"i{pk}", *of_it), found[pk])


def _rows(query: Any) -> list[Any]:
    """Tens of thousands of rows as they come: past Django's converters, which take as long as the statement."""
    with connection.cursor() as cursor:
        cursor.execute(*query.query.sql_with_params())
        return list(cursor.fetchall())


def content_of(name: str, title: str, kind: str, year: int | None, provider: str) -> Content:
    """A medium as COUNTER tells it."""
    return Content(
        title=title,
        publisher=provider,
        platform=PLATFORM,
        ids=ContentIds(proprietary=f"leihwerk:{name}"),
        data_type=DATA_TYPES.get(MediumKind(kind), AUDIOVISUAL),
        yop=f"{year:04}" if year else "",
        access_type=CONTROLLED,
        access_method=REGULAR,
    )
