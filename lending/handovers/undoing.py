from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from lending.gate import gate
from lending.models import Allocation, AllocationKind, Loan
from lending.planning import settle
from lending.refusals import LoanIsOver, TooLongAgo
from lending.rulebook import Rulebook
from people import journal, letters
from people.models import User

UNDOABLE: Final = timedelta(days=1)


@transaction.atomic
def undo(loan: Loan, *, by: User, now: datetime | None = None) -> None:
    """It was scanned by mistake: the loan never was. A plan it fulfilled stands again, on the same unit if it can.

    Raises LoanIsOver once it is back, and TooLongAgo after a day.
    """
    now = now or timezone.now()
    products = gate({loan.allocation.product_id})
    loan = Loan.objects.lock().get(pk=loan.pk)
    if loan.returned_at is not None:
        raise LoanIsOver(item=str(loan.item))
    if loan.handover.entered_at < now - UNDOABLE:
        raise TooLongAgo(days=UNDOABLE.days)
    row = Allocation.objects.select_related("line").get(pk=loan.allocation_id)
    journal.record("loan.undone", loan, by=by, item=loan.item_id, institution=loan.institution_id)
    letters.withdraw(loan)
    if row.line is None:
        loan.delete()
        row.delete()
    else:
        row.kind, row.pinned = AllocationKind.PLAN, False
        institution, period = loan.institution, (row.line.starts_at, row.line.ends_at)
        row.block(*Rulebook.of(institution.center).blocked(products[row.product_id], institution, period))
        loan.delete()
        row.save(update_fields=["kind", "pinned", "blocked"])
    settle(products[row.product_id], now)
