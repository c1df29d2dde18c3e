"""A file that somebody uploaded for a source: looked at, its columns named where it is a table, taken over once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leihwerk.tables import Matched, Report, open_table
from leihwerk.tables.grids import Opened
from licenses.models import Source
from licenses.taking_in import reports, tables, writing
from licenses.taking_in.lines import Told
from people.models import Upload, User


def ask_readable(content: bytes) -> None:
    """Raises FileRefused for what is neither a report of COUNTER nor a table."""
    if not reports.is_report(content):
        open_table(content)


def source_of(upload: Upload) -> Source:
    return Source.objects.select_related("provider").get(center=upload.center_id, pk=upload.choices["source"])


def look(upload: Upload, source: Source) -> tuple[Opened, Matched] | None:
    """What a table's columns mean; None for a report of COUNTER, which says that itself."""
    content = bytes(upload.content)
    return None if reports.is_report(content) else tables.look(content, upload.columns or source.columns)


def read(upload: Upload, source: Source) -> Told:
    """Raises ColumnsAreMissing, NobodySaysWhichMonth, ReportBreaksOff."""
    looked = look(upload, source)
    if looked is None:
        return reports.read(bytes(upload.content))
    opened, matched = looked
    told = tables.lines(matched, platform=source.name)
    told.notes += opened.notes
    return told


@transaction.atomic
def name_columns(upload: Upload, *, columns: Mapping[str, str]) -> Upload:
    upload = Upload.objects.waiting().lock().get(pk=upload.pk)
    upload.columns = dict(columns)
    upload.save(update_fields=["columns"])
    return upload


@transaction.atomic
def take_over(upload: Upload, *, by: User, now: datetime | None = None) -> Report:
    """Take the months of the very file that was looked at, and forget the file; what its columns mean is remembered.

    Once: then its report is given. Raises what ``read`` raises; then nothing is written and the file is kept.
    """
    upload = Upload.objects.lock().get(pk=upload.pk)
    if upload.report is not None:
        return Report.from_json(upload.report)
    source = source_of(upload)
    report = writing.take_in(source, read(upload, source), by=by)
    if upload.columns:
        Source.objects.filter(pk=source.pk).update(columns=_by_heading(upload, source))
    upload.content, upload.report, upload.taken_over_at = b"", report.as_json(), now or timezone.now()
    upload.save(update_fields=["content", "report", "taken_over_at"])
    return report


def _by_heading(upload: Upload, source: Source) -> dict[str, str]:
    """In the next file the columns may stand in another order."""
    looked = look(upload, source)
    if looked is None:
        return dict(upload.columns)
    matched = looked[1]
    return {key: matched.headings[matched.columns[key]] if key in matched.columns else "" for key in upload.columns}
