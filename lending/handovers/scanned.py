from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inventory.models import Item
from lending.gate import gate
from lending.handovers.closing import still_open
from lending.handovers.giving import give
from lending.models import Handover, Loan
from lending.refusals import HandoverRefused
from lending.rulebook import Rulebook
from people.models import User


@transaction.atomic
def hand_over(
    handover: Handover,
    item: Item,
    *,
    by: User,
    add: bool = False,
    override: bool = False,
    now: datetime | None = None,
) -> Loan:
    """One scan at the desk becomes one loan: put ``item`` into the institution's hands, on the slip ``handover``.

    With a reservation, the unit stands in for one that is planned there; another unit than the planned one swaps the
    plan if nobody is harmed. ``add`` lends it beside the reservation. ``override`` is for what happened all the same
    (and for staff who may): a missed return is implied, and whom it was promised to goes to the worklist.

    Raises HandoverIsFinished, NotInReservation, ItemIsPromised, and as ``checking.Check``.
    """
    products = gate({item.product_id})
    handover = still_open(handover)
    book = Rulebook.of(handover.institution.center)
    try:
        (loan,) = give(
            handover, [item], products, book=book, by=by, add=add, override=override, now=now or timezone.now()
        )
    except HandoverRefused as refused:
        raise refused.facts["reasons"][item.pk] from None
    return loan
