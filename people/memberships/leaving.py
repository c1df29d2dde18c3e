"""Somebody no longer works there. What they borrowed stays with the school."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from people import access_tokens, journal, letters, sessions
from people.memberships.appointing import refuse_last_manager
from people.memberships.locking import locked, locked_account
from people.models import Membership, User


@transaction.atomic
def leave(membership: Membership, *, by: User | None, now: datetime | None = None) -> Membership:
    """The member acts there no more; with the last membership the account is closed.

    Open loans and reservations stay with the institution, which is written to from now on; lending's
    ``hand_over_responsibility`` names a colleague. Raises MembershipIsOver, and LastManager if the centre would be left
    without one.
    """
    now = now or timezone.now()
    membership = locked(membership)
    _end(membership, by=by, now=now)
    if not membership.user.memberships.in_force().exists() and not membership.user.is_operator:
        _close(membership.user, by=by, now=now)
    return membership


@transaction.atomic
def leave_everywhere(user: User, *, by: User | None, now: datetime | None = None) -> None:
    """Every membership ends and the account is closed, as its owner may always ask. Raises LastManager."""
    now = now or timezone.now()
    user = locked_account(user)
    for membership in user.memberships.filter(ended_at=None).select_related("user", "center"):
        _end(membership, by=by, now=now)
    _close(user, by=by, now=now)


def _end(membership: Membership, *, by: User | None, now: datetime) -> None:
    refuse_last_manager(membership)
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    journal.record("members.left", membership, by=by, person=membership.user, role=membership.role)
    letters.withdraw(membership, now=now)


def _close(user: User, *, by: User | None, now: datetime) -> None:
    """Nobody acts in their name any more: neither a browser nor a program that is signed in."""
    access_tokens.revoke_all(user, by=by)
    sessions.end_all(user, now=now)
    user.is_active, user.left_at, user.is_operator = False, now, False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "left_at", "is_operator", "password"])
    journal.record("account.closed", user, by=by, person=user)
