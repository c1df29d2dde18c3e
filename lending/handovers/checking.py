"""May this very unit leave the house now?"""

from datetime import datetime

from inventory.models import Item
from inventory.models.item import Fitness, Life
from lending.models import Handover, Loan, Outage
from lending.refusals import (
    AlreadyScanned,
    ForeignThing,
    ItemIsInAKit,
    ItemIsOut,
    ItemIsOutOfService,
    ItemIsRetired,
    NeedsCheck,
)
from lending.returns import take_back
from people.models import User


def check_item(item: Item, handover: Handover, *, override: bool) -> None:
    """Raises ForeignThing, ItemIsRetired, ItemIsInAKit, AlreadyScanned, ItemIsOut, ItemIsOutOfService or NeedsCheck.

    What is out with others, out of service or unchecked may go all the same with ``override``: then it is a fact.
    """
    if item.center_id != handover.center_id:
        raise ForeignThing
    if item.life != Life.ACTIVE:
        raise ItemIsRetired
    if item.kit is not None:
        raise ItemIsInAKit(item=str(item), kit=str(item.kit))
    loan = Loan.objects.open().filter(item=item).select_related("institution").first()
    if loan is not None and loan.handover_id == handover.pk:
        raise AlreadyScanned
    if override:
        return
    if loan is not None:
        raise ItemIsOut(item=str(item), institution=str(loan.institution))
    outage = Outage.objects.open().filter(item=item, starts_at__lte=handover.happened_at).first()
    if outage is not None:
        raise ItemIsOutOfService(item=str(item), reason=outage.get_reason_display())
    if item.fitness == Fitness.NEEDS_CHECK:
        raise NeedsCheck(item=str(item))


def take_missed_return(item: Item, *, by: User, now: datetime) -> None:
    """It lies on the desk, so it came back: close the loan that says otherwise."""
    if Loan.objects.open().filter(item=item).exists():
        take_back(item, by=by, happened_at=now, now=now)
