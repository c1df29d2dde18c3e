"""Giving somebody a role."""

from datetime import datetime
from typing import TypeAlias

from django.db import transaction
from django.utils import timezone

from people import journal, letters
from people.errors import LastManager, RoleDoesNotFit
from people.memberships.locking import locked_account
from people.models import Center, Institution, Membership, User
from people.roles import CENTER_ROLES, SCHOOL_ROLES, Role

Place: TypeAlias = Center | Institution


@transaction.atomic
def appoint(user: User, *, role: Role, of: Place, by: User | None, now: datetime | None = None) -> Membership:
    """``user`` acts as ``role`` for a centre or an institution from now on.

    One acts in one role in one place: what the person was there before, or asked to be, ends. Raises RoleDoesNotFit
    for a school's role in a centre and the other way round, LastManager if the centre would be left without one.
    """
    membership, is_new = give_role(user, role, of, by=by, now=now or timezone.now())
    if is_new:
        journal.record("members.appointed", membership, by=by, person=user, role=membership.role)
        letters.intend("activated", membership, user)
    return membership


def give_role(user: User, role: Role, of: Place, *, by: User | None, now: datetime) -> tuple[Membership, bool]:
    """The membership, and whether it is new; see ``appoint``."""
    institution = of if isinstance(of, Institution) else None
    if role not in (SCHOOL_ROLES if institution else CENTER_ROLES):
        raise RoleDoesNotFit
    user = locked_account(user)
    here = user.memberships.filter(center_id=of.center_id, institution=institution, ended_at=None)
    known = here.active().filter(role=role).first()
    if known is not None:
        return known, False
    for former in here:
        refuse_last_manager(former)
        former.ended_at = now
        former.save(update_fields=["ended_at"])
    membership = user.memberships.create(
        center_id=of.center_id, institution=institution, role=role, activated_at=now, activated_by=by
    )
    return membership, True


def refuse_last_manager(membership: Membership) -> None:
    """Raises LastManager when the centre would have nobody left who can appoint anybody."""
    if membership.role != Role.MANAGER or not membership.is_active:
        return
    Center.objects.select_for_update(no_key=True).get(pk=membership.center_id)  # two managers leave at once
    others = Membership.objects.active().filter(center=membership.center_id, role=Role.MANAGER)
    if not others.exclude(user=membership.user_id).filter(user__is_active=True).exists():
        raise LastManager(center=str(membership.center))
