"""From clicks to figures, by the rules of the COUNTER Code of Practice 5.1, sections 3.3.5, 7.2, 7.3 and 7.8. Pure.

* Robots are left out (7.8).
* **Double clicks** (7.2): of two clicks of one user on one link within 30 seconds the first is removed and the second
  stays; a third within 30 seconds of the second removes that, and so on. A link is a medium and a kind of use. This
  goes for everything that is counted, denials included.
* **Totals** count what stays. A request is an investigation, too, so investigations are never fewer.
* **Uniques** (7.3) count a medium once in a session; the session is the standard's substitute: user, day and hour of
  the day. They are counted on what double clicks left, as the totals are; otherwise a double click over the full hour
  would be one in total and two uniques.
* A **month** and an hour are those of the centre's clocks: the standard names no zone (sections 3, 5, 6 and 7 are
  silent), a report is for people who plan by their own calendar, and what happens on the evening of the 31st belongs to
  that month everywhere else in this house, too. Whoever wants another zone gives it.

Pseudonyms that change every hour (as ours do) leave a double click over the full hour undiscovered: it counts twice.
That is the price of not knowing who it was.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, tzinfo
from itertools import zip_longest
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from licenses.counter.clicks import Click, Use
from licenses.counter.figures import Content, Figure
from licenses.counter.metrics import Metric
from licenses.counter.months import month_of

DOUBLE_CLICK: Final = timedelta(seconds=30)
ZONE: Final = ZoneInfo("Europe/Berlin")

_TOTALS: Final = {
    Use.INVESTIGATION: (Metric.TOTAL_ITEM_INVESTIGATIONS,),
    Use.REQUEST: (Metric.TOTAL_ITEM_INVESTIGATIONS, Metric.TOTAL_ITEM_REQUESTS),
    Use.NO_LICENSE: (Metric.NO_LICENSE,),
    Use.LIMIT_EXCEEDED: (Metric.LIMIT_EXCEEDED,),
}
_UNIQUES: Final = {
    Metric.TOTAL_ITEM_INVESTIGATIONS: Metric.UNIQUE_ITEM_INVESTIGATIONS,
    Metric.TOTAL_ITEM_REQUESTS: Metric.UNIQUE_ITEM_REQUESTS,
}


class Counted(NamedTuple):
    """What a number stands for."""

    medium: Hashable
    month: date
    metric: Metric


def count(clicks: Iterable[Click], *, zone: tzinfo = ZONE) -> dict[Counted, int]:
    """How often each metric happened to each medium in each month; what never happened is not there."""
    totals: Counter[Counted] = Counter()
    sessions: set[tuple[Counted, str, datetime]] = set()
    for click in without_double_clicks(clicks):
        month = month_of(click.at, zone)
        hour = click.at.astimezone(zone).replace(tzinfo=None, minute=0, second=0, microsecond=0)
        for metric in _TOTALS[click.use]:
            totals[Counted(click.medium, month, metric)] += 1
            if metric in _UNIQUES:
                sessions.add((Counted(click.medium, month, _UNIQUES[metric]), click.session, hour))
    return {**totals, **Counter(counted for counted, _session, _hour in sessions)}


def without_double_clicks(clicks: Iterable[Click]) -> Iterator[Click]:
    """The clicks of people that stay, link by link."""
    links: defaultdict[tuple[Hashable, ...], list[Click]] = defaultdict(list)
    for click in clicks:
        if not click.is_by_robot:
            links[click.session, click.medium, click.use].append(click)
    for clicks in links.values():
        clicks.sort(key=lambda click: click.at)
        for click, after in zip_longest(clicks, clicks[1:]):
            if after is None or after.at - click.at > DOUBLE_CLICK:
                yield click


def figures(counted: Mapping[Counted, int], items: Mapping[Hashable, Content], *, source: str = "") -> Iterator[Figure]:
    """Figures of what was counted; ``items`` says what each medium is."""
    for (medium, month, metric), number in counted.items():
        yield Figure(items[medium], metric, month, number, source)
