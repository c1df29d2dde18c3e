"""Dates of a series that do not come about: why not, and what could be had instead, as of any other refusal.

The page of the series shows them as long as it is the newest of this browser: nobody writes down what did not happen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from frontend.selection import Selection
from frontend.templatetags.german import period
from frontend.ways_out import WayOut, ways_out
from lending.due_dates import local_day
from lending.reservations import Date

NAME: Final = "missed"


@dataclass(frozen=True)
class Missed:
    """``when`` and ``why`` in words; ``ways`` lead to a reservation of that date alone."""

    when: str
    why: str
    ways: Sequence[WayOut]


def missed(dates: Iterable[Date], selection: Selection, first: datetime) -> Iterator[Missed]:
    """Those that something stands against. ``selection`` is what was picked for the ``first`` date."""
    for it in dates:
        if it.obstacle:
            that_day = selection.put_off((local_day(it.starts_at) - local_day(first)).days)
            ways = [_elsewhere(way) for way in ways_out(it.obstacle, that_day)]
            yield Missed(period(it.starts_at, it.ends_at), str(it.obstacle), ways)


def remember(request: HttpRequest, series: UUID, dates: Iterable[Missed]) -> None:
    request.session[NAME] = {"series": str(series), "dates": [asdict(it) for it in dates]}


def remembered(request: HttpRequest, series: UUID) -> list[Missed]:
    kept = request.session.get(NAME)
    if not kept or kept["series"] != str(series):
        return []
    return [Missed(it["when"], it["why"], [WayOut(**way) for way in it["ways"]]) for it in kept["dates"]]


def _elsewhere(way: WayOut) -> WayOut:
    """Opens the form instead of sending it: that it is a reservation of its own is to be seen first."""
    return WayOut(way.label, address=way.address or f"{reverse('reserve')}?{way.instead}")
