"""What somebody has picked lives in the address, and nonsense in an address harms nobody."""

from datetime import date, time

import pytest
from django.http import QueryDict

from frontend.selection import Choice, Hours, Selection
from frontend.views.reserving.picking import picked

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


def test_picking_a_product_again_replaces_its_quantity():
    selection = picked(QueryDict("item=7x2&item=8x1&product=7&quantity=4"))

    assert set(selection.choices) == {Choice(7, 4), Choice(8, 1)}


def test_a_room_brings_its_own_hours():
    selection = picked(QueryDict("product=7&starts_on=2026-11-23&opens=10:00&closes=12:00"))

    assert selection.choices == (Choice(7, 1, Hours(MONDAY, time(10), time(12))),)
