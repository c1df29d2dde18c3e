"""The months a request asks for, and those of them that can be told."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from licenses.counter import months
from licenses.counter.caveats import Caveat

_DAY: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?", re.ASCII)


@dataclass(frozen=True)
class Span:
    """What the report's header says: months by their first days. Not ready: none of them can be told."""

    begin: date
    end: date
    is_ready: bool = True
    caveats: tuple[Caveat, ...] = ()


def asked(begin: str, end: str, *, today: date) -> Span | Caveat:
    """The months between two dates (``2026-01`` or, first and last day of a month, ``2026-01-31``); a caveat if none.

    A month that is not over is no month yet: nobody may begin there, and who ends there gets what was before.
    """
    first, last = _month(begin, is_end=False), _month(end, is_end=True)
    if first is None:
        return Caveat(3020, f"begin_date={begin}")
    if last is None:
        return Caveat(3020, f"end_date={end}")
    if last < first:
        return Caveat(3020, "end_date is before begin_date")
    now = today.replace(day=1)
    if first >= now:
        return Caveat(3020, "begin_date is not in the past")
    if last >= now:
        return Span(first, months.previous(now), caveats=(_not_ready(now, last),))
    return Span(first, last)


def told(span: Span, *, available: tuple[date, date]) -> Span:
    """What can be told of a period when the months from the first to the last of ``available`` are counted."""
    first, last = available
    caveats = list(span.caveats)
    if span.begin < first:
        caveats.append(Caveat(3032, f"usage is available from {months.key(first)} to {months.key(last)}"))
    if span.end > last:
        caveats = [caveat for caveat in caveats if caveat.code != 3031]
        caveats.append(_not_ready(months.following(last), span.end))
    begin, end = max(span.begin, first), min(span.end, last)
    if begin > end:
        return Span(span.begin, span.end, is_ready=False, caveats=tuple(caveats))
    return Span(begin, end, caveats=tuple(caveats))


def _not_ready(first: date, last: date) -> Caveat:
    return Caveat(3031, f"usage is not ready from {months.key(first)} to {months.key(last)}")


def _month(words: str, *, is_end: bool) -> date | None:
    found = _DAY.fullmatch(words)
    if found is None:
        return None
    try:
        month = date(int(found["year"]), int(found["month"]), 1)
    except ValueError:
        return None
    edge = months.last_day(month).day if is_end else 1
    return month if found["day"] in (None, f"{edge:02}") else None
