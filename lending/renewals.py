"""Keeping something longer, if nobody else was promised it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending import licensing
from lending.allocation import Refusal
from lending.eligibility import is_staff
from lending.gate import gate
from lending.models import Allocation, Loan
from lending.planning import Planning
from lending.refusals import LoanIsOver, NothingToRenew, RenewMax, RenewReserved, RenewTooLong
from lending.rulebook import Rulebook
from lending.telling import tell_of_renewal
from people import journal, letters
from people.models import User


@transaction.atomic
def renew(
    loan: Loan, *, until: datetime | None = None, by: User, override: bool = False, now: datetime | None = None
) -> Loan:
    """Let the borrower keep the item longer; ``until`` defaults to what the rules give, and only staff may go beyond.

    ``override`` lifts the number of renewals, never somebody else's promise. Raises LoanIsOver, NothingToRenew,
    RenewMax, RenewTooLong or RenewReserved, and as ``licensing.keep`` if a licence came along.
    """
    now = now or timezone.now()
    products = gate({loan.allocation.product_id})
    loan = Loan.objects.lock().get(pk=loan.pk)
    if loan.returned_at is not None:
        raise LoanIsOver(item=str(loan.item))
    book = Rulebook.of(loan.institution.center)
    longest = book.renewed_due_at(loan, now)
    until = until or longest
    if until <= max(loan.due_at, now):
        raise NothingToRenew(due_at=loan.due_at)
    if not override and loan.renewals >= book.terms(loan.item.product, loan.institution.kind).max_renewals:
        raise RenewMax(renewals=loan.renewals)
    if until > longest and not is_staff(by, loan.institution):
        raise RenewTooLong(until=longest)

    row = Allocation.objects.select_related("line").get(pk=loan.allocation_id)
    blocked = (row.blocked.lower, book.blocked_until(loan.item.product, loan.institution, until))
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
    loan.calendar_version = book.version
    loan.save(update_fields=["due_at", "expected_back_at", "renewals", "calendar_version"])
    licensing.keep([row.line] if row.line else [], now=now)
    journal.record("loan.renewed", loan, by=by, item=loan.item_id, until=until)
    letters.withdraw(loan)
    tell_of_renewal(loan)
    return loan


def longest_renewal(loan: Loan, now: datetime) -> datetime | None:
    """Until when ``loan`` could be renewed by its rules, or None if it could not be. Asks without locking."""
    return longest_renewals([loan], now).get(loan.pk)


def longest_renewals(loans: Iterable[Loan], now: datetime) -> dict[int, datetime]:
    """Of each that could be renewed, until when: the rules are read once a centre, the plans all at once."""
    out = [loan for loan in loans if loan.returned_at is None]
    centers = {loan.center_id: loan.institution.center for loan in out}
    books = {pk: Rulebook.of(center) for pk, center in centers.items()}
    plannings = Planning.read_all((loan.item.product for loan in out), now) if out else {}
    found = {
        loan.pk: _renewable_until(loan, plannings[loan.item.product_id].apart(), books[loan.center_id], now)
        for loan in out
    }
    return {pk: until for pk, until in found.items() if until is not None}


def _renewable_until(loan: Loan, planning: Planning, book: Rulebook, now: datetime) -> datetime | None:
    product, institution, row = loan.item.product, loan.institution, loan.allocation
    if loan.renewals >= book.terms(product, institution.kind).max_renewals:
        return None
    until = book.renewed_due_at(loan, now)
    planning.forget(row)
    planning.fix(row.item_id, row.blocked.lower, book.blocked_until(product, institution, until))
    return None if isinstance(planning.admit(), Refusal) else until
