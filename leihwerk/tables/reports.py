"""What an import says: which rows are new, changed, the same or bad, and why."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from leihwerk.tables.limits import number


class Severity(StrEnum):
    """An error keeps its row out; a warning wants somebody to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Remark:
    """One thing to say about one cell or row, at the line its reader sees."""

    line: int
    column: str
    value: str
    reason: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = _("Zeile {line}").format(line=self.line) + (f", {self.column}" if self.column else "")
        return f"{place}: „{self.value}“ {self.reason}" if self.value else f"{place}: {self.reason}"


@dataclass(frozen=True)
class Change:
    """One row that makes or changes something: what, details of what is new, each changed fact before and after."""

    line: int
    subject: str
    differences: tuple[tuple[str, str, str], ...] = ()
    details: str = ""

    @property
    def facts(self) -> str:
        """All of it in one cell of a report."""
        changes = [f"{name}: {before or '–'} → {now or '–'}" for name, before, now in self.differences]
        return "; ".join([self.details, *changes] if self.details else changes)


@dataclass
class Report:
    """The whole answer of a dry run or an import. ``is_applied`` tells which."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    remarks: list[Remark] = field(default_factory=list)
    is_applied: bool = False
    notes: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.is_error]

    @property
    def warnings(self) -> list[Remark]:
        return [remark for remark in self.remarks if not remark.is_error]

    @property
    def bad(self) -> int:
        """How many rows stay out."""
        return len({remark.line for remark in self.errors})

    @property
    def has_changes(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def counts(self) -> dict[str, int]:
        """Plain figures, fit for the journal."""
        counts = {"new": len(self.new), "changed": len(self.changed), "unchanged": self.unchanged, "bad": self.bad}
        return counts | self.figures

    @property
    def summary(self) -> str:
        """12 neu, 3 geändert, 167 unverändert, 2 nicht übernommen."""
        sentence = _("{new} neu, {changed} geändert, {unchanged} unverändert, {bad} nicht übernommen")
        return sentence.format(**{name: number(count) for name, count in self.counts.items()})

    def as_json(self) -> dict[str, Any]:
        """Plain data from which ``from_json`` makes the same report."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Report":
        changes = {
            kind: [
                Change(**change | {"differences": tuple((name, old, now) for name, old, now in change["differences"])})
                for change in plain[kind]
            ]
            for kind in ("new", "changed")
        }
        remarks = [Remark(**remark | {"severity": Severity(remark["severity"])}) for remark in plain["remarks"]]
        return cls(**plain | changes | {"remarks": remarks})

    def as_rows(self) -> Iterator[list[str | int]]:
        """The report as a table of its own: errors first, then warnings, then what becomes of the rows."""
        yield [_("Art"), _("Zeile"), _("Spalte oder Eintrag"), _("Wert"), _("Bemerkung")]
        for remark in [*self.errors, *self.warnings]:
            kind = _("nicht übernommen") if remark.is_error else _("Hinweis")
            yield [kind, remark.line, remark.column, remark.value, remark.reason]
        for kind, changes in ((_("neu"), self.new), (_("geändert"), self.changed)):
            for change in changes:
                yield [kind, change.line, change.subject, "", change.facts]
