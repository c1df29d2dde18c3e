"""Somebody is asked in: an account without a password waits for whoever reads that mailbox."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from people import journal, letters
from people.errors import AlreadyMember
from people.memberships.appointing import Place, give_role
from people.models import Membership, User
from people.roles import Role


@transaction.atomic
def invite(email: str, *, name: str, role: Role, to: Place, by: User | None, now: datetime | None = None) -> Membership:
    """The person behind ``email`` may act as ``role`` for a centre or an institution.

    Who invites vouches: the membership is active at once. A new account has no password; the letter says how its owner
    sets one, which proves the address. An account that exists keeps its own name, and one that was closed because its
    owner had left is open again. Raises AlreadyMember, RoleDoesNotFit, LastManager.
    """
    user, is_new = User.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name.strip(), "password": make_password(None)}
    )
    if not user.is_active:
        user.is_active, user.left_at = True, None
        user.save(update_fields=["is_active", "left_at"])
    membership, is_new_there = give_role(user, role, to, by=by, now=now or timezone.now())
    if not is_new_there:
        raise AlreadyMember(institution=str(to))
    journal.record("members.invited", membership, by=by, person=user, role=membership.role, is_new=is_new)
    letters.intend("activated" if user.has_usable_password() else "invited", membership, user)
    return membership
