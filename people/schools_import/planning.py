"""What a list of schools would change, before anything is changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Field as Column
from django.utils.translation import gettext as _

from leihwerk.tables import Change, Record, Remark, Report, Severity
from leihwerk.tables.cells import as_text
from leihwerk.tables.folding import fold
from people.models import Center, Institution
from people.models.institution import Channel, InstitutionKind
from people.schools_import import facts

CLOSING_SHARE: Final = 0.5  # a file that lacks more of a municipality's schools than this is an excerpt


@dataclass
class Plan:
    """A comparison of a file with the schools of a centre: the report, and the rows to write."""

    center: Center
    today: date
    report: Report = field(default_factory=Report)
    new: list[Institution] = field(default_factory=list)
    changed: list[tuple[Institution, tuple[str, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines: dict[str, int] = {}
        self._municipalities: set[str] = set()
        schools = self.center.institutions.filter(kind=InstitutionKind.SCHOOL)
        self._numbered = {school.school_number: school for school in schools if school.school_number}
        # Schools that somebody typed in without their number: the file may bring it.
        typed = [school for school in schools if not school.school_number]
        self._named = {fold(name): school for school in typed for name in (school.name, school.short_name) if name}

    def add(self, record: Record) -> None:
        """Take one row of the file into account."""
        self.report.remarks += record.remarks
        if record.is_bad or not self._is_first(record):
            return
        self._municipalities.add(record.values.get("municipality") or "")
        school = self._numbered.get(record.values["school_number"]) or self._named_by(record)
        stated = facts.stated(record.values, school=school, today=self.today)
        if school is None:
            self._create(record.line, stated)
        elif different := {name: value for name, value in stated.items() if getattr(school, name) != value}:
            self._change(record.line, school, different)
        else:
            self.report.unchanged += 1

    def close_missing(self) -> None:
        """A full list that no longer names a school says that it is closed. Nothing is deleted."""
        known = [school for school in self._numbered.values() if school.municipality in self._municipalities - {""}]
        missing = [school for school in known if not school.closed_on and school.school_number not in self._lines]
        counted, gone = (Counter(school.municipality for school in schools) for schools in (known, missing))
        for school in missing:
            if gone[school.municipality] <= counted[school.municipality] * CLOSING_SHARE:
                self._change(0, school, {"closed_on": self.today})
        for key in (key for key, count in gone.items() if count > counted[key] * CLOSING_SHARE):
            reason = _("{n} bekannte Schulen fehlen; die Datei sieht wie ein Auszug aus und schließt keine davon")
            self._warn(_("Gemeindeschlüssel"), key, reason.format(n=gone[key]))

    def _is_first(self, record: Record) -> bool:
        number = record.values["school_number"]
        first = self._lines.setdefault(number, record.line)
        if first != record.line:
            reason = _("steht schon in Zeile {line}").format(line=first)
            self.report.remarks.append(Remark(record.line, _("Schulnummer"), number, reason))
        return first == record.line

    def _named_by(self, record: Record) -> Institution | None:
        names = [record.values.get("short_name"), record.values.get("name_1")]
        found = next((self._named[fold(name)] for name in names if name and fold(name) in self._named), None)
        if found:
            self._named = {name: school for name, school in self._named.items() if school != found}
        return found

    def _create(self, line: int, stated: dict[str, Any]) -> None:
        channel = Channel.MAIL if stated.get("email") else Channel.PRINT
        school = Institution(center=self.center, kind=InstitutionKind.SCHOOL, channel=channel, **stated)
        self.new.append(school)
        details = f"{school.street}, {school.postal_code} {school.city}".strip(", ")
        self.report.new.append(Change(line, _subject(school), details=details))

    def _change(self, line: int, school: Institution, different: dict[str, Any]) -> None:
        differences = [(_label(name), as_text(getattr(school, name)), as_text(new)) for name, new in different.items()]
        self.report.changed.append(Change(line, _subject(school), tuple(differences)))
        for name, value in different.items():
            setattr(school, name, value)
        self.changed.append((school, tuple(sorted(different))))

    def _warn(self, column: str, value: str, reason: str) -> None:
        self.report.remarks.append(Remark(0, column, value, reason, Severity.WARNING))


def is_inside(municipality: str | None, territory: Sequence[str]) -> bool:
    """True if a Gemeindeschlüssel lies in the territory; one that ends in 000 stands for a whole Kreis."""
    return any((municipality or "").startswith(key.removesuffix("000")) for key in territory)


def _subject(school: Institution) -> str:
    return f"{school.school_number or '–'} · {school}"


def _label(name: str) -> str:
    column = Institution._meta.get_field(name)
    return str(column.verbose_name) if isinstance(column, Column) else name
