"""Taking back what somebody was to be told, as far as it has not gone out."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from people.models import Intent, Letter
from people.models.letter import IntentQuerySet


def withdraw(about: Model, kind: str | None = None, *, now: datetime | None = None) -> int:
    """The reason for telling anything about ``about`` (or only ``kind``) fell away. How many will not go out.

    What has gone out stays in the history, and no longer stands in the way of telling it again.
    """
    return withdraw_all([about], kind, now=now)


@transaction.atomic(savepoint=False)
def withdraw_all(about: Sequence[Model], kind: str | None = None, *, now: datetime | None = None) -> int:
    """The same about many subjects of one type, in as many statements as about one."""
    subjects = {it.pk for it in about}
    asked = Intent.objects.about(*about).current()
    intents = asked.filter(kind=kind) if kind else asked
    told = [it for it in _with_their_letters(intents) if _is_meant(it, about, subjects, kind)]
    if not told:
        return 0
    out = _dissolve({it.letter_id for it in told if it.letter_id is not None})
    Intent.objects.filter(pk__in=[it.pk for it in told]).update(withdrawn_at=now or timezone.now())
    return sum(1 for it in told if it.letter_id not in out)


def take_back(intent: Intent) -> bool:
    """Take the intent out of its letter, if that has not gone out; True if it is untold now.

    The letter is dissolved, and what else it told waits to be written again.
    """
    if intent.letter_id is not None and _dissolve({intent.letter_id}):
        return False
    intent.letter = None
    return True


def _dissolve(letters: set[int]) -> set[int]:
    """Those of ``letters`` that have gone out, or may have; the others are gone, and what they told is untold."""
    if not letters:
        return set()
    locked = Letter.objects.filter(pk__in=letters).order_by("pk").select_for_update(no_key=True)
    out = {letter.pk for letter in locked if letter.is_out}
    Letter.objects.filter(pk__in=letters - out).delete()
    return out


def _is_meant(intent: Intent, about: Sequence[Model], subjects: set[int], kind: str | None) -> bool:
    """Not what only stands in the same letter."""
    is_about = intent.subject_type == about[0]._meta.label_lower and intent.subject_id in subjects
    return is_about and intent.withdrawn_at is None and kind in (None, intent.kind)


def _with_their_letters(intents: IntentQuerySet) -> IntentQuerySet:
    """These intents and whatever stands in the same letters, locked in the order of their ids: to dissolve a letter
    touches all of it, and two who did that from both ends would wait for each other."""
    unsent = intents.filter(letter__sent_at=None, letter__done_at=None).values("letter")
    beside = Intent.objects.filter(letter__in=unsent)
    together = Intent.objects.filter(pk__in=intents.values("pk").union(beside.values("pk")))
    return together.order_by("pk").select_for_update(no_key=True)
