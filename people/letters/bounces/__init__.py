"""Bounces: a mail server took a letter and says later that it could not deliver it (RFC 3464)."""

from people.letters.bounces.fetching import LARGEST, MailboxUnreachable, fetch
from people.letters.bounces.reading import Failure, read
from people.letters.bounces.taking import take

__all__ = ["LARGEST", "Failure", "MailboxUnreachable", "fetch", "read", "take"]
