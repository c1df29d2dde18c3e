"""What people do by hand: post what is printed, call who has no mail."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import journal
from people.models import Letter, User


class CallResult(models.TextChoices):
    REACHED = "reached", _("erreicht")
    MESSAGE_LEFT = "message_left", _("Nachricht hinterlassen")
    NOT_REACHED = "not_reached", _("nicht erreicht")


@transaction.atomic
def posted(letters: Iterable[int], *, by: User, now: datetime | None = None) -> list[Letter]:
    """These letters (ids) are in their envelopes. What is done already, or fell away meanwhile, is left out."""
    waiting = Letter.objects.to_print().filter(pk__in=list(letters)).order_by("pk").select_for_update(no_key=True)
    return [_finish(letter, by, now or timezone.now()) for letter in waiting]


@transaction.atomic
def called(letter: Letter, *, result: str, by: User, now: datetime | None = None) -> Letter:
    """Somebody called. Not reached, it stays on the list; a call that was noted already stays as it is."""
    waiting = Letter.objects.to_call().select_for_update(no_key=True).filter(pk=letter.pk).first()
    if waiting is None:
        return letter
    waiting.result = CallResult(result).value
    waiting.attempts += 1
    waiting.save(update_fields=["result", "attempts"])
    if waiting.result == CallResult.NOT_REACHED:
        journal.record("letter.not_reached", waiting, by=by)
        return waiting
    return _finish(waiting, by, now or timezone.now())


def _finish(letter: Letter, by: User, now: datetime) -> Letter:
    letter.done_at, letter.done_by = now, by
    letter.save(update_fields=["done_at", "done_by"])
    journal.record("letter.done", letter, by=by, channel=letter.channel)
    return letter
