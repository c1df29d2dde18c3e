"""Reports of COUNTER from the figures that we counted ourselves.

What providers tell is theirs: who harvests us and them would count it twice. The dashboard shows both side by side.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

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
from licenses.models import Medium, MediumKind, MonthlyFigure, UseDay
from licenses.usage.customers import Whose
from licenses.usage.hiding import IS_TOLD

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
METRICS: Final = {metric.value: metric for metric in Metric}
#: There are hundreds of thousands of rows for a year of a centre, so they come as they are, past Django's converters.
SUMS: Final = """
SELECT medium_id, metric, month, sum(number)::bigint
  FROM licenses_monthlyfigure
 WHERE source_id IS NULL AND center_id = %(center)s AND month BETWEEN %(first)s AND %(last)s {narrowed}
   AND {is_told}
 GROUP BY medium_id, metric, month
"""
OF_ONE: Final = "AND institution_id = %(institution)s"


def answered(kind: Kind, parameters: Mapping[str, str], whose: Whose, *, now: datetime) -> Report:
    """The report that was asked for. Raises ReportRefused."""
    today = timezone.localdate(now, whose.center.zone)
    question = ask(kind, parameters, today=today, available=available(whose, today=today))
    given = figures(whose, question.begin, question.end) if question.is_ready else ()
    return report(question, given, customer=whose.customer, created_at=now)


def available(whose: Whose, *, today: date) -> Available:
    """From the first month there are figures of to the last whose days are all counted."""
    own = MonthlyFigure.objects.counted_here().filter(center=whose.center)
    waiting = UseDay.objects.filter(counted_at__isnull=True, day__lt=today).aggregate(first=Min("day"))["first"]
    last = months.previous(waiting or today)
    first = own.aggregate(first=Min("month"))["first"]
    return Available(min(first or last, last), last, platforms=(PLATFORM,))


def figures(whose: Whose, first: date, last: date) -> Iterator[Row]:
    """Our own figures from ``first`` to ``last`` (first days of months), summed over institutions; by medium."""
    facts = {"center": whose.center_id, "institution": whose.institution_id, "first": first, "last": last}
    found: dict[int, dict[Metric, dict[date, int]]] = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(SUMS.format(narrowed=OF_ONE if whose.institution_id else "", is_told=IS_TOLD), facts)
        for medium, metric, month, number in cursor.fetchall():  # row by row takes three times as long
            found[medium][METRICS[metric]][month] = number
    media = Medium.objects.filter(pk__in=found).values_list("pk", "number", *TOLD)
    contents = {pk: content_of(number or f"i{pk}", *told) for pk, number, *told in media}
    for pk, by_metric in found.items():
        yield Row(contents[pk], by_metric)


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
