"""Uses by so few pupils that they would speak of single ones are not told: fewer than five."""

from collections.abc import Mapping
from typing import Final

from licenses.counter.metrics import Metric

FEWEST: Final = 5
#: A session is one pupil for an hour, so these numbers come nearest to how many there were.
JUDGES: Final = {
    Metric.TOTAL_ITEM_INVESTIGATIONS: Metric.UNIQUE_ITEM_INVESTIGATIONS,
    Metric.TOTAL_ITEM_REQUESTS: Metric.UNIQUE_ITEM_REQUESTS,
}


def without_few(by_pupils: Mapping[Metric, int]) -> dict[Metric, int]:
    """What may be told of numbers that belong together; denials, of which nobody counts sessions, by themselves."""
    return {
        metric: number for metric, number in by_pupils.items() if by_pupils.get(JUDGES.get(metric, metric), 0) >= FEWEST
    }
