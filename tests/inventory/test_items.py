"""Units of a product are created alike, described and moved; numbers are used once, whoever is quicker."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory import items, locations
from inventory.errors import AssetNumberIsTaken, LocationIsInUse, LocationNameIsTaken, TooMany
from inventory.models import Item, ItemPart, Part
from people import once
from people.models import JournalEntry
from tests.races import together


def test_n_alike_are_numbered_on_and_labelled(case, manager):
    made = items.add(case, count=3, first_number="MZ-0099", by=manager, owner="Land NRW", price=Decimal("99.90"))

    assert [item.asset_number for item in made] == ["MZ-0099", "MZ-0100", "MZ-0101"]
    assert {
        (item.owner, item.price, item.product, item.lendable) for item in Item.objects.filter(owner="Land NRW")
    } == {("Land NRW", Decimal("99.90"), case, True)}
    assert all(item.labels.get().number for item in made)
    assert JournalEntry.objects.filter(verb="item.created", by=manager).count() == 3


def test_without_a_first_number_units_have_none(case, manager):
    assert [item.asset_number for item in items.add(case, count=2, by=manager)] == [None, None]


def test_a_number_in_use_refuses_all_and_is_named(case, manager):
    with pytest.raises(AssetNumberIsTaken, match="MZ-0001"):
        items.add(case, count=3, first_number="MZ-0000", by=manager)

    assert case.items.count() == 1


def test_nobody_creates_none_or_a_thousand_at_once(case, manager):
    for count in (0, -1, items.MOST_AT_ONCE + 1):
        with pytest.raises(TooMany):
            items.add(case, count=count, by=manager)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=30), st.integers(1, 50))
def test_numbers_count_up_and_never_repeat(first, count):
    numbers = items.numbers_from(first, count)

    assert len(set(numbers)) == len(numbers) == (count if first.strip() else 0)
    if count == 1 and first.strip():
        assert numbers == [first.strip()]


@pytest.mark.parametrize(
    ("first", "second"), [("MZ-0099", "MZ-0100"), ("7", "8"), ("999", "1000"), ("Koffer", None), ("A-1-b", None)]
)
def test_the_digits_at_the_end_count_up(first, second):
    assert items.numbers_from(first, 2) == ([first, second] if second else [f"{first}-1", f"{first}-2"])


def test_an_edit_writes_what_changed_and_the_journal_says_which_fields(case, manager):
    item = items.edit(case.items.get(), by=manager, owner="Land NRW", bound_until=date(2029, 12, 31), note="")

    item.refresh_from_db()
    assert (item.owner, item.bound_until) == ("Land NRW", date(2029, 12, 31))
    assert JournalEntry.objects.about(item).get().facts == {"fields": ["bound_until", "owner"]}


def test_an_edit_that_changes_nothing_is_not_told(case, manager):
    items.edit(case.items.get(), by=manager, owner="")

    assert not JournalEntry.objects.exists()


def test_an_edit_cannot_take_anothers_number(case, cases, manager):
    with pytest.raises(AssetNumberIsTaken, match="MZ-0011"):
        items.edit(case.items.get(), by=manager, asset_number="MZ-0011")


@pytest.mark.parametrize("fact", ["life", "product", "kit", "fitness", "center"])
def test_what_moves_capacity_is_no_description(case, manager, fact):
    with pytest.raises(TypeError):
        items.edit(case.items.get(), by=manager, **{fact: None})


def test_things_are_moved_and_only_those_that_moved_are_told(cases, center, manager):
    shelf = locations.add(center, name="Regal B.8", by=manager)
    first, second, *_ = cases.items.all()
    items.move([first], to=shelf, by=manager)

    assert items.move([first, second], to=shelf, by=manager) == [second]
    assert set(shelf.items.all()) == {first, second}
    assert JournalEntry.objects.about(first).filter(verb="item.moved").count() == 1


def test_a_recatalogued_item_forgets_the_counts_of_its_former_list(case, cases, center, manager):
    item = case.items.get()
    part = Part.objects.create(center=center, product=case, name="Ladegerät", quantity=2)
    ItemPart.objects.create(item=item, part=part, working=1)

    items.recatalogue(item, product=cases, by=manager)

    assert set(cases.items.values_list("asset_number", flat=True)) > {"MZ-0001"}
    assert not item.parts.exists()


def test_a_place_is_named_once_and_removed_when_empty(case, center, manager):
    shelf = locations.add(center, name="Regal B.8", by=manager)
    with pytest.raises(LocationNameIsTaken):
        locations.add(center, name="REGAL b.8", by=manager)
    items.move([case.items.get()], to=shelf, by=manager)
    with pytest.raises(LocationIsInUse, match="Exemplare: 1"):
        locations.remove(shelf, by=manager)

    items.move([case.items.get()], to=None, by=manager)
    locations.remove(locations.rename(shelf, name="Regal B.9", by=manager), by=manager)

    assert [entry.verb for entry in JournalEntry.objects.about(shelf)] == [
        "location.created", "location.renamed", "location.removed"
    ][::-1]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_who_create_the_same_numbers_at_once_are_not_both_served(case, manager):
    outcomes = together(*[lambda: once.run(lambda: items.add(case, count=5, first_number="MZ-0500", by=manager))] * 4)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AssetNumberIsTaken"] * 3 + ["list"]
    assert case.items.count() == 6
