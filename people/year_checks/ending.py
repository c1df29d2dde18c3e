"""The day has come: whom a school did not tick leaves."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from people.memberships.leaving import leave
from people.memberships.locking import locked_account
from people.models import Membership


def due(now: datetime) -> list[Membership]:
    """Whose last day is over."""
    over = Membership.objects.filter(ended_at=None, leaves_on__lt=timezone.localdate(now))
    return list(over.select_related("user").order_by("pk"))


@transaction.atomic
def end_what_was_said(membership: Membership, *, now: datetime | None = None) -> bool:
    """The member leaves, as the school said; what was borrowed stays with the school. False if it no longer says so."""
    now = now or timezone.now()
    locked_account(membership.user)
    still = Membership.objects.select_for_update(no_key=True).filter(
        pk=membership.pk, ended_at=None, leaves_on__lt=timezone.localdate(now)
    )
    if not still.exists():
        return False
    leave(membership, by=None, now=now)
    return True
