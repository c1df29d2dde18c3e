"""What a report says about itself, and what was found wrong with its rows while it was read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from leihwerk.tables import Remark, Severity
from leihwerk.tables.grids import clean
from licenses.counter.figures import Content
from licenses.counter.identifiers import ContentIds
from licenses.counter.metrics import Metric
from licenses.counter.reading.refusals import FileIsNoCounterReport, ReleaseIsUnknown

REPORTS: Final = ("PR", "DR", "TR", "IR")
_REMARKS_KEPT: Final = 500
_METRICS_KEPT: Final = 50
_LONGEST: Final = 2_000  # characters of a title or an identifier
_SHOWN: Final = 80
_OLD_ACCESS_TYPES: Final = {"OA_Gold": "Open", "OA_Delayed": "Open", "Other_Free_To_Read": "Free_To_Read"}


class EntryRemark(Remark):
    """A remark about an entry of JSON, where ``line`` is its place among the items."""

    def __str__(self) -> str:
        place = _("Eintrag {n}").format(n=self.line) + (f", {self.column}" if self.column else "")
        return f"{place}: „{self.value}“ {self.reason}" if self.value else f"{place}: {self.reason}"


@dataclass(frozen=True)
class Header:
    """Who tells what about whom, for which months (None: the report does not say)."""

    report_id: str
    release: str
    institution: str = ""
    institution_ids: tuple[str, ...] = ()
    begin: date | None = None
    end: date | None = None
    created: str = ""
    created_by: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def codes(self) -> list[int]:
        """The codes of the caveats: with 3031 there is more to come, with 3030 there is not."""
        numbers = [caveat.partition(":")[0] for caveat in self.caveats]
        return [int(number) for number in numbers if number.isascii() and number.isdecimal() and len(number) < 6]

    def or_refuse(self) -> "Header":
        """Return itself. Raises FileIsNoCounterReport or ReleaseIsUnknown."""
        if not self.report_id.startswith(REPORTS):
            raise FileIsNoCounterReport(what=_("Report_ID „{name}“").format(name=self.report_id[:_SHOWN]))
        if self.release not in {"5", "5.1"} and not self.release.startswith("5.0"):
            raise ReleaseIsUnknown(release=self.release[:_SHOWN] or "?")
        return self


def legible(words: str) -> str:
    """What a file says, as it may stand in a sentence: without what no page can show and no database keep."""
    return str(clean(words) or "")[:_SHOWN]


class RowIsWrong(Exception):
    """A row or an entry that stays out."""

    def __init__(self, column: str, value: object, reason: str) -> None:
        shown = str(value) if isinstance(value, str | int | float) else ""
        self.column, self.value, self.reason = legible(column), legible(shown), reason
        super().__init__(reason)


@dataclass
class Tally:
    """Grows while a report is read: what stays out and why, and metrics that are not known here."""

    remark_class: type[Remark] = Remark
    remarks: list[Remark] = field(default_factory=list)
    bad: int = 0
    unknown_metrics: Counter[str] = field(default_factory=Counter)

    def leave_out(self, line: int, wrong: RowIsWrong) -> None:
        self.bad += 1
        self._keep(self.remark_class(line, wrong.column, wrong.value, wrong.reason))

    def doubt(self, line: int, column: str, value: str, reason: str) -> None:
        self._keep(self.remark_class(line, column, value[:_SHOWN], reason, Severity.WARNING))

    def metric(self, name: str) -> Metric | None:
        """The metric of that name; an unknown one is noted and passed over."""
        try:
            return Metric(name)
        except ValueError:
            named = legible(name) or "–"
            if named in self.unknown_metrics or len(self.unknown_metrics) < _METRICS_KEPT:
                self.unknown_metrics[named] += 1
            return None

    def _keep(self, remark: Remark) -> None:
        if len(self.remarks) < _REMARKS_KEPT:
            self.remarks.append(remark)


def content(values: Mapping[str, str], *, ids: Mapping[str, str], publisher_ids: tuple[str, ...]) -> Content:
    """The item of a row or an entry, by the names COUNTER gives. Raises RowIsWrong."""
    for name, value in {**values, **ids}.items():
        if len(value) > _LONGEST:
            raise RowIsWrong(name, value, _("ist länger als {n} Zeichen").format(n=_LONGEST))
    platform = values.get("Platform", "")
    if len(platform) < 2:
        raise RowIsWrong("Platform", platform, _("nennt keine Plattform"))
    access_type = values.get("Access_Type", "")
    return Content(
        title=next((values[name] for name in ("Item", "Title", "Database") if values.get(name)), ""),
        publisher=values.get("Publisher", ""),
        platform=platform,
        ids=ContentIds.from_names(ids),
        publisher_ids=tuple(sorted(publisher_ids)),
        data_type=values.get("Data_Type", ""),
        yop=values.get("YOP", ""),
        access_type=_OLD_ACCESS_TYPES.get(access_type, access_type),
        access_method=values.get("Access_Method", ""),
    )
