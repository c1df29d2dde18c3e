"""What has been said about loans that are due or late: the steps of the reminders, as they stand in the letters."""

from datetime import UTC, datetime
from typing import Final

from lending.models import Loan
from lending.models.loan import LoanQuerySet
from people import letters
from people.models import Institution, Intent

DUE_SOON: Final = "due_soon"
STEPS: Final = (DUE_SOON, "overdue_1", "overdue_2", "overdue_3")


def as_fact(moment: datetime) -> str:
    """How an intent remembers ``moment``."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def fall_silent(loan: Loan, *, now: datetime) -> int:
    """No reminder of ``loan`` that has not gone out goes out; how many. The rhythm says when the next one does."""
    return sum(letters.withdraw(loan, kind, now=now) for kind in STEPS)


def remindable() -> LoanQuerySet:
    open_loans = Loan.objects.open().filter(dropped_off_at__isnull=True, lost_at__isnull=True)
    return open_loans.select_related("item__product", "institution", "responsible", "contact", "handover")


def latest_notice(institution: Institution, now: datetime) -> int:
    """The highest step that has gone out about anything the institution should have brought back by now; 0: none."""
    late = {loan.pk: as_fact(loan.due_at) for loan in remindable().filter(institution=institution, due_at__lt=now)}
    about = Intent.objects.filter(subject_type=Loan._meta.label_lower, subject_id__in=late, kind__in=STEPS)
    gone = [intent for intent in about.select_related("letter") if intent.letter and intent.letter.gone_at]
    return max((it.step for it in gone if it.facts.get("due_at") == late[it.subject_id]), default=0)
