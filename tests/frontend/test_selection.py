"""What somebody has picked lives in the address, and nonsense in an address harms nobody."""

from datetime import date, time

import pytest
from django.http import QueryDict

from frontend.selection import Choice, Hours, Selection
from frontend.views.reserving.picking import grown, picked

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def test_a_selection_survives_its_own_address():
    hours = Hours(FRIDAY, time(10), time(12, 30))
    selection = Selection(MONDAY, FRIDAY, (Choice(7, 2), Choice(9, 1, hours)))

    assert Selection.of(QueryDict(selection.query())) == selection


@pytest.mark.parametrize(
    "query", ["item=x", "item=7x0", "item=7x-1", "item=7x1@2026-13-40T25:00-26:00", "starts_on=gestern", "item=²x1"]
)
def test_nonsense_is_left_out(query):
    assert Selection.of(QueryDict(query)) == Selection()


def test_days_the_wrong_way_round_are_no_period():
    assert not Selection(FRIDAY, MONDAY).has_days


def test_picking_a_product_again_adds_to_it_where_it_stands():
    said = QueryDict("item=7x2&item=8x1&product=7&quantity=4")

    assert picked(said).choices == (Choice(7, 6), Choice(8, 1))
    assert grown(said) == Choice(7, 2), "so that the page can say so"
    assert grown(QueryDict("item=8x1&product=7")) is None


def test_a_product_stands_in_an_address_once_and_never_more_often_than_there_can_be():
    assert Selection.of(QueryDict("item=7x2&item=7x1")).choices == (Choice(7, 3),)
    assert picked(QueryDict("item=7x998&product=7&quantity=5")).choices == (Choice(7, 999),)


def test_a_room_brings_its_own_hours():
    selection = picked(QueryDict("product=7&starts_on=2026-11-23&opens=10:00&closes=12:00"))

    assert selection.choices == (Choice(7, 1, Hours(MONDAY, time(10), time(12))),)


def test_a_room_is_picked_for_several_hours_and_each_once():
    second = "product=7&on=2026-11-27&opens=10:00&closes=12:00"
    twice = picked(QueryDict(f"item=7x1@2026-11-23T10:00-12:00&ends_on=2026-11-27&{second}"))

    assert [(key, it.hours.on) for key, it in twice.keyed.items()] == [("7", MONDAY), ("7-2", FRIDAY)]
    assert picked(QueryDict(f"{twice.query()}&{second}")).choices == twice.choices

    later = f"{twice.query()}&on-7-2=2026-11-27&opens-7-2=11:00&closes-7-2=12:00"
    assert [it.hours.opens for it in picked(QueryDict(later)).choices] == [time(10), time(11)]
    assert [it.hours.on for it in picked(QueryDict(f"{later}&without=7")).choices] == [FRIDAY]


def test_a_room_that_waited_for_its_hours_has_them():
    days = "starts_on=2026-11-23&ends_on=2026-11-27"
    selection = picked(QueryDict(f"item=7x1&item=8x2&{days}&product=7&on=2026-11-25&opens=09:00&closes=10:00"))

    assert selection.choices == (Choice(8, 2), Choice(7, 1, Hours(date(2026, 11, 25), time(9), time(10))))
    assert (selection.starts_on, selection.ends_on) == (MONDAY, FRIDAY), "the days of the other things stay"
