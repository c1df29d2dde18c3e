"""Figures of a month: how often something of one kind happened to one item."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from licenses.counter.identifiers import ContentIds
from licenses.counter.metrics import Metric

NO_IDS = ContentIds()


@dataclass(frozen=True, slots=True, order=True)
class Content:
    """What COUNTER calls an item, and keeps apart: a title on a platform with its attributes.

    What is not known is "". A whole platform is an item without a title. ``yop`` is the year of publication in four
    digits (0001: unknown), ``publisher_ids`` are ``{namespace}:{value}``.
    """

    title: str
    publisher: str
    platform: str
    ids: ContentIds = NO_IDS
    publisher_ids: tuple[str, ...] = ()
    data_type: str = ""
    yop: str = ""
    access_type: str = ""
    access_method: str = ""

    def __post_init__(self) -> None:
        if len(self.platform) < 2:
            raise ValueError("COUNTER wants the name of the platform, of two characters or more")


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """``number`` times in ``month`` (its first day), as ``source`` says: a provider, or "" for our own counting."""

    content: Content
    metric: Metric
    month: date
    number: int
    source: str = ""

    @property
    def numbers(self) -> dict[Metric, dict[date, int]]:
        """The same as a row of a report tells it."""
        return {self.metric: {self.month: self.number}}


def summed(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Each item, metric, month and source once, in order."""
    numbers: defaultdict[tuple[Content, Metric, date, str], int] = defaultdict(int)
    for figure in figures:
        numbers[figure.content, figure.metric, figure.month, figure.source] += figure.number
    for (content, metric, month, source), number in sorted(numbers.items()):
        yield Figure(content, metric, month, number, source)
