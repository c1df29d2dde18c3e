from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending.models import Extra, Loan
from lending.refusals import LoanIsOver
from people import journal, letters
from people.models import User


@transaction.atomic
def drop_off(loan: Loan, *, by: User | None, now: datetime | None = None) -> Loan:
    """It lies in the return box or came by courier; nobody has looked yet. Letters stop. Raises LoanIsOver."""
    loan = Loan.objects.lock().get(pk=loan.pk)
    if loan.returned_at is not None:
        raise LoanIsOver(item=str(loan.item))
    loan.dropped_off_at = now or timezone.now()
    loan.save(update_fields=["dropped_off_at"])
    journal.record("loan.dropped_off", loan, by=by, item=loan.item_id)
    letters.withdraw(loan)
    return loan


@transaction.atomic
def return_extra(extra: Extra, *, by: User, now: datetime | None = None) -> Extra:
    """A thing without a label is back. Saying it twice changes nothing."""
    extra = Extra.objects.select_for_update(no_key=True).get(pk=extra.pk)
    if extra.returned_at is None:
        extra.returned_at = now or timezone.now()
        extra.save(update_fields=["returned_at"])
        journal.record("handover.extra_returned", extra.handover, by=by, extra=extra.pk)
    return extra
