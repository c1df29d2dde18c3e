"""Uses by so few pupils that they would speak of single ones are not told: fewer than five.

That is judged where a number comes from: a medium, an institution, a month. Whatever is told is a sum of such numbers
that may be told by themselves; so nobody finds out the others by taking one sum from another, be it a school from all
of them, or a month from a year.
"""

from collections.abc import Iterable
from typing import Final

from django.db.models import Q, Sum

from licenses.counter.metrics import Metric
from licenses.models.monthly_use import COLUMNS

FEWEST: Final = 5
#: A session is one pupil for an hour, so these numbers come nearest to how many there were. Denials, of which nobody
#: counts sessions, are judged by themselves.
JUDGES: Final = {
    Metric.TOTAL_ITEM_INVESTIGATIONS: Metric.UNIQUE_ITEM_INVESTIGATIONS,
    Metric.TOTAL_ITEM_REQUESTS: Metric.UNIQUE_ITEM_REQUESTS,
}


def told(metric: Metric) -> Sum:
    """The sum of a number of MonthlyUse over the rows that may tell it; for ``annotate``."""
    return Sum(COLUMNS[metric], filter=Q(is_by_pupils=False) | Q(**{f"{_judge(metric)}__gte": FEWEST}), default=0)


def left_out(metrics: Iterable[Metric]) -> Q:
    """Rows of MonthlyUse of which one of these numbers is not told."""
    some = Q(pk__in=[])
    for metric in metrics:
        some |= Q(**{f"{COLUMNS[metric]}__gt": 0, f"{_judge(metric)}__lt": FEWEST})
    return Q(is_by_pupils=True) & some


def _judge(metric: Metric) -> str:
    return COLUMNS[JUDGES.get(metric, metric)]
