"""Angeblich zurückgegeben: what somebody says is back is looked for, before anybody is written to again."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from lending.models import Loan
from lending.notices import fall_silent
from lending.refusals import AlreadySearched, LoanIsOver
from people import journal
from people.models import User

BY_LINK: Final = "link"
BY_DESK: Final = "desk"


@transaction.atomic
def note_said_back(loan: Loan, *, by: User | None, channel: str = BY_DESK, now: datetime | None = None) -> Loan:
    """Somebody says it is back already: it goes on the search list, and letters pause for two open days.

    Saying it twice changes nothing. Raises LoanIsOver; and AlreadySearched when it was looked for in vain and nobody
    of the desk says it again.
    """
    loan = Loan.objects.lock().select_related("item", "center").get(pk=loan.pk)
    if loan.returned_at is not None:
        raise LoanIsOver(item=str(loan.item))
    if loan.said_back_at is not None and loan.not_found_at is None:
        return loan
    if loan.not_found_at is not None and by is None:
        raise AlreadySearched(item=str(loan.item), phone=loan.center.phone)
    loan.said_back_at, loan.not_found_at = now or timezone.now(), None
    loan.save(update_fields=["said_back_at", "not_found_at"])
    journal.record("loan.said_back", loan, by=by, item=loan.item_id, channel=channel)
    fall_silent(loan, now=loan.said_back_at)
    return loan


@transaction.atomic
def note_not_found(loan: Loan, *, by: User, now: datetime | None = None) -> Loan:
    """It was looked for in vain: it leaves the search list, and letters go on in their rhythm.

    Twice, or of what nobody said to be back, changes nothing. Raises LoanIsOver.
    """
    loan = Loan.objects.lock().select_related("item").get(pk=loan.pk)
    if loan.returned_at is not None:
        raise LoanIsOver(item=str(loan.item))
    if loan.said_back_at is not None and loan.not_found_at is None:
        loan.not_found_at = now or timezone.now()
        loan.save(update_fields=["not_found_at"])
        journal.record("loan.not_found", loan, by=by, item=loan.item_id)
    return loan
