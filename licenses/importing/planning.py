"""What a list of media would change, before anything is changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.db.models import Field as Column
from django.utils.translation import gettext as _

from inventory.importing.names import Named, sort_keys
from leihwerk.tables import Change, Record, Remark, Report, Severity
from leihwerk.tables.cells import CellIsWrong, as_text
from licenses.importing.agreeing import Agreements
from licenses.importing.licence_cells import Licence, licence
from licenses.languages import name_of
from licenses.models import KINDS_BY_PREFIX, Medium, MediumKind, Provider
from people.models import Center

COPIED: Final = (
    "title", "number", "kind", "runtime_minutes", "year", "subjects", "levels", "age_rating", "languages",
    "subtitles", "description", "link",
)  # fmt: skip
SPOKEN: Final = frozenset({"languages", "subtitles"})


@dataclass
class Plan:
    """A comparison of a file with what a centre has: the report, the rows to write, and the contracts that its
    licences come to. ``licences`` counts the rows that tell of one, ``unlicensed`` those of no kind we know."""

    center: Center
    today: date
    records: list[Record]
    report: Report = field(default_factory=Report)
    new: list[Medium] = field(default_factory=list)
    changed: list[tuple[Medium, tuple[str, ...]]] = field(default_factory=list)
    licences: int = 0
    unlicensed: int = 0

    def __post_init__(self) -> None:
        self.no_provider = _("Ohne Anbieter")
        said = {
            record.values[name] for record in self.records for name in ("title", "provider") if record.values.get(name)
        }
        self.keys = sort_keys({*said, self.no_provider})
        self.providers = Named(Provider.objects.filter(center=self.center), self.keys)
        numbers = {_key(record.values["number"]) for record in self.records if record.values.get("number")}
        known = Medium.objects.filter(center=self.center).select_related("provider")
        self._by_number = {_key(medium.number): medium for medium in known if medium.number}
        # A row without a number means a medium that has none, or else one that no other row means.
        ordered = sorted(known, key=lambda medium: (not medium.number, -medium.pk))
        self._by_title = {
            (str(medium.sort_title), str(medium.provider.sort_name)): medium
            for medium in ordered
            if _key(medium.number or "") not in numbers
        }
        self.agreements = Agreements(self.center, self.today)

    def draw(self) -> "Plan":
        """Go through all rows: is the medium known, and what would be new about it?"""
        lines: dict[Any, int] = {}
        for record in self.records:
            if self._is_good(record, lines):
                self._take(record)
        self.report.remarks.sort(key=lambda remark: remark.line)
        self.report.figures = {
            "providers": len(self.providers.new),
            "licences": self.licences,
            "contracts": len(self.agreements.contracts),
            "periods": len(self.agreements.periods),
            "entitlements": len(self.agreements.given),
            "scopes": len(self.agreements.places.new),
        }
        self.report.notes += self._notes()
        return self

    def _notes(self) -> Iterable[str]:
        if self.providers.new:
            yield _("Dazu kommen neu: Anbieter {n}.").format(n=len(self.providers.new))
        if self.agreements.given:
            sentence = _(
                "Aus den Lizenzangaben kommen neu: Nutzungsrechte {entitlements}, Verträge {contracts}, "
                "Laufzeiten {periods}, Geltungsbereiche {scopes}."
            )
            yield sentence.format(**self.report.figures)
        if nowhere := sum(not given.rights.scopes for given in self.agreements.given):
            sentence = _(
                "Nutzungsrechte ohne Geltungsbereich: {n}. Sie gelten erst, wenn Sie im Vertrag eintragen, für wen."
            )
            yield sentence.format(n=nowhere)
        if self.unlicensed:
            sentence = _("Zeilen mit Lizenzangaben ohne bekannte Lizenzart: {n}. Für sie entsteht kein Vertrag.")
            yield sentence.format(n=self.unlicensed)

    def _is_good(self, record: Record, lines: dict[Any, int]) -> bool:
        self.report.remarks += record.remarks
        if record.is_bad:
            return False
        first = lines.setdefault(self._identity(record), record.line)
        if first != record.line:
            reason = _("steht schon in Zeile {line}").format(line=first)
            subject = record.values.get("number") or record.values["title"]
            self.report.remarks.append(Remark(record.line, _("Titel"), subject, reason))
        return first == record.line

    def _identity(self, record: Record) -> Any:
        """The number tells a medium from all others; without one its title does, with its provider."""
        if record.values.get("number"):
            return _key(record.values["number"])
        return self.keys[record.values["title"]], self.keys[self._provider_name(record)]

    def _provider_name(self, record: Record) -> str:
        return str(record.values.get("provider") or self.no_provider)

    def _take(self, record: Record) -> None:
        identity = self._identity(record)
        known = self._by_number.get(identity) if isinstance(identity, str) else self._by_title.get(identity)
        medium = self._make(record) if known is None else self._compare(record, known)
        try:
            told = licence(record.values)
        except CellIsWrong as wrong:
            self._remark(record, _("gültig bis"), as_text(record.values["ends_on"]), wrong)
            return
        if told is not None:
            self._license(record, medium, told)

    def _license(self, record: Record, medium: Medium, told: Licence) -> None:
        self.licences += 1
        if told.kind is None or not told.kind.preset:
            self.unlicensed += 1
            return
        try:
            agreed = self.agreements.take(medium, told)
        except CellIsWrong as wrong:
            self._remark(record, _("Vertrag"), _subject(medium), wrong)
            return
        if agreed:
            self._tell(record.line, medium, agreed)

    def _tell(self, line: int, medium: Medium, agreed: str) -> None:
        """Say of the row that just went by in which contract it will stand."""
        new, changed = self.report.new, self.report.changed
        told = (_("Nutzungsrecht"), "", agreed)
        if new and new[-1].line == line:
            new[-1] = replace(new[-1], differences=(told,))
        elif changed and changed[-1].line == line:
            changed[-1] = replace(changed[-1], differences=(*changed[-1].differences, told))
        else:
            self.report.unchanged -= 1
            changed.append(Change(line, _subject(medium), (told,)))

    def _remark(self, record: Record, column: str, value: str, wrong: CellIsWrong) -> None:
        self.report.remarks.append(Remark(record.line, column, value, str(wrong), Severity.WARNING))

    def _make(self, record: Record) -> Medium:
        facts = {name: record.values[name] for name in COPIED if record.values.get(name) is not None}
        facts.setdefault("kind", kind_by_number(record.values.get("number")))
        medium = Medium(center=self.center, provider=self._provider(record), **facts)
        self.new.append(medium)
        self.report.new.append(Change(record.line, _subject(medium), details=summary(medium)))
        return medium

    def _compare(self, record: Record, medium: Medium) -> Medium:
        """A blank says nothing, so it overwrites nothing."""
        wanted = {
            name: record.values[name]
            for name in COPIED
            if name != "number" and record.values.get(name) not in (None, "", [])
        }
        if record.values.get("provider"):
            wanted["provider"] = self._provider(record)
        different = {name: value for name, value in wanted.items() if getattr(medium, name) != value}
        if not different:
            self.report.unchanged += 1
            return medium
        told = tuple(
            (label(name), shown(name, getattr(medium, name)), shown(name, it)) for name, it in different.items()
        )
        for name, value in different.items():
            setattr(medium, name, value)
        self.changed.append((medium, tuple(sorted(different))))
        self.report.changed.append(Change(record.line, _subject(medium), told))
        return medium

    def _provider(self, record: Record) -> Provider:
        name = self._provider_name(record)
        return self.providers.get_or_make(name, lambda: Provider(center=self.center, name=name))


def kind_by_number(number: str | None) -> MediumKind:
    """What the first digits of a media centre's number say; other numbers say nothing."""
    is_ours = number is not None and number.isdigit() and len(number) >= 7
    return KINDS_BY_PREFIX.get(str(number)[:2], MediumKind.OTHER) if is_ours else MediumKind.OTHER


def summary(medium: Medium) -> str:
    """What one wants to see of a new medium before it is taken over."""
    length = _("{n} min").format(n=medium.runtime_minutes) if medium.runtime_minutes else ""
    lists: Iterable[str] = (", ".join(medium.subjects), ", ".join(medium.levels))
    facts = (medium.get_kind_display(), str(medium.provider), length, as_text(medium.year), *lists)
    return " · ".join(filter(None, facts))


def label(name: str) -> str:
    column = Medium._meta.get_field(name)
    return str(column.verbose_name) if isinstance(column, Column) else name


def shown(name: str, value: Any) -> str:
    """A fact as the report shows it."""
    if isinstance(value, list):
        return ", ".join(name_of(word) if name in SPOKEN else word for word in value)
    if name == "kind":
        return str(MediumKind(value).label)
    return as_text(value) if value is None or isinstance(value, str | int) else str(value)


def _subject(medium: Medium) -> str:
    return f"{medium.number} · {medium.title}" if medium.number else medium.title


def _key(number: str) -> str:
    """Numbers that differ in case only are one number: people who type them do not tell them apart."""
    return number.casefold()
