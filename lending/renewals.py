"""Keeping something longer, if nobody else was promised it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending.allocation import Refusal
from lending.calendars import blocked_until, renewed_due_at
from lending.gate import gate
from lending.models import Allocation, Loan
from lending.planning import Planning
from lending.policies import terms
from lending.refusals import LoanIsOver, NothingToRenew, RenewMax, RenewReserved
from lending.telling import tell_of_renewal
from people import journal, letters
from people.models import User


@transaction.atomic
def renew(
    loan: Loan, *, until: datetime | None = None, by: User, override: bool = False, now: datetime | None = None
) -> Loan:
    """Let the borrower keep the item longer; ``until`` defaults to another loan period.

    ``override`` lifts the number of renewals, never somebody else's promise. Raises LoanIsOver, NothingToRenew,
    RenewMax or RenewReserved.
    """
    now = now or timezone.now()
    products = gate({loan.allocation.product_id})
    loan = Loan.objects.lock().get(pk=loan.pk)
    if loan.returned_at is not None:
        raise LoanIsOver(item=str(loan.item))
    until = until or renewed_due_at(loan, now)
    if until <= max(loan.due_at, now):
        raise NothingToRenew(due_at=loan.due_at)
    if not override and loan.renewals >= terms(loan.item.product, loan.institution).max_renewals:
        raise RenewMax(renewals=loan.renewals)

    row = Allocation.objects.get(pk=loan.allocation_id)
    blocked = (row.blocked.lower, blocked_until(loan.item.product, loan.institution, until))
    planning = Planning.read(products[row.product_id], now)
    planning.forget(row)
    planning.fix(row.item_id, *blocked)
    answer = planning.admit()
    if isinstance(answer, Refusal):
        starts = [claim.start for claim in planning.claims.values()]
        raise RenewReserved(item=str(loan.item), next_at=min(starts), due_at=loan.due_at)
    with planning.writing(answer):
        row.block(*blocked)
        row.save(update_fields=["blocked"])
    loan.due_at, loan.expected_back_at = until, None
    loan.renewals += 1
    loan.save(update_fields=["due_at", "expected_back_at", "renewals"])
    journal.record("loan.renewed", loan, by=by, item=loan.item_id, until=until)
    letters.withdraw(loan)
    tell_of_renewal(loan)
    return loan


def longest_renewal(loan: Loan, now: datetime) -> datetime | None:
    """Until when ``loan`` could be renewed by its rules, or None if it could not be. Asks without locking."""
    if loan.returned_at is not None or loan.renewals >= terms(loan.item.product, loan.institution).max_renewals:
        return None
    until = renewed_due_at(loan, now)
    row = loan.allocation
    planning = Planning.read(loan.item.product, now)
    planning.forget(row)
    planning.fix(row.item_id, row.blocked.lower, blocked_until(loan.item.product, loan.institution, until))
    return None if isinstance(planning.admit(), Refusal) else until
