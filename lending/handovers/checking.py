"""May these very units leave the house now?"""

from collections.abc import Sequence
from functools import cached_property

from inventory.models import Item
from inventory.models.item import Fitness, Life
from leihwerk.errors import DomainError
from lending.models import Handover, Loan, Outage, Suspension
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
from lending.rulebook import Rulebook
from lending.suspending import in_force, refuse_suspended
from licenses.copies import not_lendable
from people.models import User


class Check:
    """What stands against units on the desk. What is out with others, out of service or unchecked may go all the same
    with ``override``, and to those who are suspended: then it is a fact."""

    def __init__(self, items: Sequence[Item], handover: Handover, book: Rulebook, *, override: bool) -> None:
        self.handover, self.book, self.override = handover, book, override
        self.loans = {loan.item_id: loan for loan in Loan.objects.open().filter(item__in=items)}
        outages = Outage.objects.open().filter(item__in=items, starts_at__lte=handover.happened_at)
        self.not_lendable = {} if override else self._not_lendable(items)
        self.outages = {outage.item_id: outage for outage in ([] if override else outages.reverse())}

    def __call__(self, item: Item) -> None:
        """Raises ForeignThing, ItemIsRetired, ItemIsInAKit, AlreadyScanned, ItemIsOut, ItemIsOutOfService, NeedsCheck,
        CopyIsForOnePlace, CopyIsNotLendable or InstitutionSuspended."""
        if item.center_id != self.handover.center_id:
            raise ForeignThing
        if item.life != Life.ACTIVE:
            raise ItemIsRetired
        if item.kit is not None:
            kit = {"kind": "instead", "item": item.kit.pk, "name": str(item.kit)}
            raise ItemIsInAKit(item=str(item), kit=str(item.kit), alternatives=[kit])
        loan = self.loans.get(item.pk)
        if loan is not None and loan.handover_id == self.handover.pk:
            raise AlreadyScanned
        if self.override:
            return
        if loan is not None:
            raise ItemIsOut(item=str(item), institution=str(loan.institution))
        if item.pk in self.outages:
            raise ItemIsOutOfService(item=str(item), reason=self.outages[item.pk].get_reason_display())
        if item.fitness == Fitness.NEEDS_CHECK:
            raise NeedsCheck(item=str(item))
        if item.product_id in self.not_lendable:
            raise self.not_lendable[item.product_id]
        refuse_suspended(self.suspensions, item.product)

    def _not_lendable(self, items: Sequence[Item]) -> dict[int, DomainError]:
        products = {item.product_id for item in items}
        return not_lendable(products, self.handover.institution, at=self.handover.happened_at)

    @cached_property
    def suspensions(self) -> list[Suspension]:
        return in_force(self.handover.institution, self.handover.happened_at)

    def take_missed_return(self, item: Item, *, by: User) -> None:
        """It lies on the desk, so it came back: close the loan that says otherwise."""
        if item.pk in self.loans:
            take_back(item, by=by, happened_at=self.handover.happened_at, now=self.handover.happened_at)
