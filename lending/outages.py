"""Taking an item out of service and giving it back: the plan follows at once."""

from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from inventory.fitness import note_fitness
from inventory.models import Item
from inventory.models.item import Fitness
from lending.gate import behind_its_gate
from lending.models import Allocation, AllocationKind, Outage, OutageReason
from lending.planning import Planning, settle
from lending.refusals import EndsBeforeItStarts
from people import journal
from people.models import User

FITNESS_OF = {
    OutageReason.REPAIR: Fitness.IN_REPAIR,
    OutageReason.INSPECTION: Fitness.NEEDS_CHECK,
    OutageReason.CLEANING: Fitness.NEEDS_CHECK,
    OutageReason.INCOMPLETE: Fitness.INCOMPLETE,
}


@transaction.atomic
def take_out_of_service(
    item: Item,
    *,
    reason: OutageReason | str,
    by: User | None,
    starts_at: datetime | None = None,
    expected_end_at: datetime | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Outage:
    """The item cannot be lent from ``starts_at`` (default: now) on; who was promised it gets another, or is short.

    An outage of the same reason that is open already is returned as it is. Raises EndsBeforeItStarts.
    """
    now = now or timezone.now()
    starts_at = starts_at or now
    if expected_end_at is not None and expected_end_at <= max(starts_at, now):
        raise EndsBeforeItStarts
    item, product = behind_its_gate(item)
    known = Outage.objects.open().filter(item=item, reason=reason).first()
    if known is not None:
        return known
    planning = Planning.read(product, now)
    planning.fix(item.pk, starts_at, expected_end_at)
    with planning.writing(planning.settle(), reason=str(reason)):
        outage = Outage.objects.create(
            center_id=item.center_id,
            item=item,
            reason=reason,
            note=note,
            starts_at=starts_at,
            expected_end_at=expected_end_at,
            entered_by=by,
        )
        Allocation.objects.create(
            center_id=item.center_id,
            product_id=item.product_id,
            item=item,
            kind=AllocationKind.OUTAGE,
            outage=outage,
            blocked=DateTimeTZRange(starts_at, expected_end_at),
        )
    if fitness := FITNESS_OF.get(OutageReason(reason)):
        note_fitness(item, fitness, by=by)
    journal.record("item.out_of_service", item, by=by, outage=outage.pk, reason=str(reason))
    return outage


@transaction.atomic
def return_to_service(outage: Outage, *, by: User | None, now: datetime | None = None) -> Outage:
    """The item can be lent again, unless another outage holds it. Saying it twice changes nothing."""
    now = now or timezone.now()
    item, product = behind_its_gate(outage.item)
    outage = Outage.objects.select_for_update(no_key=True).get(pk=outage.pk)
    if outage.ended_at is not None:
        return outage
    outage.ended_at = max(now, outage.starts_at)
    outage.save(update_fields=["ended_at"])
    row = Allocation.objects.get(outage=outage)
    row.let_go(outage.ended_at)
    row.save(update_fields=["blocked", "holds"])
    if not Outage.objects.open().filter(item=item).exists():
        note_fitness(item, Fitness.OK, by=by)
    journal.record("item.back_in_service", item, by=by, outage=outage.pk)
    settle(product, now)
    return outage
