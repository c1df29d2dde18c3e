"""Fetching: bounces that lie in a mailbox (BOUNCES_URL), where no mail server can hand them over.

What is a bounce of ours is noted and marked as read; whatever else lies there stays as it is, unread. Nothing is
deleted. Only mails of the last days are looked at: a mailbox that people use as well costs no more with the years.
"""

from datetime import datetime, timedelta
from imaplib import IMAP4
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.utils import timezone

from people.letters.bounces.imap import Imap
from people.letters.bounces.maildir import Maildir
from people.letters.bounces.taking import take

LATELY: Final = timedelta(days=14)
"""A mail server gives up after five days; and a worker may have been away."""

LARGEST: Final = 2**20
"""Bytes of a mail that are read; a report comes with our own letter at most."""


class MailboxUnreachable(Exception):
    """BOUNCES_URL names no mailbox that can be opened; why, without its password."""


def fetch(url: str, *, now: datetime | None = None) -> int:
    """Take the bounces in the mailbox at ``url``; of how many recipients of ours. Twice changes nothing.

    Raises MailboxUnreachable.
    """
    now = now or timezone.now()
    noted = 0
    try:
        with _mailbox(url) as box:
            for key, mail in box.unread(now - LATELY):
                if count := take(mail, now=now):
                    noted += count
                    box.mark_read(key)
    except (OSError, IMAP4.error) as trouble:
        raise MailboxUnreachable(f"{type(trouble).__name__}: {trouble}") from trouble
    return noted


def _mailbox(url: str) -> Any:
    """Raises MailboxUnreachable for an address that is none."""
    parts = urlsplit(url)
    if parts.scheme == "maildir" and parts.path:
        return Maildir(unquote(parts.path), largest=LARGEST)
    if parts.scheme in {"imap", "imaps"} and parts.hostname:
        return Imap(url, largest=LARGEST)
    raise MailboxUnreachable("BOUNCES_URL: maildir:///path, imaps://user:password@host/INBOX")
