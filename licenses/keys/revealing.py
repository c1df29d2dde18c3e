"""Showing what a key says: to one person, for one reason, so many times an hour, and the journal knows."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leihwerk.secrecy import Secret
from licenses.errors import TooManyKeysShown
from licenses.keys import sealing
from licenses.models import Key
from people import journal
from people.models import JournalEntry, User

MOST: Final = 10
WITHIN: Final = timedelta(hours=1)
VERB: Final = "key.revealed"


class Reason(models.TextChoices):
    """What somebody needs to see a key for; the journal keeps the code."""

    SET_UP = "set_up", _("Software oder Zugang einrichten")
    HAND_ON = "hand_on", _("an eine Einrichtung weitergeben")
    PROVIDER_ASKS = "provider_asks", _("der Anbieter fragt danach")
    CHECK = "check", _("prüfen, ob er noch stimmt")


@transaction.atomic
def reveal(key: Key, *, reason: Reason, by: User, now: datetime | None = None) -> Secret:
    """What ``key`` says. Raises TooManyKeysShown, DoesNotOpen, SealingKeysAreUnfit; then nothing is shown."""
    now = now or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one at a time: they are counted
    _ask_how_many(by, now)
    secret = sealing.said_by(key)
    journal.record(VERB, key, by=by, reason=str(reason))
    return secret


def _ask_how_many(person: User, now: datetime) -> None:
    shown = JournalEntry.objects.filter(by=person, verb=VERB, at__gt=now - WITHIN)
    moments = list(shown.order_by("-at").values_list("at", flat=True)[:MOST])
    if len(moments) == MOST:
        raise TooManyKeysShown(most=MOST, at=moments[-1] + WITHIN)
