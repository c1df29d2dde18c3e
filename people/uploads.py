"""Between uploading a table and taking it over lies a look at it. What was looked at is what is taken over."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from leihwerk.tables import Importer, Report, match, open_table
from leihwerk.tables.columns import Matched
from leihwerk.tables.grids import Opened
from people.models import Center, Upload, User

KEPT: Final = timedelta(days=1)


def keep(
    center: Center,
    *,
    by: User,
    kind: str,
    name: str,
    content: bytes,
    choices: Mapping[str, Any],
    reader: Callable[[bytes], object] = open_table,
) -> Upload:
    """Keep a file for the person who uploaded it. Raises FileRefused for what ``reader`` cannot read; then nothing is
    kept."""
    reader(content)
    return Upload.objects.create(
        center=center, user=by, kind=kind, name=name[-200:], content=content, choices=dict(choices)
    )


def look(upload: Upload, importer: Importer) -> tuple[Opened, Matched]:
    """What the file is, and which of its columns are known."""
    opened = open_table(bytes(upload.content))
    return opened, match(opened, importer.fields, by_hand=upload.columns)


@transaction.atomic
def assign(upload: Upload, importer: Importer, *, columns: Mapping[str, str]) -> Upload:
    """Say by hand which column means what. Raises ColumnIsUnknown."""
    upload = Upload.objects.waiting().lock().get(pk=upload.pk)
    upload.columns = dict(columns)
    look(upload, importer)
    upload.save(update_fields=["columns"])
    return upload


@transaction.atomic
def take_over(upload: Upload, importer: Importer, *, by: User, now: datetime | None = None) -> Report:
    """Import the good rows of the very file that was looked at, and forget the file. Once: then its report is given.

    Raises ColumnsAreMissing, and what the importer raises; then nothing is written and the file is kept.
    """
    upload = Upload.objects.lock().get(pk=upload.pk)
    if upload.report is not None:
        return Report.from_json(upload.report)
    _opened, matched = look(upload, importer)
    report = importer.run(matched, center=upload.center, by=by, **upload.choices)
    upload.content, upload.report, upload.taken_over_at = b"", report.as_json(), now or timezone.now()
    upload.save(update_fields=["content", "report", "taken_over_at"])
    return report


def discard(upload: Upload) -> None:
    """The person does not want it after all."""
    upload.delete()


def forget_old(*, now: datetime | None = None) -> int:
    """Delete what was uploaded more than a day ago, taken over or not; how many."""
    return Upload.objects.filter(uploaded_at__lt=(now or timezone.now()) - KEPT).delete()[0]
