"""Take over a list of media: titles with their providers, and the contracts that its licences come to.

The number is the natural key; without one, title and provider together. A file creates and describes media; contracts
and rights it only adds (``licenses.importing.agreeing``), so that nothing is undone that somebody wrote by hand.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from leihwerk.constraints import refusing
from leihwerk.tables import Importer, Matched, Report, read_watched
from leihwerk.tables.importers import unwatched
from licenses.errors import MediumNumberIsTaken
from licenses.importing.columns import FIELDS
from licenses.importing.planning import Plan
from licenses.importing.writing import write
from licenses.models import Medium, Provider
from people import journal
from people.models import Center, User

__all__ = ["MEDIA", "check", "run"]

BATCH: Final = 1000


def check(
    matched: Matched,
    *,
    center: Center,
    today: date | None = None,
    progress: Callable[[int, int], None] = unwatched,
) -> Report:
    """Say what ``run`` would do, and write nothing. Raises ColumnsAreMissing."""
    return Plan(center, today or timezone.localdate(), [*read_watched(matched, FIELDS, progress)]).draw().report


@transaction.atomic
def run(
    matched: Matched,
    *,
    center: Center,
    by: User | None,
    today: date | None = None,
    progress: Callable[[int, int], None] = unwatched,
) -> Report:
    """Write the good rows in one transaction. Raises ColumnsAreMissing, and where somebody was quicker
    MediumNumberIsTaken, ContractNumberIsTaken, PeriodsOverlap or NameIsTaken."""
    records = [*read_watched(matched, FIELDS, progress)]
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    plan = Plan(center, today or timezone.localdate(), records).draw()
    _write(plan, by=by)
    write(plan.agreements, by=by)
    plan.report.is_applied = True
    counts: dict[str, Any] = {**plan.report.counts}
    journal.record("media.imported", center, by=by, **counts)
    return plan.report


def _write(plan: Plan, *, by: User | None) -> None:
    Provider.objects.bulk_create(plan.providers.new, batch_size=BATCH)
    alike: dict[tuple[str, ...], list[Medium]] = defaultdict(list)
    for medium, columns in plan.changed:
        alike[columns].append(medium)
    with refusing("medium_number_is_used_once", MediumNumberIsTaken(number="…")):
        Medium.objects.bulk_create(plan.new, batch_size=BATCH)
        for columns, media in alike.items():
            Medium.objects.bulk_update(media, columns, batch_size=BATCH)
    journal.record_all("provider.created", ((it, {}) for it in plan.providers.new), by=by)
    journal.record_all("medium.created", ((it, {"provider": it.provider_id}) for it in plan.new), by=by)
    journal.record_all("medium.changed", ((it, {"fields": list(columns)}) for it, columns in plan.changed), by=by)


MEDIA: Final = Importer(FIELDS, check, run)
