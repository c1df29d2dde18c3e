"""What somebody was told lately, and which reminders come next: for the page of a person or an institution."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from frontend.views.letters.standing import rows
from lending import reminders
from lending.models import Loan
from people.models import Contact, Institution
from people.models.letter import LetterQuerySet

LATELY: Final = 8  # letters
SOON: Final = 8  # reminders


def told_and_to_come(of: Institution | Contact, letters: LetterQuerySet, now: datetime) -> dict[str, Any]:
    """``letters`` are those that the reader may see."""
    loans = Loan.objects.filter(**{f"{of._meta.model_name}": of})
    next_reminders = reminders.coming(
        of.center, today=timezone.localdate(now), days=None, loans=loans, with_waiting=True
    )
    latest = letters.select_related("institution", "user", "contact").order_by("-written_at", "-pk")[:LATELY]
    return {
        "letters": rows(latest),
        "next_reminders": next_reminders[:SOON],
        "more_reminders": max(0, len(next_reminders) - SOON),
    }


def next_of(loan: Loan, now: datetime) -> reminders.Coming | None:
    """What will be said about a loan next, or waits to be said."""
    only = Loan.objects.filter(pk=loan.pk)
    found = reminders.coming(loan.center, today=timezone.localdate(now), days=None, loans=only, with_waiting=True)
    return found[0] if found else None
