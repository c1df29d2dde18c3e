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


def told_and_to_come(of: Institution | Contact, letters: LetterQuerySet, now: datetime) -> dict[str, Any]:
    """``letters`` are those that the reader may see."""
    loans = Loan.objects.filter(**{f"{of._meta.model_name}": of})
    latest = letters.select_related("institution", "user", "contact").order_by("-written_at", "-pk")[:LATELY]
    to_come = reminders.coming(of.center, today=timezone.localdate(now), loans=loans)
    return {"letters": rows(latest), "next_reminders": to_come}
