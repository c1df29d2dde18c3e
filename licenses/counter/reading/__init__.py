"""Reports of providers: COUNTER 5 and 5.1, as JSON or as a table. Good rows become figures, bad ones remarks.

    reading = open_report(file, source="FWU")
    for figure in reading:
        …
    reading.bad, reading.remarks, reading.unknown_metrics

A report is read as it is asked for, entry by entry: a file of any length needs the memory of one entry (a workbook that
of its texts). So what stays out is known at the end, and a file that breaks off is refused where it does; whoever
writes figures does so in one transaction.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from leihwerk.tables import FileRefused, Remark
from licenses.counter.figures import Figure
from licenses.counter.reading import json_reports, tables
from licenses.counter.reading.refusals import (
    FileIsNoCounterReport,
    ProviderSentNoReport,
    ReleaseIsUnknown,
    ReportBreaksOff,
)
from licenses.counter.reading.tally import EntryRemark, Header, Tally

__all__ = [
    "EntryRemark",
    "FileIsNoCounterReport",
    "FileRefused",
    "Header",
    "ProviderSentNoReport",
    "Reading",
    "ReleaseIsUnknown",
    "ReportBreaksOff",
    "open_report",
]


class Reading:
    """A report whose header is read, and whose figures come one after the other, once."""

    def __init__(self, header: Header, figures: Iterable[Figure], tally: Tally) -> None:
        self.header = header
        self._figures, self._findings = figures, tally

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures)

    @property
    def bad(self) -> int:
        """How many rows or entries stay out, so far."""
        return self._findings.bad

    @property
    def remarks(self) -> list[Remark]:
        """Why they stay out, and what somebody should look at: the first 500."""
        return self._findings.remarks

    @property
    def unknown_metrics(self) -> Counter[str]:
        """Metrics that are not of the standard, and how often they were passed over."""
        return self._findings.unknown_metrics


def open_report(file: BinaryIO, *, source: str = "") -> Reading:
    """Open a provider's report; ``source`` stands beside each of its figures.

    The file must be seekable and stay open while figures are read. Raises FileIsNoCounterReport, ReleaseIsUnknown,
    ProviderSentNoReport; reading on may raise ReportBreaksOff.
    """
    is_json = json_reports.begins_like_json(file)
    tally = Tally(EntryRemark if is_json else Remark)
    header, figures = (json_reports if is_json else tables).read(file, tally, source=source)
    return Reading(header, figures, tally)
