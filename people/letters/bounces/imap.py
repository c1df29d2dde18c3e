"""A mailbox on an IMAP server to which bounces come."""

import ssl
from collections.abc import Iterator
from datetime import datetime
from imaplib import IMAP4, IMAP4_SSL, Time2Internaldate
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import unquote, urlsplit

PATIENCE: Final = 20  # seconds


class NotConfidential(OSError):
    """The server would get our password in the clear, over a network."""


class Imap:
    """``imaps://user:password@host/INBOX``; ``imap://`` with STARTTLS, without it only within the machine.

    Raises OSError or IMAP4.error when the mailbox cannot be opened.
    """

    def __init__(self, url: str, *, largest: int) -> None:
        self.url, self.largest = urlsplit(url), largest

    def __enter__(self) -> "Imap":
        self.server = self._connect()
        try:
            self.server.login(unquote(self.url.username or ""), unquote(self.url.password or ""))
            folder = unquote(self.url.path.strip("/")) or "INBOX"
            self._asked(self.server.select(f'"{folder}"'))
        except (OSError, IMAP4.error):
            self.server.shutdown()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.server.logout()

    def unread(self, since: datetime) -> Iterator[tuple[str, bytes]]:
        """Unread reports that are not older than ``since``; looking leaves them unread."""
        day = Time2Internaldate(since)[1:12]
        wanted = ("UNSEEN", "SINCE", day, "HEADER", "Content-Type", "delivery-status")
        (found,) = self._asked(self.server.uid("SEARCH", *wanted))
        for uid in (found or b"").decode().split():
            for part in self._asked(self.server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{self.largest}>)")):
                if isinstance(part, tuple):
                    yield uid, part[1]

    def mark_read(self, uid: str) -> None:
        self._asked(self.server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)"))

    def _connect(self) -> IMAP4:
        host, trusted = self.url.hostname or "localhost", ssl.create_default_context()
        if self.url.scheme == "imaps":
            return IMAP4_SSL(host, self.url.port or 993, ssl_context=trusted, timeout=PATIENCE)
        server = IMAP4(host, self.url.port or 143, timeout=PATIENCE)
        if "STARTTLS" in server.capabilities:
            server.starttls(trusted)
        elif not _is_here(host):
            server.shutdown()
            raise NotConfidential(host)
        return server

    @staticmethod
    def _asked(answer: tuple[str, list[Any]]) -> list[Any]:
        """Raises IMAP4.error if the server said no."""
        status, said = answer
        if status != "OK":
            raise IMAP4.error(status)
        return said


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
