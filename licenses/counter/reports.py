"""A report, before it is written as JSON or as a table: what was asked, and the sums that answer it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from typing import Final

from licenses.counter.caveats import Caveat
from licenses.counter.figures import Content, Figure
from licenses.counter.identifiers import organization
from licenses.counter.kinds import Kind
from licenses.counter.metrics import (
    ACCESS_TYPES,
    PARTNERS,
    PLATFORM,
    PLATFORM_TYPES,
    REGULAR,
    UNKNOWN_YEAR,
    UNSPECIFIED,
    Metric,
)
from licenses.counter.questions import Question

RELEASE: Final = "5.1"
_YEAR: Final = re.compile(r"[0-9]{4}")
_WITHOUT_PARTNER: Final = "figures were left out whose Total or Unique counterpart is missing"

Numbers = Mapping[Metric, Mapping[date, int]]
Sums = dict[Metric, dict[date, int]]


@dataclass(frozen=True)
class Customer:
    """Whose use is told. ``ids`` are ``{namespace}:{value}`` (ISIL, ISNI, OCLC, ROR or one of ours); one is a must."""

    name: str
    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.name) < 2 or not organization(self.ids, is_institution=True):
            raise ValueError("COUNTER wants a name of two characters or more and an identifier for each institution")


@dataclass(frozen=True)
class Row:
    """An item with the attributes that are shown, and its numbers by metric and month; no number is 0."""

    content: Content
    numbers: Numbers


@dataclass(frozen=True)
class Report:
    """The whole answer. ``registry_record`` is "" without a registration."""

    question: Question
    customer: Customer
    rows: tuple[Row, ...]
    caveats: tuple[Caveat, ...]
    created_at: datetime
    created_by: str
    registry_record: str = ""

    @property
    def kind(self) -> Kind:
        return self.question.kind

    def figures(self) -> Iterator[Figure]:
        """What the report says, number by number."""
        for row in self.rows:
            for metric, by_month in row.numbers.items():
                for month, number in by_month.items():
                    yield Figure(row.content, metric, month, number)


def report(
    question: Question,
    figures: Iterable[Figure | Row],
    *,
    customer: Customer,
    created_at: datetime,
    created_by: str = "Leihwerk",
) -> Report:
    """Answer a question from figures, one by one or as rows; those that do not belong there are passed over."""
    sums = _sums(question, figures)
    told = {content: _with_partners(sums[content], question.kind) for content in sorted(sums)}
    rows = tuple(Row(content, numbers) for content, numbers in told.items() if numbers)
    is_partial = any(len(told[content]) < len(sums[content]) for content in sums)
    caveats = [*question.caveats, *([Caveat(3040, _WITHOUT_PARTNER)] if is_partial else [])]
    if not rows and question.is_ready and not {3031, 3040} & {caveat.code for caveat in caveats}:
        caveats.append(Caveat(3030))
    return Report(question, customer, rows, tuple(caveats), created_at, created_by)


def _sums(question: Question, figures: Iterable[Figure | Row]) -> dict[Content, Sums]:
    sums: dict[Content, Sums] = defaultdict(dict)
    shown = cache(partial(_shown, question))  # there may be many figures of each content
    months = set(question.months) if question.is_ready else set()
    for figure in figures:
        for is_search, numbers in _asked_for(question, months, figure.numbers):
            content = shown(figure.content, is_search=is_search)
            if content is not None:
                _add(sums[content], numbers)
    return sums


def _asked_for(question: Question, months: Set[date], numbers: Numbers) -> Iterator[tuple[bool, Sums]]:
    """What is of a month and a metric that were asked for: of searches, and of the rest."""
    searches: Sums = {}
    others: Sums = {}
    for metric, by_month in numbers.items():
        if metric in question.metrics:
            known = dict(by_month)
            if not months >= known.keys() or min(known.values()) < 1:
                known = {month: number for month, number in known.items() if number > 0 and month in months}
            if known:
                (searches if metric is Metric.SEARCHES_PLATFORM else others)[metric] = known
    return ((bool(is_search), found) for is_search, found in enumerate((others, searches)) if found)


def _add(sums: Sums, numbers: Sums) -> None:
    for metric, by_month in numbers.items():
        so_far = sums.setdefault(metric, by_month)
        if so_far is not by_month:
            for month, number in by_month.items():
                so_far[month] = so_far.get(month, 0) + number


def _shown(question: Question, content: Content, *, is_search: bool) -> Content | None:
    """The content as the report shows it: without what it does not tell apart. None if it does not belong there."""
    content = _completed(content, is_search=is_search)
    if not question.is_about(content):
        return None
    kind, shows = question.kind, question.shows
    return Content(
        title=content.title if kind.is_by_item else "",
        publisher=content.publisher if kind.is_by_item else "",
        platform=content.platform,
        ids=content.ids.among(kind.columns),
        publisher_ids=tuple(sorted(content.publisher_ids)) if kind.is_by_item else (),
        data_type=content.data_type,
        yop=content.yop if "YOP" in shows else "",
        access_type=content.access_type if "Access_Type" in shows else "",
        access_method=content.access_method if "Access_Method" in shows else "",
    )


def _completed(content: Content, *, is_search: bool) -> Content:
    """A content in the words of 5.1: what is not said is unspecified, regular and of an unknown year."""
    is_known = content.data_type in PLATFORM_TYPES and content.data_type != PLATFORM
    return replace(
        content,
        data_type=PLATFORM if is_search else content.data_type if is_known else UNSPECIFIED,
        yop=content.yop if _YEAR.fullmatch(content.yop) else UNKNOWN_YEAR,
        access_type=content.access_type if content.access_type in ACCESS_TYPES else "",
        access_method=content.access_method or REGULAR,
    )


def _with_partners(numbers: Numbers, kind: Kind) -> Numbers:
    """The numbers in order; where the schema wants Total and Unique together, those without the other are left out."""
    return {
        metric: {month: numbers[metric][month] for month in sorted(numbers[metric])}
        for metric in sorted(numbers)
        if not kind.needs_partners or all(partner in numbers for partner in PARTNERS.get(metric, ()))
    }
