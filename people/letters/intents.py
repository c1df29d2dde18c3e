"""Verbs write down what somebody is to be told, in their own transaction."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from people import journal
from people.errors import AlreadyWithdrawn
from people.letters import bell
from people.letters.addressing import Addressee, Recipient, recipient_of
from people.letters.kinds import KINDS
from people.letters.withdrawing import take_back
from people.models import Intent, User


@transaction.atomic(savepoint=False)  # a part of its verb: what fails here fails there
def intend(
    kind: str, about: Model, to: Addressee | None, *, step: int = 0, due_on: date | None = None, **facts: Any
) -> Intent | None:
    """``to`` shall be told ``kind`` about ``about``: at once, or in the letter of the day ``due_on``.

    Without ``to``, or when that person has left, the institution of ``about`` is told; None when nobody can be.
    There is one intent per subject, kind, step and recipient: calling again refreshes it as long as it has not gone
    out, and changes nothing afterwards. What may happen again (a renewal) counts in ``step``. Facts are ids, codes,
    dates (``*_on``), moments (``*_at``), numbers and names of things; never names of people. Raises KeyError for a
    kind that kinds.py does not know.
    """
    recipient = _reached(kind, to, about)
    if recipient is None:
        return None
    intent, is_new = (
        Intent.objects.current()
        .select_for_update(no_key=True)
        .get_or_create(
            subject_type=about._meta.label_lower,
            subject_id=about.pk,
            kind=kind,
            step=step,
            recipient=recipient.key,
            defaults={
                "center_id": about.center_id,  # type: ignore[attr-defined]  # whatever one writes about has a centre
                "institution": recipient.institution,
                "user": recipient.user,
                "contact": recipient.contact,
                "due_on": due_on,
                "facts": facts,
                "needs_release": KINDS[kind].needs_release,
            },
        )
    )
    if not is_new:
        _refresh(intent, due_on, facts)
    bell.ring()
    return intent


@transaction.atomic(savepoint=False)
def intend_all(kind: str, about: Iterable[tuple[Model, Mapping[str, Any]]], to: Addressee | None) -> list[Intent]:
    """As ``intend``, in one statement: about subjects of which nothing of the kind was told yet, with their facts."""
    reached = [(subject, facts, _reached(kind, to, subject)) for subject, facts in about]
    intents = [
        Intent(
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            kind=kind,
            recipient=recipient.key,
            center_id=subject.center_id,  # type: ignore[attr-defined]  # as above
            institution=recipient.institution,
            user=recipient.user,
            contact=recipient.contact,
            facts=dict(facts),
            needs_release=KINDS[kind].needs_release,
        )
        for subject, facts, recipient in reached
        if recipient is not None
    ]
    Intent.objects.bulk_create(intents)
    bell.ring()
    return intents


@transaction.atomic
def release(intent: Intent, *, by: User, now: datetime | None = None) -> Intent:
    """A person has read what this would say, and lets it go out. Raises AlreadyWithdrawn."""
    locked = _still_waiting(intent)
    if locked.released_at is None:
        locked.released_at, locked.released_by = now or timezone.now(), by
        locked.save(update_fields=["released_at", "released_by"])
        journal.record("letter.released", locked, by=by, kind=locked.kind)
        bell.ring()
    return locked


@transaction.atomic
def hold_back(intent: Intent, *, by: User, now: datetime | None = None) -> Intent:
    """A person has read what this would say, and decides against it. Raises AlreadyWithdrawn."""
    locked = _still_waiting(intent)
    locked.withdrawn_at = now or timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    journal.record("letter.held_back", locked, by=by, kind=locked.kind)
    return locked


def _reached(kind: str, to: Addressee | None, about: Model) -> Recipient | None:
    """Who is told; None when nobody can be. A courtesy is worth a mail, but no stamp and no call."""
    recipient = recipient_of(to, about)
    if recipient and KINDS[kind].is_courtesy and (recipient.channel != "mail" or recipient.is_diverted):
        return None
    return recipient


def _still_waiting(intent: Intent) -> Intent:
    locked = Intent.objects.unwritten().select_for_update(no_key=True).filter(pk=intent.pk).first()
    if locked is None:
        raise AlreadyWithdrawn
    return locked


def _refresh(intent: Intent, due_on: date | None, facts: dict[str, Any]) -> None:
    if intent.due_on == due_on and intent.facts == as_stored(facts):
        return
    if take_back(intent):
        intent.due_on, intent.facts = due_on, facts
        intent.save(update_fields=["due_on", "facts"])


def as_stored(facts: dict[str, Any]) -> Any:
    """Facts as they are read back."""
    return json.loads(json.dumps(facts, cls=DjangoJSONEncoder))
