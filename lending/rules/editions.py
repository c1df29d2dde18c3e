"""The calendars that edits replaced, so that one can tell what was open when something was agreed."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

from lending.calendars import calendar_of
from lending.due_dates import Calendar, Span
from lending.models import Edition
from people.models import Center


def calendars_before(center: Center) -> Callable[[int], Calendar]:
    """The calendar by version of the rules; that of today where no edit is known."""
    today, known = calendar_of(center), list(Edition.objects.filter(center=center).order_by("version"))
    calendars = [(edition.version, _read(edition, today)) for edition in known]

    def at(version: int) -> Calendar:
        return next((calendar for number, calendar in calendars if number >= version), today)

    return at


def as_it_is(center: Center, version: int) -> Edition:
    hours = [[row.weekday, row.opens, row.closes] for row in center.opening_hours.all()]
    closures = [[row.starts_on, row.ends_on] for row in center.closures.all()]
    return Edition(center=center, version=version, hours=hours, closures=closures)


def _read(edition: Edition, today: Calendar) -> Calendar:
    hours: dict[int, list[tuple[time, time]]] = defaultdict(list)
    rows: list[list[Any]] = edition.hours
    for weekday, opens, closes in rows:
        hours[weekday].append((time.fromisoformat(opens), time.fromisoformat(closes)))
    spans: list[list[str]] = edition.closures
    closures = [Span(date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans]
    return replace(today, hours=dict(hours), closures=closures)
