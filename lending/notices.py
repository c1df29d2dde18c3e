"""What has been said about loans that are due or late: the steps of the reminders, as they stand in the letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lending.models import Loan
from lending.models.loan import LoanQuerySet
from people import letters
from people.models import Intent

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


@dataclass(frozen=True)
class Gone:
    """The last step that has gone out about a loan, and when."""

    step: int
    at: datetime


def gone_notices(loans: Iterable[Loan]) -> dict[int, Gone]:
    """By the loan's id, of those about which anything has gone out since they were due. One query."""
    due = {loan.pk: as_fact(loan.due_at) for loan in loans}
    about = Intent.objects.filter(subject_type=Loan._meta.label_lower, subject_id__in=due, kind__in=STEPS)
    gone: dict[int, Gone] = {}
    for intent in about.select_related("letter").order_by("step"):
        at = intent.letter.gone_at if intent.letter else None
        if at is not None and intent.facts.get("due_at") == due[intent.subject_id]:
            gone[intent.subject_id] = Gone(intent.step, at)
    return gone
