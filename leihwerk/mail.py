"""How mail leaves: a refusal counts when it is the main recipient's; a demo's mail reaches nobody."""

import logging
import smtplib
from collections.abc import Iterable, Sequence
from email.utils import parseaddr
from typing import Any, Final, TypeAlias

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

log = logging.getLogger(__name__)

RESERVED: Final = (".example", ".test", ".invalid", ".localhost", "example.org", "example.com", "example.net")
"""Ends of addresses that belong to nobody, for ever (RFC 2606)."""


Refusals: TypeAlias = dict[str, tuple[int, bytes]]
"""Address, and the server's code and answer."""


class _MainRecipientCounts(smtplib.SMTP):
    """smtplib counts a mail as sent as soon as one recipient is accepted, be it the copy."""

    main = ""
    copies_refused: Refusals = {}

    def sendmail(self, from_addr: str, to_addrs: str | Sequence[str], *more: Any, **options: Any) -> Any:
        """Raises SMTPRecipientsRefused before anything is sent if the first of ``to_addrs`` is refused."""
        self.main = to_addrs if isinstance(to_addrs, str) else to_addrs[0]
        refused = super().sendmail(from_addr, to_addrs, *more, **options)
        for code, _ in refused.values():
            log.warning("a copy was refused: %s", code)
        self.copies_refused = refused
        return refused

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        code, answer = super().rcpt(recip, options)
        if recip == self.main and code not in {250, 251, 421}:  # at 421 the server hangs up, and smtplib says so
            self.rset()
            raise smtplib.SMTPRecipientsRefused({recip: (code, answer)})
        return code, answer


class _MainRecipientCountsOverTLS(_MainRecipientCounts, smtplib.SMTP_SSL):
    """The same on a connection that is encrypted from the start."""


class EmailBackend(smtp.EmailBackend):
    """Django's, which does not overlook that the main recipient was refused."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _MainRecipientCountsOverTLS if self.use_ssl else _MainRecipientCounts

    @property
    def copies_refused(self) -> Refusals:
        """Those of the last mail that was sent."""
        return self.connection.copies_refused if isinstance(self.connection, _MainRecipientCounts) else {}


class OnlyToNobody(EmailBackend):
    """Real SMTP, to reserved addresses only. Demo data may hold schools' real addresses (import the Land's file)."""

    def send_messages(self, email_messages: Iterable[Any]) -> int:
        return super().send_messages([mail for mail in email_messages if _keep_reserved(mail)])


def _keep_reserved(mail: EmailMessage) -> list[str]:
    mail.to, mail.cc, mail.bcc = ([to for to in field if is_reserved(to)] for field in (mail.to, mail.cc, mail.bcc))
    return mail.recipients()


def is_reserved(address: str) -> bool:
    domain = "." + parseaddr(address)[1].rpartition("@")[2].lower()
    return domain.endswith(tuple("." + end.lstrip(".") for end in RESERVED))
