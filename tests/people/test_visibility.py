"""``visible_to`` and ``may`` are two ways to ask the same question; they must never differ."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.models import Product
from people.models import Center, Institution, Membership, User
from people.permissions import may
from people.roles import SCHOOL_ROLES, Role
from people.visibility import VisibleQuerySet
from tests.conftest import school
from tests.rows import Rows, own_models

VISIBLE = [model for model in own_models() if isinstance(model._default_manager.all(), VisibleQuerySet)]

memberships = st.lists(
    st.tuples(
        st.sampled_from([role for role in Role if role != Role.APPLICANT]),
        st.sampled_from(["north", "south", "foreign"]),
        st.sampled_from(["waiting", "active", "ended"]),
    ),
    max_size=3,
    unique_by=lambda drawn: (drawn[0], drawn[1] if drawn[0] in SCHOOL_ROLES else drawn[1] == "foreign"),
)


@pytest.fixture
def world(center, neighbor, north, south, foreign_school, desk):
    """In each of three schools a row of every kind for Mia, one for somebody else, and one that names nobody."""
    mia = User.objects.create_user("mia@nord.example", name="Mia Meise")
    for institution in (north, south, foreign_school):
        for owner in (mia, desk, None):
            rows = Rows(institution.center, institution, desk)
            for model in VISIBLE:
                make_owned(rows, model, owner)
    return mia


def make_owned(rows: Rows, model, owner) -> None:
    names = {field.name for field in model._meta.concrete_fields}
    linked = tuple(names & {"institution", "product"})
    owned = {path: owner for path in model._default_manager.all().own_paths if path in names and owner}
    if model is Institution:
        rows.known[model] = school(rows.center, f"Schule {next(rows.numbers)}", f"2{next(rows.numbers):05}")
    elif model is Membership:
        institution = rows.make(Institution)  # a role is held once in one place
        rows.make(model, **owned, role=Role.TEACHER, institution=institution, ended_at=timezone.now())
    else:
        rows.known[model] = rows.make(model, linked=linked, **owned)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=memberships)
def test_one_sees_exactly_the_rows_one_may_see(world, north, south, foreign_school, drawn):
    places = {"north": north, "south": south, "foreign": foreign_school}
    with taken_back():
        for role, place, state in drawn:
            join(world, role, places[place], state)
        mia = User.objects.get(pk=world.pk)
        for model in VISIBLE:
            verb = model._default_manager.all().seen_by
            seen = set(model._default_manager.all().visible_to(mia))
            permitted = {row for row in model._default_manager.all() if may(mia, verb, on=row)}
            assert seen == permitted, model._meta.label


def test_the_world_has_rows_of_every_kind_to_tell_apart(world):
    assert [model for model in VISIBLE if model._default_manager.count() < 3] == []


def test_somebody_waiting_at_a_school_sees_the_catalogue_but_no_colleague(waiting, carla, case, foreign_case):
    assert set(Product.objects.all().visible_to(waiting)) == {case}
    assert set(User.objects.visible_to(waiting)) == {waiting}
    assert not may(waiting, "lending.renew")


def test_an_invited_desk_sees_nothing_before_it_is_activated(center, north, case):
    mia = User.objects.create_user("mia@mz.example", name="Mia Meise")
    Membership.objects.create(user=mia, center=center, role=Role.DESK)

    assert not may(mia, "catalogue.see", on=case)
    assert not Center.objects.visible_to(mia)


def test_a_teacher_may_reserve_for_their_school_only(anna, north, south):
    assert may(anna, "lending.reserve", on=north)
    assert not may(anna, "lending.reserve", on=south)


def test_a_locked_account_may_nothing(anna, north):
    anna.is_active = False

    assert not may(anna, "catalogue.see", on=north)


def test_a_coordinator_sees_the_people_of_the_school_and_the_desk_all_of_the_centre(
    anna, bert, carla, desk, foreign_teacher
):
    assert set(User.objects.visible_to(carla)) == {anna, carla}
    assert set(User.objects.visible_to(desk)) == {anna, bert, carla, desk}
    assert set(User.objects.visible_to(anna)) == {anna}


def test_the_operator_keeps_centres_and_sees_no_content(operator, center, neighbor, case):
    assert may(operator, "centers.keep", on=center)
    assert set(Center.objects.visible_to(operator)) == {center, neighbor}
    assert not Product.objects.all().visible_to(operator)
    assert not may(operator, "lending.see")


def test_an_unknown_verb_is_a_mistake_of_the_door(anna):
    with pytest.raises(KeyError):
        may(anna, "lending.fly")


@pytest.fixture
def waiting(north) -> User:
    mia = User.objects.create_user("mia@nord.example", name="Mia Meise")
    Membership.objects.create(user=mia, center=north.center, institution=north, role=Role.TEACHER)
    return mia


def join(user: User, role: Role, place: Institution, state: str) -> None:
    now = timezone.now()
    Membership.objects.create(
        user=user,
        center=place.center,
        institution=place if role in SCHOOL_ROLES else None,
        role=role,
        activated_at=None if state == "waiting" else now,
        ended_at=now if state == "ended" else None,
    )


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
