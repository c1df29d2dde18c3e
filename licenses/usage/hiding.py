"""Uses by so few pupils that they would speak of single ones are not told: fewer than five.

That is judged where a number comes from: a medium, an institution, a month. Whatever is told is a sum of such numbers
that may be told by themselves; so nobody finds out the others by taking one sum from another, be it a school from all
of them, or a month from a year.
"""

from typing import Final

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from licenses.counter.metrics import Metric

FEWEST: Final = 5
#: A session is one pupil for an hour, so these numbers come nearest to how many there were. Denials, of which nobody
#: counts sessions, are judged by themselves.
JUDGES: Final = {
    Metric.TOTAL_ITEM_INVESTIGATIONS: Metric.UNIQUE_ITEM_INVESTIGATIONS,
    Metric.TOTAL_ITEM_REQUESTS: Metric.UNIQUE_ITEM_REQUESTS,
}
_WHENS: Final = " ".join(f"WHEN '{metric}' THEN '{judge}'" for metric, judge in JUDGES.items())
_TOTALS: Final = ", ".join(f"'{metric}'" for metric in JUDGES)
#: A condition on a row of licenses_monthlyfigure. Another row is asked, by figure_is_told_once, for a total only, and
#: only where that is not too small itself: there are never more sessions than uses.
IS_TOLD: Final = f"""(NOT licenses_monthlyfigure.is_by_pupils OR licenses_monthlyfigure.number >= {FEWEST}
    AND (licenses_monthlyfigure.metric NOT IN ({_TOTALS}) OR EXISTS (
    SELECT FROM licenses_monthlyfigure AS judge
     WHERE judge.center_id = licenses_monthlyfigure.center_id
       AND judge.month = licenses_monthlyfigure.month
       AND judge.metric = CASE licenses_monthlyfigure.metric {_WHENS} END
       AND judge.source_id IS NULL
       AND judge.institution_id = licenses_monthlyfigure.institution_id
       AND judge.medium_id = licenses_monthlyfigure.medium_id
       AND judge.is_by_pupils AND judge.number >= {FEWEST}
)))"""


def is_told() -> RawSQL:
    """Whether a figure may be told; a filter, or a column."""
    return RawSQL(IS_TOLD, [], output_field=BooleanField())  # noqa: S611  words of ours
