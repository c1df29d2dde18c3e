"""Asking to join, activating, inviting, being given a role, leaving."""

import pytest
from django.utils import timezone

from people import access_tokens
from people.errors import AlreadyMember, InstitutionIsClosed, LastManager, MembershipIsOver, RoleDoesNotFit
from people.memberships import activate, appoint, ask_to_join, invite, is_waiting_at, leave, reject
from people.memberships.leaving import leave_everywhere
from people.models import Institution, Intent, JournalEntry, Membership, User
from people.permissions import may
from people.roles import Role


@pytest.fixture
def mia(db) -> User:
    """A teacher with an account and no school yet."""
    return User.objects.create_user("mia@nord.example", "geheim-genug", name="Mia Meise")


def test_a_teacher_asks_and_the_coordinator_activates(mia, north, carla, case):
    membership = ask_to_join(north, by=mia)
    assert is_waiting_at(north, fresh(mia))
    assert not may(fresh(mia), "lending.renew")

    activate(membership, by=carla)

    assert not is_waiting_at(north, fresh(mia))
    assert may(fresh(mia), "lending.reserve", on=north)
    assert verbs() == ["members.asked", "members.activated"]
    assert told() == {"activated"}


def test_activating_twice_is_activating_once(mia, north, carla, desk):
    membership = ask_to_join(north, by=mia)
    activate(membership, by=carla)

    assert activate(membership, by=desk).activated_by == carla
    assert verbs() == ["members.asked", "members.activated"]


def test_nobody_asks_twice_for_the_same_school(mia, north):
    ask_to_join(north, by=mia)

    with pytest.raises(AlreadyMember):
        ask_to_join(north, by=mia)


def test_a_closed_school_and_the_centre_itself_take_nobody(mia, north, center):
    north.closed_on = timezone.localdate()
    north.save()
    house = Institution.objects.create(center=center, kind="internal", name="Medienzentrum")

    for place in (north, house):
        with pytest.raises(InstitutionIsClosed):
            ask_to_join(place, by=mia)


def test_who_is_rejected_keeps_the_account_and_may_ask_elsewhere(mia, north, south, carla):
    reject(ask_to_join(north, by=mia), by=carla)

    assert fresh(mia).is_active
    assert not is_waiting_at(north, fresh(mia))
    assert ask_to_join(south, by=mia)
    assert told() == {"declined", "registered"}


def test_a_rejected_request_is_over(mia, north, carla):
    membership = reject(ask_to_join(north, by=mia), by=carla)

    with pytest.raises(MembershipIsOver):
        activate(membership, by=carla)


def test_what_was_activated_is_not_rejected_any_more(mia, north, carla):
    membership = activate(ask_to_join(north, by=mia), by=carla)

    with pytest.raises(AlreadyMember):
        reject(membership, by=carla)


def test_a_member_of_one_school_waits_at_the_other(anna, south):
    ask_to_join(south, by=anna)

    assert is_waiting_at(south, fresh(anna))
    assert may(fresh(anna), "lending.reserve", on=south)
    assert not may(fresh(anna), "lending.renew", on=south)


def test_the_desk_waits_nowhere_in_its_centre(desk, north):
    ask_to_join(north, by=desk)

    assert not is_waiting_at(north, fresh(desk))


def test_an_invited_person_is_a_member_at_once_and_sets_a_password(north, carla):
    membership = invite("Max@Nord.example ", name="Max Meier", role=Role.TEACHER, to=north, by=carla)

    assert (membership.user.email, membership.user.name) == ("max@nord.example", "Max Meier")
    assert membership.is_active
    assert not membership.user.has_usable_password()
    assert told() == {"invited"}


def test_inviting_somebody_with_an_account_adds_a_membership_and_changes_nothing_else(bert, north, carla):
    invite(bert.email, name="Ganz Anders", role=Role.TEACHER, to=north, by=carla)

    assert fresh(bert).name == "Bert Buche"
    assert len(fresh(bert).active_memberships) == 2
    assert told() == {"activated"}


