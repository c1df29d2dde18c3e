"""Take over a list of schools: the open data of the Land, or any table with numbers and names.

The Schulnummer is the natural key. A school that is marked closed, or is missing from a full list of its municipality,
is flagged closed and never deleted; it opens again when it returns. Only what the file says is written: what the desk
added (tour day, note, a second phone) is left alone. No letter is ever written by importing.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leihwerk.tables import Importer, Matched, Record, Report, read_watched
from leihwerk.tables.importers import unwatched
from leihwerk.tables.limits import number
from people import journal
from people.models import Center, Institution, User
from people.schools_import.columns import FIELDS
from people.schools_import.planning import Plan, is_inside

__all__ = ["SCHOOLS", "check", "run"]

BATCH: Final = 1000


def check(
    matched: Matched,
    *,
    center: Center,
    territory: Sequence[str] = (),
    is_excerpt: bool = False,
    today: date | None = None,
    progress: Callable[[int, int], None] = unwatched,
) -> Report:
    """Say what ``run`` would do, and write nothing. Raises ColumnsAreMissing."""
    return _plan(matched, center, territory, progress, is_excerpt=is_excerpt, today=today).report


@transaction.atomic
def run(
    matched: Matched,
    *,
    center: Center,
    by: User | None,
    territory: Sequence[str] = (),
    is_excerpt: bool = False,
    today: date | None = None,
    progress: Callable[[int, int], None] = unwatched,
) -> Report:
    """Write the good rows in one transaction; ``territory`` (Gemeindeschlüssel) leaves out schools elsewhere.

    ``is_excerpt`` keeps schools open that the file does not name. Raises ColumnsAreMissing.
    """
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    plan = _plan(matched, center, territory, progress, is_excerpt=is_excerpt, today=today)
    _write(plan)
    plan.report.is_applied = True
    counts: dict[str, Any] = {**plan.report.counts}
    journal.record("institutions.imported", center, by=by, **counts)
    return plan.report


def _plan(
    matched: Matched,
    center: Center,
    territory: Sequence[str],
    progress: Callable[[int, int], None],
    *,
    is_excerpt: bool,
    today: date | None,
) -> Plan:
    plan = Plan(center, today or timezone.localdate())
    records, elsewhere = read_watched(matched, FIELDS, progress), 0
    if territory and "municipality" not in matched.columns:
        plan.report.notes.append(_("Die Datei nennt keine Gemeindeschlüssel; darum gelten alle Zeilen."))
        territory = ()
    for record in records:
        if territory and _is_elsewhere(record, territory):
            elsewhere += 1
        else:
            plan.add(record)
    if elsewhere:
        plan.report.notes.append(_("Zeilen außerhalb des Gebiets: {n}.").format(n=number(elsewhere)))
    if not is_excerpt:
        plan.close_missing()
    return plan


def _is_elsewhere(record: Record, territory: Sequence[str]) -> bool:
    """A row so broken that its municipality is unknown is ours to report."""
    municipality = record.values.get("municipality")
    return not is_inside(municipality, territory) and not (record.is_bad and municipality is None)


def _write(plan: Plan) -> None:
    Institution.objects.bulk_create(plan.new, batch_size=BATCH)
    alike: dict[tuple[str, ...], list[Institution]] = defaultdict(list)
    for school, columns in plan.changed:
        alike[columns].append(school)
    for columns, schools in alike.items():
        Institution.objects.bulk_update(schools, columns, batch_size=BATCH)


SCHOOLS = Importer(FIELDS, check, run)
