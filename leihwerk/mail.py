"""The demo's mail server: nothing leaves for an address that somebody could have."""

from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any, Final

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

RESERVED: Final = (".example", ".test", ".invalid", ".localhost", "example.org", "example.com", "example.net")
"""Ends of addresses that belong to nobody, for ever (RFC 2606)."""


class OnlyToNobody(smtp.EmailBackend):
    """Real SMTP, to reserved addresses only. Demo data may hold schools' real addresses (import the Land's file)."""

    def send_messages(self, email_messages: Iterable[Any]) -> int:
        return super().send_messages([mail for mail in email_messages if _keep_reserved(mail)])


def _keep_reserved(mail: EmailMessage) -> list[str]:
    mail.to, mail.cc, mail.bcc = ([to for to in field if is_reserved(to)] for field in (mail.to, mail.cc, mail.bcc))
    return mail.recipients()


def is_reserved(address: str) -> bool:
    domain = "." + parseaddr(address)[1].rpartition("@")[2].lower()
    return domain.endswith(tuple("." + end.lstrip(".") for end in RESERVED))
