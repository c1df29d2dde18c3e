"""What is due becomes letters: one per recipient and bundle, committed before anything goes out."""

import logging
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from email.utils import make_msgid
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from people.letters.addressing import Recipient, recipient_in
from people.letters.kinds import KINDS, Bundle
from people.letters.wording import words_for
from people.models import Center, Intent, Letter
from people.models.institution import Channel
from people.models.letter import IntentQuerySet

log = logging.getLogger(__name__)

TOGETHER: Final = 50
"""Recipients who are written to in one transaction: a commit for each costs more than the words."""


def write(*, now: datetime | None = None, seconds: float = 30) -> int:
    """Write what is due at ``now``, for about ``seconds``; how many letters.

    Runs any number of times, and beside itself.
    """
    now = now or timezone.now()
    due = Intent.objects.due(timezone.localdate(now))
    started, written = time.monotonic(), 0
    centers: dict[int, Center] = {}
    recipients = list(due.order_by("recipient").values_list("recipient", flat=True).distinct())
    for start in range(0, len(recipients), TOGETHER):
        if time.monotonic() - started > seconds:
            break
        written += _write_together(recipients[start : start + TOGETHER], now, centers)
    return written


def _write_together(recipients: Sequence[str], now: datetime, centers: dict[int, Center]) -> int:
    """In one transaction; each for itself if one of them cannot be written to."""
    try:
        return write_to(*recipients, now=now, centers=centers)
    except Exception:
        if len(recipients) > 1:
            return sum(_write_together([recipient], now, centers) for recipient in recipients)
        log.exception("letters to %s cannot be written", recipients[0])  # the others are not to wait for it
        return 0


@transaction.atomic
def write_to(*recipients: str, now: datetime, centers: dict[int, Center] | None = None) -> int:
    """Everything that is due for these recipients, a letter for each of them and each bundle.

    ``centers``: those that the run has met, with how they word letters and when they are open; read once.
    """
    centers = {} if centers is None else centers
    today = timezone.localdate(now)
    todays = Letter.objects.filter(recipient__in=recipients, day=today)
    unsent = {letter.pk for letter in todays if not letter.is_out}
    groups: dict[tuple[str, str], list[Intent]] = defaultdict(list)
    for intent in _due_or_in(unsent, recipients, today):
        intent.center = _with_words(intent.center, centers)
        groups[intent.recipient, KINDS[intent.kind].bundle].append(intent)
    standing = {(it.recipient, it.bundle): it for it in todays.order_by("pk").select_for_update(no_key=True)}
    told: list[tuple[Letter, list[Intent]]] = []
    for (recipient, name), intents in groups.items():
        dissolved = standing.get((recipient, name))
        if all(it.letter_id for it in intents):  # the letter of the day tells everything
            continue
        if dissolved and (dissolved.is_out or dissolved.pk not in unsent):  # these wait for tomorrow's, or the next run
            continue
        if dissolved:
            dissolved.delete()
        bundle = Bundle(name)
        told.append((compose(intents, bundle=bundle, day=None if bundle == Bundle.NEWS else today, now=now), intents))
    _keep(told)
    return len(told)


def _due_or_in(letters: Collection[int], recipients: Sequence[str], today: date) -> IntentQuerySet:
    """What is due for ``recipients``, and what ``letters`` (ids) tell; locked in the order of their ids."""
    found = Intent.objects.due(today).filter(recipient__in=recipients)
    if letters:
        found = found | Intent.objects.filter(letter__in=letters)
    found = found.select_related("center", "institution", "user", "contact")
    return found.order_by("pk").select_for_update(no_key=True, of=("self",))


def _keep(told: Sequence[tuple[Letter, list[Intent]]]) -> None:
    """All letters in one statement, and in another one who is told by which."""
    Letter.objects.bulk_create([letter for letter, _ in told])
    for letter, intents in told:
        for intent in intents:
            intent.letter = letter
    Intent.objects.bulk_update([intent for _, intents in told for intent in intents], ["letter"])


def _with_words(center: Center, centers: dict[int, Center]) -> Center:
    if center.pk not in centers:
        prefetch_related_objects([center], "wordings", "opening_hours")
        centers[center.pk] = center
    return centers[center.pk]


def compose(
    intents: list[Intent],
    *,
    bundle: Bundle,
    day: date | None,
    now: datetime,
    language: str = "",
    own: Mapping[str, str] | None = None,
) -> Letter:
    """The letter as it would go out; not saved, so that a person can read it before releasing it.

    In the reader's language and in the centre's words, unless ``language`` and ``own`` say otherwise.
    """
    first, kinds = intents[0], [KINDS[intent.kind] for intent in intents]
    recipient = recipient_in(first)
    channel = recipient.channel
    language = language or (recipient.user.language if recipient.user else settings.LANGUAGE_CODE)
    own = {it.kind: it.text for it in first.center.wordings.all() if it.language == language} if own is None else own
    words = words_for(intents, recipient, first.center, language=language, own=own)
    has_copy = any(kind.has_copy for kind in kinds)
    return Letter(
        center=first.center,
        institution=recipient.institution,
        user=recipient.user,
        contact=recipient.contact,
        recipient=first.recipient,
        bundle=bundle,
        day=day,
        channel=channel,
        address=address_by(channel, recipient),
        copy_to=recipient.copy_address if has_copy else "",
        is_on_paper=channel == Channel.PRINT or any(kind.is_on_paper for kind in kinds),
        language=language,
        subject=words.subject,
        body=words.body,
        message_id=make_msgid("letter", domain=urlsplit(settings.BASE_URL).hostname),
        written_at=now,
    )


def address_by(channel: Channel, recipient: Recipient) -> str:
    if channel == Channel.MAIL:
        return recipient.mail_address
    return "\n".join(recipient.postal_lines) if channel == Channel.PRINT else recipient.phone_number
