"""Writes down that a medium was looked at, used or refused: for an institution, under a pseudonym of the hour.

The pseudonym is a keyed hash of who it is and of the hour, with a random key that belongs to one day and is deleted
when the day has been counted. After that nobody can tell whose events they are, not even with the database and all
secrets at hand.
"""

import hmac
import logging
import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from licenses.decisions import Answer
from licenses.models import Medium, UseDay, UseEvent, UseKind
from licenses.terms import No
from people.models import Institution, User

log = logging.getLogger(__name__)

SALT_BYTES: Final = 32


def record(
    kind: UseKind,
    medium: Medium,
    *,
    institution: Institution,
    visitor: str,
    is_pupil: bool = False,
    now: datetime | None = None,
) -> None:
    """Write an event down. ``visitor`` tells people apart (see ``visitor_of``) and is not kept."""
    now = now or timezone.now()
    session = _session(visitor, now, institution)
    if session is None:
        log.warning("an event came after its day had been counted")
        return
    UseEvent.objects.create(
        center_id=medium.center_id,
        institution=institution,
        medium=medium,
        kind=kind,
        session=session,
        at=now,
        is_by_pupil=is_pupil,
    )


def record_answer(answer: Answer, *, visitor: str, is_pupil: bool = False) -> None:
    """A use if it was allowed; otherwise the denial that it was."""
    if answer.medium is None:
        return  # nobody can be refused what is not there
    record(
        kind_of(answer),
        answer.medium,
        institution=answer.institution,
        visitor=visitor,
        is_pupil=is_pupil,
        now=answer.at,
    )


def kind_of(answer: Answer) -> UseKind:
    if answer.is_allowed:
        return UseKind.REQUEST
    return UseKind.LIMIT_EXCEEDED if answer.reason == No.LIMIT_EXCEEDED else UseKind.NO_LICENSE


def visitor_of(user: User) -> str:
    return f"user:{user.pk}"


def _session(visitor: str, at: datetime, institution: Institution) -> UUID | None:
    """The same for one visitor during one hour on the centre's clock; None: that day has been counted."""
    local = timezone.localtime(at, institution.center.zone)
    salts = UseDay.objects.filter(day=local.date()).values_list("salt", flat=True)
    if not (known := list(salts)):
        begun = UseDay(day=local.date(), salt=secrets.token_bytes(SALT_BYTES))
        UseDay.objects.bulk_create([begun], ignore_conflicts=True)
        known = list(salts.all())
    (salt,) = known
    if salt is None:
        return None
    told = f"{visitor}|{local:%Y-%m-%dT%H}"
    return UUID(bytes=hmac.digest(bytes(salt), told.encode(), "sha256")[:16])
