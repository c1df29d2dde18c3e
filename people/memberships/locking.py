"""Memberships change under the lock of their account: two people may decide about one member at once."""

from people.errors import MembershipIsOver
from people.models import Membership, User


def locked_account(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def locked(membership: Membership) -> Membership:
    """The membership as it is now, with its account locked. Raises MembershipIsOver."""
    locked_account(membership.user)
    membership = Membership.objects.select_related("user", "institution", "center").get(pk=membership.pk)
    if membership.ended_at is not None:
        raise MembershipIsOver
    return membership