def test_inviting_a_member_says_so(anna, north, carla):
    with pytest.raises(AlreadyMember):
        invite(anna.email, name="Anna", role=Role.TEACHER, to=north, by=carla)


def test_inviting_somebody_who_waits_activates_them(mia, north, carla):
    ask_to_join(north, by=mia)

    invite(mia.email, name="Mia", role=Role.TEACHER, to=north, by=carla)

    assert [membership.standing for membership in fresh(mia).memberships_in_force] == [Role.TEACHER]


def test_one_has_one_role_in_one_place(anna, north, desk):
    appoint(anna, role=Role.COORDINATOR, of=north, by=desk)

    assert [membership.role for membership in fresh(anna).active_memberships] == [Role.COORDINATOR]


def test_appointing_again_changes_nothing(anna, north, desk):
    assert appoint(anna, role=Role.TEACHER, of=north, by=desk).pk == anna.memberships.get().pk
    assert verbs() == []


def test_roles_belong_to_their_kind_of_place(anna, north, center, manager):
    with pytest.raises(RoleDoesNotFit):
        appoint(anna, role=Role.DESK, of=north, by=manager)
    with pytest.raises(RoleDoesNotFit):
        invite("x@y.example", name="X", role=Role.TEACHER, to=center, by=manager)
    assert not User.objects.filter(email="x@y.example").exists()


def test_a_centre_is_not_left_without_a_manager(manager, center, desk, operator):
    with pytest.raises(LastManager):
        leave(manager.memberships.get(), by=operator)
    with pytest.raises(LastManager):
        appoint(manager, role=Role.DESK, of=center, by=operator)

    appoint(desk, role=Role.MANAGER, of=center, by=operator)
    leave(manager.memberships.get(), by=operator)

    assert not fresh(manager).is_active


def test_who_leaves_the_last_place_has_no_account_any_more(anna, carla):
    token = access_tokens.issue(anna)

    leave(anna.memberships.get(), by=carla)

    left = fresh(anna)
    assert not left.is_active
    assert left.left_at
    assert not left.has_usable_password()
    assert access_tokens.holder(token) is None
    assert verbs()[-2:] == ["access_token.revoked", "account.closed"]


def test_who_leaves_one_of_two_places_stays(anna, south, desk, north):
    appoint(anna, role=Role.TEACHER, of=south, by=desk)

    leave(anna.memberships.get(institution=north), by=desk)

    assert fresh(anna).is_active
    assert not may(fresh(anna), "lending.reserve", on=north)


def test_an_operator_who_leaves_a_centre_stays_operator(operator, center, manager):
    appoint(operator, role=Role.DESK, of=center, by=manager)

    leave(operator.memberships.get(), by=manager)

    assert fresh(operator).is_active


def test_who_came_back_is_let_in_again(anna, carla, south, desk):
    leave(anna.memberships.get(), by=carla)

    invite(anna.email, name="Anna Amsel", role=Role.TEACHER, to=south, by=desk)

    assert fresh(anna).is_active
    assert fresh(anna).left_at is None
    assert "invited" in told()


def test_one_may_close_ones_own_account(anna, north, south, desk):
    ask_to_join(south, by=anna)

    leave_everywhere(anna, by=anna)

    assert not fresh(anna).is_active
    assert not Membership.objects.filter(user=anna, ended_at=None).exists()


def test_a_school_whose_only_coordinator_leaves_is_listed(anna, carla, north, south, desk):
    assert set(Institution.objects.without_coordination()) == set()

    leave(carla.memberships.get(), by=desk)

    assert set(Institution.objects.without_coordination()) == {north}


def fresh(user: User) -> User:
    """As the next request sees them."""
    return User.objects.get(pk=user.pk)


def verbs() -> list[str]:
    return list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))


def told() -> set[str]:
    return set(Intent.objects.current().values_list("kind", flat=True))
