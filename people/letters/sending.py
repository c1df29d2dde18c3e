"""Sending: at least once, by any number of workers, no row locked while a mail server thinks (DESIGN section 5).

A worker claims letters with a lease (people.letters.claiming), hands one after the other to the mail server, and notes
of each that it did. Killed in between, the letter goes out again when the lease is over, with the same Message-ID.
"""

import logging
import smtplib
import time
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from people.letters import turns, undelivered
from people.letters.claiming import claim_some, note_sent, put_back
from people.letters.mailing import mail_of
from people.letters.status import blames_address, is_for_good, status_of
from people.models import Letter

log = logging.getLogger(__name__)

FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=4)


class ServerUnreachable(Exception):
    """No letter will go out at the moment."""


class Sent(NamedTuple):
    """How many letters went out, and whether more of them only wait for their turn."""

    letters: int
    has_more: bool


def send(*, now: datetime | None = None, seconds: float = 30) -> int:
    """Send what waits, for about ``seconds``; how many letters went out."""
    return send_in_turn(now=now, seconds=seconds).letters


def send_in_turn(*, now: datetime | None = None, seconds: float = 30) -> Sent:
    """Send what waits, for about ``seconds``, as quickly as the mail server's rate allows.

    Ends early when the mail server cannot be reached: the sweep tries again in a minute, with another letter first.
    """
    sent, ends_at = 0, time.monotonic() + seconds
    server = get_connection()
    try:
        while hand := claim_in_turn(ends_at, now=now):
            until = min(ends_at, time.monotonic() + settings.LETTER_LEASE.total_seconds() / 2)
            with closing(in_hand(hand, until=until)) as letters:
                for letter in letters:
                    if hand_to(server, letter, now=now or timezone.now()):
                        note_sent(letter, now=now or timezone.now())
                        sent += 1
    except ServerUnreachable:
        return Sent(sent, has_more=False)
    finally:
        server.close()
    return Sent(sent, has_more=waits_for_a_turn(now=now))


def in_hand(hand: Sequence[Letter], *, until: float) -> Generator[Letter, None, None]:
    """One after the other; at least the first. What is left at ``until``, or when something fails, is put back."""
    left = deque(hand)
    try:
        while left and (time.monotonic() < until or len(left) == len(hand)):
            yield left.popleft()
    finally:
        put_back(left)


def hand_to(server: BaseEmailBackend, letter: Letter, *, now: datetime) -> bool:
    """Hand a claimed letter to the mail server; True if it took it.

    Raises ServerUnreachable when it makes no sense to try another one now.
    """
    try:
        server.open()
        server.send_messages([mail_of(letter)])
    except smtplib.SMTPRecipientsRefused as refusal:
        turned_away(letter, refusal, now=now)
        return False
    except (smtplib.SMTPDataError, ValueError) as trouble:  # this letter's own trouble, not the server's
        postpone(letter, trouble, now=now)
        return False
    except (OSError, smtplib.SMTPException) as trouble:
        postpone(letter, trouble, now=now)
        raise ServerUnreachable from trouble
    _copies_refused(server, letter, now=now)
    return True


def claim_in_turn(ends_at: float, *, now: datetime | None) -> list[Letter]:
    """Take letters in hand, and wait until the mail server may be given one, if that is before ``ends_at``."""
    while time.monotonic() < ends_at:
        hand = claim_some(now=now or timezone.now())
        if hand or now is not None or not waits_for_a_turn():
            return hand
        pause = turns.seconds_until_next(now=timezone.now())
        time.sleep(max(0.0, min(pause, ends_at - time.monotonic())))
    return []


def waits_for_a_turn(*, now: datetime | None = None) -> bool:
    """There are letters to send, and only the mail server's rate keeps them."""
    return bool(settings.MAIL_RATE) and Letter.objects.claimable(now or timezone.now()).exists()


def postpone(letter: Letter, trouble: Exception, *, now: datetime, code: int | str = "") -> None:
    """Put the letter back, for longer each time. What is written down names the trouble, never an address."""
    code = code or getattr(trouble, "smtp_code", "")
    letter.trouble = f"{type(trouble).__name__} {code}".strip()
    letter.not_before = now + min(FIRST_PAUSE * 2 ** min(letter.attempts - 1, 10), LONGEST_PAUSE)
    letter.claimed_until = None
    letter.save(update_fields=["trouble", "not_before", "claimed_until"])
    log.warning("letter %s waits until %s: %s", letter.pk, letter.not_before, letter.trouble)


def turned_away(letter: Letter, refusal: smtplib.SMTPRecipientsRefused, *, now: datetime) -> None:
    """The server does not take the recipient. Not now, or not from us: later. No such address: another way."""
    status = max(status_of(code, answer) for code, answer in refusal.recipients.values())
    if is_for_good(status) and blames_address(status):
        undelivered.turn_away(letter, status, now=now)
    else:
        postpone(letter, refusal, now=now, code=status)


def _copies_refused(server: BaseEmailBackend, letter: Letter, *, now: datetime) -> None:
    for address, (code, answer) in getattr(server, "copies_refused", {}).items():
        status = status_of(code, answer)
        if address == letter.copy_to and is_for_good(status):
            undelivered.note_copy(letter, status, now=now)
