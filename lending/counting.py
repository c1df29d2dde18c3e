"""Counting what works in a case: whether it can be lent follows from the packing list's minimums."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from inventory.fitness import count_parts, is_complete_enough
from inventory.models import Item, Part
from lending.gate import gate
from lending.models import Outage, OutageReason
from lending.outages import return_to_service, take_out_of_service
from lending.refusals import WorkingOutOfRange
from people.models import User


@transaction.atomic
def count(item: Item, working: Mapping[Part, int], *, by: User, now: datetime | None = None) -> Item:
    """So many of each part work in ``item`` now; parts that are not named stay as they were.

    Too few, and it is out of service as incomplete; enough again, and it can be lent. Raises WorkingOutOfRange.
    """
    gate({item.product_id})
    for part, number in working.items():
        if part.product_id != item.product_id or not 0 <= number <= part.quantity:
            raise WorkingOutOfRange(part=part.name, most=part.quantity)
    count_parts(item, working, by=by)
    if is_complete_enough(item):
        for outage in Outage.objects.open().filter(item=item, reason=OutageReason.INCOMPLETE):
            return_to_service(outage, by=by, now=now)
    else:
        take_out_of_service(item, reason=OutageReason.INCOMPLETE, by=by, now=now)
    return Item.objects.get(pk=item.pk)
