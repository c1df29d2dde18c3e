"""Two people decide about one member, or two managers leave, at the same moment."""

import pytest
from django.db import IntegrityError, transaction

from people import once
from people.errors import AlreadyMember, LastManager
from people.memberships import activate, appoint, ask_to_join, invite, leave, reject
from people.models import Institution, JournalEntry, Membership, User
from people.roles import Role
from tests.conftest import member
from tests.races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_requests_for_the_same_school_one_is_there(anna, south):
    outcomes = together(*[lambda: once.run(lambda: ask_to_join(south, by=anna))] * 8)

    assert sum(isinstance(outcome, Membership) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadyMember) for outcome in outcomes) == 7


def test_without_the_lock_only_the_wall_is_left(anna, south):
    """The negative control: writing past the verb collides in the database."""

    def write():
        with transaction.atomic():
            return anna.memberships.create(center=south.center, institution=south, role=Role.TEACHER)

    outcomes = together(*[write] * 8)

    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 7


def test_activated_or_rejected_but_not_both(anna, south, desk, manager):
    membership = ask_to_join(south, by=anna)

    together(
        lambda: once.run(lambda: activate(membership, by=desk)),
        lambda: once.run(lambda: reject(membership, by=manager)),
    )

    decided = JournalEntry.objects.filter(verb__in=["members.activated", "members.rejected"])
    assert decided.count() == 1


def test_two_managers_do_not_leave_a_centre_alone(center, manager):
    other = member("zwei@mz.example", "Zora Zwei", Role.MANAGER, center)

    outcomes = together(
        *[
            lambda leaver=leaver: once.run(lambda: leave(leaver.memberships.get(), by=leaver))
            for leaver in (manager, other)
        ]
    )

    assert sum(isinstance(outcome, LastManager) for outcome in outcomes) == 1
    assert Membership.objects.active().filter(center=center, role=Role.MANAGER).count() == 1


def test_two_invitations_to_one_address_make_one_account(north, south, desk):
    def inviting(school: Institution):
        return lambda: once.run(lambda: invite("max@x.example", name="Max", role=Role.TEACHER, to=school, by=desk))

    together(inviting(north), inviting(south))

    assert User.objects.get(email="max@x.example").memberships.count() == 2


def test_two_roles_at_once_leave_one(anna, north, desk, manager):
    together(
        lambda: once.run(lambda: appoint(anna, role=Role.COORDINATOR, of=north, by=desk)),
        lambda: once.run(lambda: leave(anna.memberships.get(role=Role.TEACHER), by=manager)),
    )

    assert Membership.objects.active().filter(user=anna).count() <= 1
