"""A teacher asks to act for a school; its coordinator or the desk says yes or no."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from people import journal, letters
from people.errors import AlreadyMember, InstitutionIsClosed
from people.memberships.locking import locked, locked_account
from people.models import Institution, Membership, User
from people.models.institution import InstitutionKind
from people.roles import Role


@transaction.atomic
def ask_to_join(institution: Institution, *, by: User) -> Membership:
    """``by`` wants to act for ``institution`` as a teacher, and waits for somebody to activate that.

    Raises AlreadyMember while a membership there is in force, InstitutionIsClosed for one that nobody can join.
    """
    user = locked_account(by)
    if institution.closed_on is not None or institution.kind == InstitutionKind.INTERNAL:
        raise InstitutionIsClosed(institution=str(institution))
    if user.memberships.in_force().filter(institution=institution).exists():
        raise AlreadyMember(institution=str(institution))
    membership = user.memberships.create(center_id=institution.center_id, institution=institution, role=Role.TEACHER)
    journal.record("members.asked", membership, by=by, person=user, role=membership.role)
    letters.intend("registered", membership, user)
    return membership


@transaction.atomic
def activate(membership: Membership, *, by: User, now: datetime | None = None) -> Membership:
    """From now on the member acts for the institution. Raises MembershipIsOver; an active one stays as it is."""
    membership = locked(membership)
    if membership.is_active:
        return membership
    membership.activated_at, membership.activated_by = now or timezone.now(), by
    membership.save(update_fields=["activated_at", "activated_by"])
    journal.record("members.activated", membership, by=by, person=membership.user, role=membership.role)
    letters.withdraw(membership, "registered")
    letters.intend("activated", membership, membership.user)
    return membership


@transaction.atomic
def reject(membership: Membership, *, by: User, now: datetime | None = None) -> Membership:
    """The member does not belong there. Their account stays: they may have meant another school.

    Raises MembershipIsOver, and AlreadyMember when it was activated meanwhile (then it is ``leave`` that ends it).
    """
    membership = locked(membership)
    if membership.is_active:
        raise AlreadyMember(institution=str(membership.institution))
    membership.ended_at = now or timezone.now()
    membership.save(update_fields=["ended_at"])
    journal.record("members.rejected", membership, by=by, person=membership.user, role=membership.role)
    letters.withdraw(membership, "registered")
    letters.intend("declined", membership, membership.user)
    return membership
