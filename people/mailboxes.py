"""Mail addresses that were refused for good: noticed by a mail server, put right by people."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from people import journal
from people.models import Contact, Institution, Letter, User

Owner = TypeVar("Owner", User, Contact, Institution)


@transaction.atomic
def note_refused(letter: Letter, address: str, status: str, *, now: datetime | None = None) -> None:
    """Whoever ``letter`` names and who still has ``address`` gets nothing there any more; ``status`` says why.

    The first refusal stays: since when is what people want to know.
    """
    for owner in (letter.user, letter.contact, letter.institution):
        if owner is not None and owner.email.lower() == address.lower():
            _refuse(owner, status, now or timezone.now())


@transaction.atomic
def trust(owner: Owner, *, by: User) -> Owner:
    """Somebody has asked: the address is right. The next letter goes there again; a second time changes nothing."""
    owner = type(owner)._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=owner.pk)
    if owner.is_mail_refused:
        owner.mail_refused_at, owner.mail_refused_with = None, ""
        owner.save(update_fields=["mail_refused_at", "mail_refused_with"])
        journal.record("mail.trusted", owner, by=by)
    return owner


def _refuse(owner: User | Contact | Institution, status: str, now: datetime) -> None:
    locked = type(owner)._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=owner.pk)
    if locked.is_mail_refused or locked.email.lower() != owner.email.lower():
        return
    locked.mail_refused_at, locked.mail_refused_with = now, status
    locked.save(update_fields=["mail_refused_at", "mail_refused_with"])
    journal.record("mail.refused", locked, by=None, code=status)
