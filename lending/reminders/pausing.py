"""Erinnerungen aussetzen: the desk lets the letters about one loan rest until a day, for a reason."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from lending.due_dates import local_day
from lending.models import Loan, QuietReason
from lending.notices import fall_silent
from lending.refusals import LoanIsOver, PauseOutOfRange
from people import journal
from people.models import User

LONGEST_PAUSE: Final = timedelta(days=92)
"""A term's worth: whoever forgets a pause is not to forget a thing for a year."""


@transaction.atomic
def pause(loan: Loan, *, until: date, reason: QuietReason, by: User, now: datetime | None = None) -> Loan:
    """Nothing is written about ``loan`` up to ``until``, that day included; then its rhythm goes on.

    Raises LoanIsOver, PauseOutOfRange.
    """
    now = now or timezone.now()
    latest = local_day(now) + LONGEST_PAUSE
    if not local_day(now) < until <= latest:
        raise PauseOutOfRange(latest=latest)
    loan = _open(loan)
    loan.quiet_until_on, loan.quiet_reason = until, reason
    loan.save(update_fields=["quiet_until_on", "quiet_reason"])
    journal.record("loan.reminders_paused", loan, by=by, item=loan.item_id, until=until, reason=str(reason))
    fall_silent(loan, now=now)
    return loan


@transaction.atomic
def resume(loan: Loan, *, by: User) -> Loan:
    """Letters about ``loan`` go on in their rhythm. Twice changes nothing. Raises LoanIsOver."""
    loan = _open(loan)
    if loan.quiet_until_on is not None:
        loan.quiet_until_on, loan.quiet_reason = None, ""
        loan.save(update_fields=["quiet_until_on", "quiet_reason"])
        journal.record("loan.reminders_resumed", loan, by=by, item=loan.item_id)
    return loan


def _open(loan: Loan) -> Loan:
    locked = Loan.objects.lock().select_related("item").get(pk=loan.pk)
    if locked.returned_at is not None:
        raise LoanIsOver(item=str(locked.item))
    return locked
