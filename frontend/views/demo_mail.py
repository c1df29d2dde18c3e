"""The demo's mailbox: mails that were kept as files, for everybody who tries Leihwerk out. Never outside a demo."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

SHOWN: Final = 50
PARTED: Final = b"\n" + b"-" * 79 + b"\n"  # as Django's backend parts the mails of one file


@dataclass(frozen=True)
class Mail:
    subject: str
    to: str
    at: datetime | None
    text: str


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest mails first."""
    if not (settings.DEMO and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")):
        raise Http404
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    mails = [mail for file in files[:SHOWN] for mail in reversed(_mails_in(file))]
    return render(request, "frontend/demo/mail.html", {"mails": mails[:SHOWN]})


def _mails_in(file: Path) -> list[Mail]:
    parts = (part.strip() for part in file.read_bytes().split(PARTED))
    return [_read(message_from_bytes(part, _class=EmailMessage, policy=policy.default)) for part in parts if part]


def _read(mail: EmailMessage) -> Mail:
    body = mail.get_body(("plain",))
    at = parsedate_to_datetime(mail["Date"]) if mail["Date"] else None
    if at and at.tzinfo is None:  # "-0000": in UTC, from nobody knows where
        at = at.replace(tzinfo=UTC)
    return Mail(mail["Subject"] or "", mail["To"] or "", at, body.get_content() if body else "")


urlpatterns = [path("demo/mail/", mailbox, name="demo_mail")]
