"""Months that a source told anew take the place of what it told before, all at once; what is the same stays."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from leihwerk.tables import Change, Remark, Report
from leihwerk.tables.limits import number
from licenses.counter import months
from licenses.models import ReportedFigure, ReportedTitle, Source
from licenses.models.source import ReportedFigureQuerySet
from licenses.taking_in.lines import Line, Told
from licenses.taking_in.titles import Known, digest_of, reported
from people import journal
from people.models import Institution, User

BATCH: Final = 1000
REMARKS: Final = 500


class Cell(NamedTuple):
    """What one figure is of: two lines of a file that say the same are one figure."""

    digest: str
    metric: str
    institution: int | None


@dataclass
class Plan:
    """A comparison of what a file tells with what the source told before."""

    source: Source
    told: Told
    report: Report

    def __post_init__(self) -> None:
        self.known, self.contents = (
            Known(self.source),
            {line.content: digest_of(line.content) for line in self.told.lines},
        )
        self.numbers: dict[date, Counter[Cell]] = {month: Counter() for month in sorted(self.told.months)}

    def draw(self) -> "Plan":
        self._sum()
        before = self._before()
        for month, cells in self.numbers.items():
            self._compare(month, before.get(month), cells)
        if gone := sum(len(cells.keys() - self.numbers[month].keys()) for month, cells in before.items()):
            sentence = _("Zahlen, die da sind und in dieser Datei nicht mehr vorkommen: {n}. Sie fallen weg.")
            self.report.notes.append(sentence.format(n=number(gone)))
        unknown = sum(self.known.medium_id(content) is None for content in self.contents)
        if unknown:
            sentence = _("Titel, die noch keinem Ihrer Medien zugeordnet sind: {n}. Das können Sie danach tun.")
            self.report.notes.append(sentence.format(n=number(unknown)))
        return self

    @property
    def rewritten(self) -> list[date]:
        return sorted(months_of(self.report.new) | months_of(self.report.changed))

    def _sum(self) -> None:
        schools = self._schools()
        for line in self.told.lines:
            if line.school and line.school not in schools:
                self._remark(line)
            elif line.number:
                cell = Cell(self.contents[line.content], str(line.metric), schools.get(line.school))
                self.numbers[line.month][cell] += line.number

    def _schools(self) -> dict[str, int]:
        asked = {line.school for line in self.told.lines if line.school}
        found = Institution.objects.filter(center=self.source.center_id, school_number__in=asked)
        return {str(known): pk for known, pk in found.values_list("school_number", "pk")}

    def _remark(self, line: Line) -> None:
        if len(self.report.remarks) < REMARKS:
            reason = _("ist keine Schulnummer Ihres Medienzentrums")
            self.report.remarks.append(Remark(line.line, _("Schulnummer"), line.school, reason))

    def _before(self) -> dict[date, Counter[Cell]]:
        rows = _standing(self.source, self.told).filter(month__in=self.numbers).order_by()
        found: dict[date, Counter[Cell]] = {}
        for month, digest, metric, institution, count in rows.values_list(
            "month", "title__digest", "metric", "institution_id", "number"
        ):
            found.setdefault(month, Counter())[Cell(digest, metric, institution)] = count
        return found

    def _compare(self, month: date, before: Counter[Cell] | None, now: Counter[Cell]) -> None:
        label = _("{n} Zahlen zu {titles} Titeln").format(
            n=number(len(now)), titles=number(len({cell.digest for cell in now}))
        )
        if (before or Counter()) == now:
            self.report.unchanged += 1
        elif before is None:
            self.report.new.append(Change(0, months.key(month), details=label))
        else:
            sums = (_("Summe"), number(before.total()), number(now.total()))
            self.report.changed.append(Change(0, months.key(month), (sums,), label))


def check(source: Source, told: Told) -> Report:
    """Say what ``take_in`` would do, and write nothing."""
    return _plan(source, told).report


@transaction.atomic
def take_in(source: Source, told: Told, *, by: User | None) -> Report:
    """Write every month that the file speaks of, whole, in place of what a file of its kind told before. The same file
    again changes nothing."""
    source = Source.objects.lock().get(pk=source.pk)
    plan = _plan(source, told)
    written = _write(plan)
    plan.report.is_applied = True
    if plan.rewritten:
        told_of = [months.key(month) for month in plan.rewritten]
        of: dict[str, Any] = {"of": "platform"} if told.is_of_platform else {}
        journal.record("usage.taken_in", source, by=by, months=told_of, figures=written, **of)
    return plan.report


def months_of(changes: Iterable[Change]) -> set[date]:
    found = (months.from_key(change.subject) for change in changes)
    return {month for month in found if month is not None}


def _plan(source: Source, told: Told) -> Plan:
    return Plan(source, told, Report(remarks=list(told.remarks), notes=list(told.notes))).draw()


def _write(plan: Plan) -> int:
    source = plan.source
    titles = dict(source.titles.values_list("digest", "pk"))
    wanted = {cell.digest for month in plan.rewritten for cell in plan.numbers[month]}
    new = {
        digest: reported(source, content, plan.known.medium_id(content))
        for content, digest in plan.contents.items()
        if digest in wanted and digest not in titles
    }
    titles |= {row.digest: row.pk for row in ReportedTitle.objects.bulk_create(new.values(), batch_size=BATCH)}
    _clear(source, plan.told, plan.rewritten)
    rows = [
        ReportedFigure(
            center_id=source.center_id,
            source=source,
            month=month,
            title_id=titles[cell.digest],
            metric=cell.metric,
            institution_id=cell.institution,
            number=count,
        )
        for month in plan.rewritten
        for cell, count in plan.numbers[month].items()
    ]
    return len(ReportedFigure.objects.bulk_create(rows, batch_size=BATCH))


def _clear(source: Source, told: Told, rewritten: list[date]) -> None:
    _standing(source, told).filter(month__in=rewritten).delete()


def _standing(source: Source, told: Told) -> ReportedFigureQuerySet:
    """What stands there of the kind that is told: of whole platforms, or of items."""
    rows = ReportedFigure.objects.filter(source=source)
    return rows.of_platforms() if told.is_of_platform else rows.of_items()


def total_of(source: Source) -> list[tuple[date, bool, int]]:
    """The months of a source with the sum of its figures, the latest first; those of its platforms (True) apart."""
    rows: Any = ReportedFigure.objects.filter(source=source).with_platform()
    told = rows.order_by("-month", "is_of_platform").values_list("month", "is_of_platform")
    return list(told.annotate(total=Sum("number")))
