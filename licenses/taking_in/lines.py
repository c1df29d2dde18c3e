"""What a file tells, whichever kind it is: figures of titles in months, and what stays out."""

from dataclasses import dataclass, field
from datetime import date

from leihwerk.tables import Remark
from licenses.counter.figures import Content
from licenses.counter.metrics import Metric


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` times in ``month``, of the school with that Schulnummer; "" where the file does not say which."""

    content: Content
    metric: Metric
    month: date
    number: int
    school: str = ""
    line: int = 0


@dataclass
class Told:
    """``months`` are all that the file speaks of, be it to say that nothing was used. ``is_of_platform``: it tells sums
    of whole platforms, which stand beside what others tell of items."""

    lines: list[Line]
    months: set[date]
    is_of_platform: bool = field(default=False, kw_only=True)
    remarks: list[Remark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
