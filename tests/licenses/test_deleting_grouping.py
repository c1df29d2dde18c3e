"""Places that no right tells apart are asked about once; one at a time they are answered the same."""

from datetime import date

import pytest

from licenses.deleting.grouping import Groups, Slots
from licenses.terms import Area, Grant, Place

BEGUN = date(2028, 1, 1)
NONE = Slots(set(), set())
SCHOOLS = [Place(id=number, kind="school", school_form="02") for number in (1, 2, 3)]
KITA = Place(id=4, kind="kita")


def ids(groups) -> set[tuple[int, ...]]:
    return {tuple(place.id for place in several) for several in groups}


def test_what_a_place_is_tells_it_apart():
    assert ids(Groups([*SCHOOLS, KITA], NONE).alike([Grant(1, BEGUN)])) == {(1, 2, 3), (4,)}


def test_two_that_the_same_scopes_name_are_alike():
    named = Grant(1, BEGUN, areas=(Area(institutions=frozenset({1, 2})),))

    assert ids(Groups(SCHOOLS, NONE).alike([named])) == {(1, 2), (3,)}


def test_what_scopes_of_other_titles_name_is_of_no_matter():
    groups = Groups(SCHOOLS, NONE)
    groups.alike([Grant(1, BEGUN, areas=(Area(institutions=frozenset({1})),))])

    assert ids(groups.alike([Grant(2, BEGUN)])) == {(1, 2, 3)}


@pytest.mark.parametrize("slots", [Slots({(7, 2)}, set()), Slots({(7, 2)}, {(7, 2)})])
def test_who_had_a_slot_stands_alone(slots):
    counted = Grant(7, BEGUN, needs_slot=True, free=0)

    assert ids(Groups(SCHOOLS, slots).alike([counted])) == {(1, 3), (2,)}
    assert ids(Groups(SCHOOLS, slots).alike([Grant(7, BEGUN)])) == {(1, 2, 3)}
