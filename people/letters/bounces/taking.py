"""A bounce finds its letter by Message-ID *and* recipient; anything else does nothing.

The Message-ID has 64 random bits, and only who got the letter knows it. So the worst that somebody can forge is that
their own address looks dead.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from people.letters import bell, undelivered
from people.letters.bounces.reading import Failure, read
from people.models import Letter
from people.models.institution import Channel


def take(mail: bytes, *, now: datetime | None = None) -> int:
    """Note what a bounce says; of how many recipients of ours. Taken twice, it changes nothing the second time."""
    return sum(_take(failure, now or timezone.now()) for failure in read(mail))


@transaction.atomic
def _take(failure: Failure, now: datetime) -> bool:
    found = Letter.objects.select_for_update(no_key=True, of=("self",)).filter(message_id=failure.message_id)
    letter = found.filter(channel=Channel.MAIL).first()
    if letter is None:
        return False
    if letter.copy_to and letter.copy_to.lower() in failure.addresses:
        undelivered.note_copy(letter, failure.status, now=now)
        return True
    if letter.address.lower() not in failure.addresses:
        return False
    undelivered.turn_away(letter, failure.status, now=now)
    bell.ring()
    return True
