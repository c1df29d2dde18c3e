"""What the import commands share: open, match, dry run or apply, progress, report."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from leihwerk.errors import DomainError
from leihwerk.tables import Importer, Matched, Report, csv_bytes, match, open_table, xlsx_bytes
from leihwerk.tables.limits import number
from people import once
from people.models import Center

SHOWN = 20  # remarks on a terminal; the rest is in --report


class ImportCommand(BaseCommand):
    """A dry run unless --apply is given; then the good rows, in one transaction."""

    importer: ClassVar[Importer]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, XLSX oder ODS")
        parser.add_argument("--center", required=True, metavar="SLUG", help="Kurzname des Medienzentrums")
        parser.add_argument(
            "--column", action="append", default=[], metavar="ANGABE=ÜBERSCHRIFT", help="Zuordnung von Hand"
        )
        parser.add_argument("--report", type=Path, metavar="DATEI", help="Bericht als .xlsx oder .csv")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--apply", action="store_true", help="übernehmen")
        how.add_argument("--dry-run", action="store_true", help="nur zeigen, was geschähe (so auch ohne Angabe)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self._import(options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def choices(self, options: dict[str, Any]) -> dict[str, Any]:
        """What this importer wants to know besides the table."""
        del options
        return {}

    def _import(self, options: dict[str, Any]) -> None:
        center = _center(options["center"])
        matched = self._match(options)
        known: dict[str, Any] = {"center": center, "progress": self._show_progress} | self.choices(options)
        if options["apply"]:
            report = once.run(lambda: self.importer.run(matched, by=None, **known))
        else:
            report = self.importer.check(matched, **known)
        self._tell(report)
        if options["report"]:
            _save(report, options["report"])

    def _match(self, options: dict[str, Any]) -> Matched:
        try:
            opened = open_table(options["file"].read_bytes())
        except OSError as trouble:
            raise CommandError(_("{file} lässt sich nicht lesen.").format(file=options["file"])) from trouble
        matched = match(opened, self.importer.fields, by_hand=_by_hand(options["column"]))
        self.stdout.write(f"{options['file'].name}: {opened.format}")
        for note in opened.notes:
            self.stdout.write(self.style.WARNING(note))
        found = [f"{field.label} ← {matched.headings[matched.columns[field.key]]}"
                 for field in self.importer.fields if field.key in matched.columns]  # fmt: skip
        self.stdout.write(_("Erkannt: {columns}").format(columns=", ".join(found) or "–"))
        if matched.unused:
            self.stdout.write(_("Nicht verwendet: {columns}").format(columns=", ".join(matched.unused)))
        return matched

    def _show_progress(self, done: int, total: int) -> None:
        if self.stdout.isatty() and (done % 250 == 0 or done == total):
            line = _("{done} von {total} Zeilen").format(done=number(done), total=number(total))
            self.stdout.write(f"\r{line}", ending="" if done < total else "\n")
            self.stdout.flush()

    def _tell(self, report: Report) -> None:
        for note in report.notes:
            self.stdout.write(note)
        for remark in [*report.errors, *report.warnings][:SHOWN]:
            style = self.style.ERROR if remark.is_error else self.style.WARNING
            self.stdout.write(style(str(remark)))
        if len(report.remarks) > SHOWN:
            rest = _("… und {n} weitere Bemerkungen; alle stehen im Bericht (--report).")
            self.stdout.write(rest.format(n=number(len(report.remarks) - SHOWN)))
        self.stdout.write(self.style.SUCCESS(report.summary))
        if not report.is_applied:
            self.stdout.write(_("Das war ein Probelauf, nichts wurde gespeichert. Mit --apply wird übernommen."))


def _center(slug: str) -> Center:
    try:
        return Center.objects.get(slug=slug)
    except Center.DoesNotExist:
        known = ", ".join(Center.objects.values_list("slug", flat=True)) or "–"
        sentence = _("Ein Medienzentrum „{slug}“ gibt es nicht. Bekannt sind: {known}.")
        raise CommandError(sentence.format(slug=slug, known=known)) from None


def _by_hand(assignments: list[str]) -> dict[str, str]:
    by_hand = {}
    for assignment in assignments:
        name, separator, heading = assignment.partition("=")
        if not separator:
            raise CommandError(_("„{words}“ ist keine Zuordnung der Form ANGABE=ÜBERSCHRIFT.").format(words=assignment))
        by_hand[name.strip()] = heading.strip()
    return by_hand


def _save(report: Report, path: Path) -> None:
    writers = {".xlsx": lambda rows: xlsx_bytes(rows, title=_("Bericht")), ".csv": csv_bytes}
    if path.suffix.lower() not in writers:
        raise CommandError(_("Der Bericht muss auf .xlsx oder .csv enden."))
    path.write_bytes(writers[path.suffix.lower()](report.as_rows()))
