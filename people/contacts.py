"""Keeping contacts: people of an institution who phone, sign and collect without an account."""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from people import journal
from people.errors import MailNeedsAnAddress
from people.models import Contact, Institution, User
from people.models.institution import Channel

DESCRIBED: Final = frozenset({"name", "function", "phone", "email", "channel"})


@transaction.atomic
def add(institution: Institution, *, by: User, **facts: Any) -> Contact:
    """A person of ``institution``. Raises MailNeedsAnAddress."""
    contact = Contact(center_id=institution.center_id, institution=institution, **_known(facts))
    _ask_reachable(contact)
    contact.save()
    journal.record("contact.added", contact, by=by, institution=institution.pk)
    return contact


@transaction.atomic
def edit(contact: Contact, *, by: User, **facts: Any) -> Contact:
    """Only what is named changes. Raises MailNeedsAnAddress."""
    contact = Contact.objects.select_for_update(no_key=True, of=("self",)).get(pk=contact.pk)
    changed = sorted(name for name, value in _known(facts).items() if getattr(contact, name) != value)
    for name in changed:
        setattr(contact, name, facts[name])
    if changed:
        _ask_reachable(contact)
        contact.save(update_fields=changed)
        journal.record("contact.changed", contact, by=by, fields=changed)
    return contact


@transaction.atomic
def leave(contact: Contact, *, by: User, on: date | None = None) -> Contact:
    """They do not work there any more: nobody books for them, and their name goes with the next clean-up."""
    contact = Contact.objects.select_for_update(no_key=True, of=("self",)).get(pk=contact.pk)
    if contact.left_on is None:
        contact.left_on = on or timezone.localdate()
        contact.save(update_fields=["left_on"])
        journal.record("contact.left", contact, by=by, on=contact.left_on)
    return contact


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    if unknown := facts.keys() - DESCRIBED:
        raise TypeError(f"a contact is not described by {sorted(unknown)}")
    return facts


def _ask_reachable(contact: Contact) -> None:
    if contact.channel == Channel.MAIL and not contact.email:
        raise MailNeedsAnAddress
