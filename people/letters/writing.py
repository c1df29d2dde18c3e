"""What is due becomes letters: one per recipient and bundle, committed before anything goes out."""

import logging
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import make_msgid
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

log = logging.getLogger(__name__)


def write(*, now: datetime | None = None, seconds: float = 30) -> int:
    """Write what is due at ``now``, for about ``seconds``; how many letters.

    Runs any number of times, and beside itself.
    """
    now = now or timezone.now()
    due = Intent.objects.due(timezone.localdate(now))
    started, written = time.monotonic(), 0
    centers: dict[int, Center] = {}
    for recipient in due.order_by("recipient").values_list("recipient", flat=True).distinct():
        if time.monotonic() - started > seconds:
            break
        try:
            written += write_to(recipient, now=now, centers=centers)
        except Exception:
            log.exception("letters to %s cannot be written", recipient)  # the others are not to wait for it
    return written


@transaction.atomic
def write_to(recipient: str, *, now: datetime, centers: dict[int, Center] | None = None) -> int:
    """Everything that is due for one recipient, a letter for each bundle.

    ``centers``: those that the run has met, with how they word letters and when they are open; read once.
    """
    centers = {} if centers is None else centers
    due = Intent.objects.due(timezone.localdate(now)).filter(recipient=recipient)
    by_bundle: dict[Bundle, list[Intent]] = defaultdict(list)
    due = due.select_related("center", "institution", "user", "contact")
    for intent in due.order_by("pk").select_for_update(no_key=True, of=("self",)):
        intent.center = _with_words(intent.center, centers)
        by_bundle[KINDS[intent.kind].bundle].append(intent)
    return sum(_write_bundle(bundle, intents, now) for bundle, intents in by_bundle.items())


def _with_words(center: Center, centers: dict[int, Center]) -> Center:
    if center.pk not in centers:
        prefetch_related_objects([center], "wordings", "opening_hours")
        centers[center.pk] = center
    return centers[center.pk]


def _write_bundle(bundle: Bundle, intents: list[Intent], now: datetime) -> bool:
    """False when the day's letter is already out; then these wait for tomorrow's."""
    day = None if bundle == Bundle.NEWS else timezone.localdate(now)
    if day and (todays := _letter_of(intents[0].recipient, bundle, day)):
        if todays.is_out:
            return False
        intents = [*todays.intents.order_by("pk").select_for_update(no_key=True), *intents]
        todays.delete()
    letter = compose(intents, bundle=bundle, day=day, now=now)
    letter.save()
    Intent.objects.filter(pk__in=[intent.pk for intent in intents]).update(letter=letter)
    return True


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


def _letter_of(recipient: str, bundle: Bundle, day: date | None) -> Letter | None:
    return Letter.objects.select_for_update(no_key=True).filter(recipient=recipient, bundle=bundle, day=day).first()
