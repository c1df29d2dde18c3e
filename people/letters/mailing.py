"""A letter as a mail: plain text and HTML of the same blocks, nothing remote, nothing that tracks."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from people.letters import blocks
from people.models import Letter


def mail_of(letter: Letter) -> EmailMultiAlternatives:
    """Ready to be handed to a mail server. The Message-ID is the letter's, however often it is sent."""
    center = letter.center
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=blocks.as_text(letter.body),
        from_email=formataddr((center.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[letter.address],
        cc=[letter.copy_to] if letter.copy_to else None,
        reply_to=[formataddr((center.name, center.email))] if center.email else None,
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": letter.language,
            **_ways_out(letter),
        },
    )
    mail.attach_alternative(as_html(letter), "text/html")
    return mail


def _ways_out(letter: Letter) -> dict[str, str]:
    """How a mail program ends what its reader may end (RFC 2369, RFC 8058)."""
    address = next((block["url"] for block in letter.body if block.get("ends")), None)
    if address is None:
        return {}
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def as_html(letter: Letter) -> str:
    with translation.override(letter.language):
        return render_to_string("letters/mail.html", {"letter": letter})
