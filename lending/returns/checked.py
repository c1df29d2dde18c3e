from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inventory.fitness import note_fitness
from inventory.models.item import Fitness
from lending.gate import expect_behind, gate
from lending.models import Allocation, Loan
from lending.planning import settle
from lending.refusals import NotOnLoan
from people import journal
from people.models import User


@transaction.atomic
def check(loan: Loan, *, by: User, now: datetime | None = None) -> Loan:
    """Counted, charged, reset: the turnaround ends now. Raises NotOnLoan as long as it is out."""
    now = now or timezone.now()
    products = gate({loan.allocation.product_id})
    loan = Loan.objects.lock().select_related("item").get(pk=loan.pk)
    if loan.returned_at is None:
        raise NotOnLoan(item=str(loan.item))
    loan.checked_at = max(now, loan.returned_at)
    loan.save(update_fields=["checked_at"])
    row = Allocation.objects.get(pk=loan.allocation_id)
    expect_behind(products, {row.product_id})
    if row.holds:
        row.let_go(loan.checked_at)
        row.save(update_fields=["blocked", "holds"])
    if loan.item.fitness == Fitness.NEEDS_CHECK:
        note_fitness(loan.item, Fitness.OK, by=by)
    journal.record("loan.checked", loan, by=by, item=loan.item_id)
    settle(products[row.product_id], now)
    return loan
