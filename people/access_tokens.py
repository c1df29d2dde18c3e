"""Keys with which programs act for a person: issued against the password, kept as a digest, valid for a year."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from people import journal
from people.models import AccessToken, User

VALID_FOR: Final = timedelta(days=365)


def issue(user: User, *, now: datetime | None = None) -> str:
    """A new token for ``user``, told once and never again. The expired ones go."""
    now = now or timezone.now()
    token = secrets.token_urlsafe(32)
    user.access_tokens.filter(expires_at__lt=now).delete()
    user.access_tokens.create(digest=_digest(token), issued_at=now, expires_at=now + VALID_FOR)
    journal.record("access_token.issued", user, by=user)
    return token


def revoke_all(user: User, *, by: User | None) -> int:
    """End every token of ``user``; how many."""
    ended, _ = user.access_tokens.all().delete()
    journal.record("access_token.revoked", user, by=by, count=ended)
    return ended


def holder(token: str, *, now: datetime | None = None) -> User | None:
    """Whom ``token`` acts for, if it is known, not expired, and the person may sign in."""
    known = (
        AccessToken.objects.filter(digest=_digest(token), expires_at__gt=now or timezone.now(), user__is_active=True)
        .select_related("user")
        .first()
    )
    return known.user if known else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
