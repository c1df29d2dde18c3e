"""What COUNTER calls exceptions: why a report differs from what was asked for, or is refused (appendix D, table D.1).

Codes, messages and HTTP statuses are the standard's, letter by letter; they are for programs and are not translated.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_MESSAGES: Final = {
    1000: ("Service Not Available", 503),
    1010: ("Service Busy", 503),
    1011: ("Report Queued for Processing", 202),
    1020: ("Client has made too many requests", 429),
    1030: ("Insufficient Information to Process Request", 400),
    2000: ("Requestor Not Authorized to Access Service", 401),
    2010: ("Requestor is Not Authorized to Access Usage for Institution", 403),
    2011: ("Global Reports Not Supported", 403),
    2020: ("APIKey Invalid", 401),
    3020: ("Invalid Date Arguments", 400),
    3030: ("No Usage Available for Requested Dates", 200),
    3031: ("Usage Not Ready for Requested Dates", 200),
    3032: ("Usage No Longer Available for Requested Dates", 200),
    3040: ("Partial Data Returned", 200),
    3050: ("Parameter Not Recognized in this Context", 200),
    3060: ("Invalid ReportFilter Value", 200),
    3061: ("Incongruous ReportFilter Value", 200),
    3062: ("Invalid ReportAttribute Value", 200),
    3063: ("Components Not Supported", 200),
    3070: ("Required ReportFilter Missing", 200),
}
CODES: Final = tuple(_MESSAGES)
OUR_WARNINGS: Final = range(1, 1000)  # what the standard leaves to us


@dataclass(frozen=True, slots=True, order=True)
class Caveat:
    """One exception; ``details`` become its ``Data``. A warning of our own has a code below 1000 and its own words."""

    code: int
    details: str = ""
    words: str = ""

    @property
    def message(self) -> str:
        return self.words or _MESSAGES[self.code][0]

    @property
    def status(self) -> int:
        """The HTTP status of an answer that consists of this caveat alone; 200 where it stands in a report's header."""
        return 200 if self.code in OUR_WARNINGS else _MESSAGES[self.code][1]

    @property
    def is_refusal(self) -> bool:
        return self.status != 200

    def as_json(self) -> dict[str, int | str]:
        told: dict[str, int | str] = {"Code": self.code, "Message": self.message}
        return told | ({"Data": self.details} if self.details else {})

    def __str__(self) -> str:
        """As a table's header says it: ``3031: Usage Not Ready for Requested Dates (2026-10)``."""
        return f"{self.code}: {self.message}" + (f" ({self.details})" if self.details else "")


class ReportRefused(Exception):
    """No report: the request cannot be answered at all. An answer holds one caveat, that of the lowest code."""

    def __init__(self, caveats: Iterable[Caveat]) -> None:
        self.caveat = min(caveats)
        super().__init__(str(self.caveat))
