"""What a delivery status notification says: which mail did not reach whom. Pure; whatever else comes is nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.parser import HeaderParser
from typing import Final

from people.letters.status import DETAILED

MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{3,118}>")
RETURNED: Final = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})


@dataclass(frozen=True)
class Failure:
    """``addresses``: what the recipient was called when the mail was sent, and what became of it on the way."""

    message_id: str
    addresses: frozenset[str]
    status: str


def read(mail: bytes) -> list[Failure]:
    """Recipients that ``mail`` reports as failed for good; none if it is not such a report, or a mutilated one."""
    report = message_from_bytes(mail, policy=policy.default)
    if report.get_content_type() != "multipart/report" or _report_type(report) != "delivery-status":
        return []
    parts = [part for part in report.walk() if isinstance(part, EmailMessage)]
    message_id = next((found for part in parts if (found := _message_id_of(part))), None)
    if message_id is None:
        return []
    groups = (
        group for part in parts if part.get_content_type() == "message/delivery-status" for group in _groups(part)
    )
    return [failure for group in groups for failure in _failures(group, message_id)]


def _failures(group: Message, message_id: str) -> Iterator[Failure]:
    """One group of fields is about one recipient (RFC 3464, 2.3)."""
    status = DETAILED.match(str(group.get("Status", "")))
    if str(group.get("Action", "")).strip().lower() != "failed" or status is None:
        return
    named = (_address(str(group.get(name, ""))) for name in ("Original-Recipient", "Final-Recipient"))
    if addresses := frozenset(filter(None, named)):
        yield Failure(message_id, addresses, status[1])


def _address(field: str) -> str:
    """``rfc822; Anna@Nord.example`` → ``anna@nord.example``"""
    kind, _, address = field.partition(";")
    return address.strip().strip("<>").lower() if kind.strip().lower() in {"rfc822", "utf-8"} else ""


def _groups(part: Message) -> list[Message]:
    content = part.get_payload()
    return [group for group in content if isinstance(group, Message)] if isinstance(content, list) else []


def _message_id_of(part: EmailMessage) -> str | None:
    """Of the mail that came back, whole or its headers only."""
    if part.get_content_type() not in RETURNED:
        return None
    content = part.get_payload()
    if isinstance(content, list):
        returned = content[0] if content and isinstance(content[0], Message) else None
    else:
        raw = part.get_payload(decode=True)
        returned = HeaderParser().parsestr(raw.decode(errors="replace")) if isinstance(raw, bytes) else None
    found = MESSAGE_ID.search(str(returned.get("Message-ID", ""))) if returned is not None else None
    return found[0] if found else None


def _report_type(report: Message) -> str:
    return str(report.get_param("report-type", "")).lower()
