"""Licences that are counted in pupils are compared with the schools' numbers: somebody is warned, nobody refused."""

from datetime import date

import pytest

from licenses.coverage import coverages, under_covered
from licenses.decisions import decide
from licenses.models import Package, Scope, ScopeInstitution
from licenses.rights import Action
from people.models import Institution

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def schools(north, south):
    """220 and 900 pupils."""
    Institution.objects.filter(pk=north.pk).update(pupils=220, school_form="02")
    Institution.objects.filter(pk=south.pk).update(pupils=900, school_form="20")


def counted(entitlement):
    found = coverages([entitlement])[entitlement.pk]
    return found.pupils, found.missing, found.untold


def test_the_pupils_of_all_schools_inside_are_summed(schools, entitled):
    assert counted(entitled(capacity_kind="pupils", capacity=1000)) == (1120, 120, 0)
    assert counted(entitled(capacity_kind="pupils", capacity=1120)) == (1120, 0, 0)


def test_only_schools_inside_a_scope_count_and_each_once(schools, entitled, center, north, south):
    primary = Scope.objects.create(center=center, name="Grundschulen", school_forms=["02"])
    named = Scope.objects.create(center=center, name="Nord")
    ScopeInstitution.objects.create(center=center, scope=named, institution=north)

    assert counted(entitled(capacity_kind="pupils", capacity=10, scopes=(primary, named))) == (220, 210, 0)
    assert counted(entitled(capacity_kind="pupils", capacity=10, scopes=())) == (0, 0, 0)


def test_schools_without_a_number_are_named_and_closed_ones_left_out(schools, entitled, north, south):
    Institution.objects.filter(pk=north.pk).update(pupils=None)
    assert counted(entitled(capacity_kind="pupils", capacity=1000)) == (900, 0, 1)

    Institution.objects.filter(pk=south.pk).update(closed_on=TODAY)

    assert counted(entitled(capacity_kind="pupils", capacity=1000)) == (0, 0, 1)


def test_other_licences_are_not_about_pupils(schools, entitled):
    assert coverages([entitled(), entitled(capacity_kind="named", capacity=1)]) == {}


def test_it_warns_and_refuses_nobody(schools, entitled, film, anna, north):
    entitled(capacity_kind="pupils", capacity=1)
    north.refresh_from_db()

    assert decide(anna, north, film, Action.SHOW).is_allowed


def test_the_worst_come_first_and_only_those_in_force(schools, entitled, period, center, neighbor, provider):
    little = entitled(capacity_kind="pupils", capacity=1100)
    package = Package.objects.create(center=center, provider=provider, name="Alles")
    much = entitled(capacity_kind="pupils", capacity=100, medium=None, package=package)
    entitled(capacity_kind="pupils", capacity=2000)

    found = under_covered(center, on=TODAY)

    assert [(it.entitlement, it.missing) for it in found] == [(much, 1020), (little, 20)]
    assert under_covered(neighbor, on=TODAY) == []
    assert under_covered(center, on=date(2023, 7, 31)) == under_covered(center, on=date(2028, 8, 1)) == []


def test_the_number_of_questions_does_not_grow(schools, entitled, center, django_assert_num_queries):
    for number in range(6):
        entitled(capacity_kind="pupils", capacity=number)

    with django_assert_num_queries(3):
        assert len(under_covered(center, on=TODAY)) == 6
