"""A letter that a mail server refused for good goes another way: to the official address, on paper, by phone."""

import logging
import smtplib
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from people import mailboxes
from people.letters.addressing import Recipient, recipient_in
from people.letters.status import blames_address
from people.letters.writing import address_by
from people.models import Letter
from people.models.institution import Channel

log = logging.getLogger(__name__)

OWN_MAILBOX_AGAIN: Final = timedelta(hours=1)
"""Until the centre's own mailbox is tried again."""


@transaction.atomic
def turn_away(letter: Letter, status: str, *, now: datetime) -> None:
    """``letter`` has not reached its address and will not; the caller has it in hand, or holds its lock.

    Who has a dead address is asked to be looked at; a server that only dislikes our mail says nothing about that.
    """
    refused, recipient = letter.address, recipient_in(letter)
    if blames_address(status):
        mailboxes.note_refused(letter, refused, status, now=now)
    official = recipient.official_address
    letter.refused_at, letter.sent_at, letter.claimed_until = now, None, None
    letter.trouble = f"{smtplib.SMTPRecipientsRefused.__name__} {status}"
    if recipient.center is not None:  # nobody calls themselves: it waits for the mailbox, and the alarm tells staff
        letter.not_before = now + OWN_MAILBOX_AGAIN
    elif official and official.lower() != refused.lower():
        letter.address, letter.copy_to = official, ""
    else:
        letter.channel = _by_hand(recipient)
        letter.is_on_paper = letter.is_on_paper or letter.channel == Channel.PRINT
        letter.address = address_by(letter.channel, recipient)
    letter.save(
        update_fields=[
            *("refused_at", "sent_at", "claimed_until", "trouble"),
            *("address", "copy_to", "channel", "is_on_paper", "not_before"),
        ]
    )
    log.warning("letter %s was turned away: %s", letter.pk, letter.trouble)


def note_copy(letter: Letter, status: str, *, now: datetime) -> None:
    """The institution's copy was refused; the letter itself was not."""
    if blames_address(status):
        mailboxes.note_refused(letter, letter.copy_to, status, now=now)


def _by_hand(recipient: Recipient) -> Channel:
    return Channel.PRINT if recipient.institution and recipient.institution.street else Channel.PHONE
