"""Keys with which programs of others fetch reports of use. A key is told once; only its digest is kept."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from licenses.errors import OfAnotherCenter
from licenses.models import Harvester
from people import journal
from people.models import Center, Institution, User


@transaction.atomic
def admit(
    center: Center, *, name: str, institution: Institution | None = None, by: User, now: datetime | None = None
) -> tuple[Harvester, str]:
    """Admit a program to the reports of ``center``, or of one ``institution`` only; answers with its key, too."""
    if institution is not None and institution.center_id != center.pk:
        raise OfAnotherCenter
    key = secrets.token_urlsafe(32)
    harvester = Harvester.objects.create(
        center=center,
        institution=institution,
        name=name,
        requestor_id=f"lw-{secrets.token_hex(6)}",
        digest=_digest(key),
        created_at=now or timezone.now(),
    )
    journal.record("harvester.admitted", harvester, by=by, institution=institution.pk if institution else None)
    return harvester, key


@transaction.atomic
def revoke(harvester: Harvester, *, by: User, now: datetime | None = None) -> Harvester:
    """It fetches nothing from now on. Doing it twice changes nothing."""
    harvester = Harvester.objects.select_for_update(no_key=True).get(pk=harvester.pk)
    if harvester.revoked_at is None:
        harvester.revoked_at = now or timezone.now()
        harvester.save(update_fields=["revoked_at"])
        journal.record("harvester.revoked", harvester, by=by)
    return harvester


def known(requestor_id: str) -> Harvester | None:
    if "\0" in requestor_id:  # which PostgreSQL is not to be asked for
        return None
    found = Harvester.objects.in_force().filter(requestor_id=requestor_id)
    return found.select_related("center", "institution").first()


def has_key(harvester: Harvester, key: str) -> bool:
    return constant_time_compare(harvester.digest, _digest(key))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
