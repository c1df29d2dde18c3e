"""What a provider's platform told the invented centre about the last months."""

from typing import Final

from django.utils import timezone

from licenses.counter import months
from licenses.counter.figures import Content
from licenses.counter.identifiers import ContentIds
from licenses.counter.metrics import Metric
from licenses.models import Provider
from licenses.taking_in import sources, writing
from licenses.taking_in.lines import Line, Told
from office.demo.cast import Cast

MONTHS: Final = 3
#: What the platform calls a title, its number there, and how often it was opened a month.
TOLD: Final = (
    ("Vom Regen in den Bach", "5510001", 41),
    ("Zellen unter dem Mikroskop", "5510002", 17),
    ("Das Moor lebt", "NB-77", 6),
)


def tell_usage(cast: Cast) -> None:
    """After the media are there; one title is none of the centre's."""
    provider = Provider.objects.get(center=cast.center, name="Naturblick Lehrfilm")
    source = sources.add(provider, name="Naturblick Mediathek", by=cast.manager)
    lines, month = [], timezone.localdate()
    for back in range(MONTHS):
        month = months.previous(month)
        for title, number, count in TOLD:
            this = Content(title, "", source.name, ContentIds(proprietary=number))
            lines.append(Line(this, Metric.TOTAL_ITEM_REQUESTS, month, count + count * back % 5))
    writing.take_in(source, Told(lines, {line.month for line in lines}), by=cast.manager)
