"""Claiming: letters that a worker has in hand, by a lease, so that nobody else takes them.

A few are claimed at once, because a commit for each costs more than the mail. Each is noted by itself as soon as it is
out: whoever is killed leaves one letter in doubt, and the others of the hand wait until the lease is over.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from people.letters import turns
from people.models import Letter

AT_ONCE: Final = 10
"""Letters in one hand. A mail server that gives out turns (MAIL_RATE) gives out one at a time."""


@transaction.atomic
def claim_some(*, now: datetime, at_most: int = AT_ONCE) -> list[Letter]:
    """Take letters in hand, so that nobody else does before the lease is over. None also before the next turn."""
    waiting = Letter.objects.claimable(now).order_by("attempts", "pk").select_related("center")
    free = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)
    hand = list(free[: 1 if settings.MAIL_RATE else at_most])
    if not hand or not turns.take(now=now):
        return []
    claimed_until = now + settings.LETTER_LEASE
    ids = [letter.pk for letter in hand]
    Letter.objects.filter(pk__in=ids).update(claimed_until=claimed_until, attempts=F("attempts") + 1)
    for letter in hand:
        letter.claimed_until = claimed_until
        letter.attempts += 1
    return hand


def claim(*, now: datetime) -> Letter | None:
    """The same with one letter."""
    return next(iter(claim_some(now=now, at_most=1)), None)


def put_back(hand: Collection[Letter]) -> None:
    """Nobody tried these; whoever comes next may. What somebody else has taken meanwhile stays with them."""
    for claimed_until in {letter.claimed_until for letter in hand}:
        ids = [letter.pk for letter in hand if letter.claimed_until == claimed_until]
        still_ours = Letter.objects.filter(pk__in=ids, claimed_until=claimed_until)
        still_ours.update(claimed_until=None, attempts=F("attempts") - 1)


def note_sent(letter: Letter, *, now: datetime) -> None:
    """Unless it went another way meanwhile, because a bounce was quicker."""
    taken = Letter.objects.filter(pk=letter.pk, channel=letter.channel, address=letter.address)
    taken.update(sent_at=now, claimed_until=None, trouble="")
