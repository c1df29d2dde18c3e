"""Reads the parameters of ``/r51/reports/{id}`` (Code of Practice 5.1, sections 3.3.8 and 8, appendix D).

What cannot be answered raises ReportRefused with the caveat of the lowest code. What can be answered only in part is
answered in part: parameters and values that are not known here are left out, and caveats in the header say so.
A client proves who it is with ``requestor_id`` and ``api_key``; that is the door's business, as is the customer.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from licenses.counter import spans
from licenses.counter.caveats import Caveat, ReportRefused
from licenses.counter.kinds import Kind
from licenses.counter.metrics import PARTNERS, Metric
from licenses.counter.questions import Question
from licenses.counter.spans import Span

THE_WORLD: Final = "0" * 16
METRICS_COMPLETED: Final = Caveat(100, words="Total and Unique metrics are only delivered together")
_REQUIRED: Final = ("customer_id", "begin_date", "end_date")
_OF_ALL: Final = {*_REQUIRED, "requestor_id", "api_key", "platform"}
_OF_ITEMS: Final = {"yop", "item_id", "include_parent_details", "include_component_details"}
_YEARS: Final = re.compile(r"(\d{4})(?:-(\d{4}))?", re.ASCII)


@dataclass(frozen=True)
class Available:
    """From when to when months are counted to the end, and the platforms there are figures of."""

    first: date
    last: date
    platforms: Collection[str] = ()


def ask(kind: Kind, parameters: Mapping[str, str], *, today: date, available: Available) -> Question:
    """Return what a request wants to know. Raise ReportRefused where the standard wants an answer without a report."""
    known = known_parameters(kind)
    asking = _Asking({name: value.strip() for name, value in parameters.items() if name in known})
    span = spans.told(asking.span(today), available=(available.first, available.last))
    if unknown := sorted(set(parameters) - known):
        asking.note(3050, ", ".join(unknown))
    return Question(
        kind=kind,
        begin=span.begin,
        end=span.end,
        is_ready=span.is_ready,
        customer_id=asking.one("customer_id"),
        filters=asking.filters(kind),
        platform=asking.platform(available.platforms),
        years=asking.years(),
        item_id=asking.item_id(),
        shows=asking.shows(kind),
        shows_parents=asking.details(),
        caveats=(*span.caveats, *asking.caveats),
    )


def known_parameters(kind: Kind) -> set[str]:
    """What may be asked of a report. A standard view takes a period and a platform only."""
    if kind.is_standard_view:
        return set(_OF_ALL)
    lists = {name.lower() for name in kind.filters} | {"attributes_to_show", "granularity"}
    return _OF_ALL | lists | (_OF_ITEMS if kind.is_by_item else set())


class _Asking:
    """The parameters that are known, and what is to be said about their values."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._parameters = parameters
        self.caveats: list[Caveat] = []
        if self.one("granularity") not in ("", "Month"):
            self.note(3062, f"granularity={self.one('granularity')}")

    def note(self, code: int, details: str) -> None:
        self.caveats.append(Caveat(code, details))

    def one(self, name: str) -> str:
        return self._parameters.get(name, "")

    def several(self, name: str) -> list[str]:
        """The values of a list, separated by ``|``, each once."""
        return list(dict.fromkeys(value.strip() for value in self.one(name).split("|") if value.strip()))

    def span(self, today: date) -> Span:
        refusals = []
        if missing := [name for name in _REQUIRED if not self.one(name)]:
            refusals.append(Caveat(1030, ", ".join(missing)))
        if self.one("customer_id") == THE_WORLD:
            refusals.append(Caveat(2011))
        span = spans.asked(self.one("begin_date"), self.one("end_date"), today=today)
        if isinstance(span, Caveat):
            refusals.append(span)
        if refusals or isinstance(span, Caveat):
            raise ReportRefused(refusals)
        return span

    def filters(self, kind: Kind) -> dict[str, tuple[str, ...]]:
        asked = {name: self.known(name.lower(), words, 3060) for name, words in kind.filters.items()}
        filters = {name: words for name, words in asked.items() if words and set(words) != set(kind.filters[name])}
        if kind.needs_partners and "Metric_Type" in filters:
            complete = _with_partners(filters["Metric_Type"], kind)
            if complete != filters["Metric_Type"]:
                filters["Metric_Type"] = complete
                self.caveats.append(METRICS_COMPLETED)
        return filters

    def known(self, name: str, words: Collection[str], code: int) -> tuple[str, ...]:
        """The values of a list that are known, in our order; the others are named in a caveat."""
        given = self.several(name)
        if strange := [value for value in given if value not in words]:
            self.note(code, f"{name}={'|'.join(strange)}")
        return tuple(word for word in words if word in given)

    def platform(self, platforms: Collection[str]) -> str:
        platform = self.one("platform")
        if platform and platform not in platforms:
            self.note(3060, f"platform={platform}")
            return ""
        return platform

    def item_id(self) -> str:
        """One identifier, of two characters or more, as the schema wants it."""
        item_id = self.one("item_id")
        if len(item_id) == 1:
            self.note(3060, f"item_id={item_id}")
            return ""
        return item_id

    def years(self) -> tuple[tuple[int, int], ...]:
        years = []
        for words in self.several("yop"):
            found = _YEARS.fullmatch(words)
            first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
            if first > last:
                self.note(3060, f"yop={words}")
            else:
                years.append((first, last))
        return tuple(dict.fromkeys(years))

    def shows(self, kind: Kind) -> tuple[str, ...]:
        return self.known("attributes_to_show", kind.attributes, 3062)

    def details(self) -> bool:
        """Whether parents are shown; components are not counted apart."""
        if self.one("include_component_details") == "True":
            self.note(3063, "")
        for name in ("include_parent_details", "include_component_details"):
            if self.one(name) not in ("", "True", "False"):
                self.note(3062, f"{name}={self.one(name)}")
        return self.one("include_parent_details") == "True"


def _with_partners(words: Collection[str], kind: Kind) -> tuple[str, ...]:
    wanted = {partner for word in words for partner in (Metric(word), *PARTNERS.get(Metric(word), ()))}
    return tuple(metric for metric in kind.metrics if metric in wanted)
