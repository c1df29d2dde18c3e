"""Products are described, and their packing lists keep what was counted."""

import pytest

from inventory import products
from inventory.errors import CategoryNameIsTaken, PartIsListedTwice, ProductNameIsTaken
from inventory.models import ItemPart
from inventory.products import PackingLine
from people.models import JournalEntry


@pytest.fixture
def headsets(center, robots, manager):
    return products.add(
        center,
        by=manager,
        name="VR-Koffer",
        category=robots,
        packing_list=[PackingLine("VR-Brille", 8, 6), PackingLine("Ladegerät", 8), PackingLine("Handbuch")],
    )


def listed(product) -> list[tuple[str, int, int]]:
    return list(product.parts.values_list("name", "quantity", "minimum"))


def test_a_product_is_created_with_its_packing_list(headsets):
    assert listed(headsets) == [("VR-Brille", 8, 6), ("Ladegerät", 8, 0), ("Handbuch", 1, 0)]


def test_a_name_is_used_once_whatever_its_case(headsets, center, robots, case, manager):
    with pytest.raises(ProductNameIsTaken, match="vr-koffer"):
        products.add(center, by=manager, name="vr-koffer", category=robots)
    with pytest.raises(ProductNameIsTaken):
        products.edit(case, by=manager, name="VR-Koffer")


def test_lines_keep_their_counts_when_renamed_and_reordered(headsets, case, manager):
    headset, charger, book = headsets.parts.all()
    count = ItemPart.objects.create(item=case.items.get(), part=headset, working=7)

    products.set_packing_list(
        headsets,
        [
            PackingLine("VR-Brille", 8, 0, part=charger),  # the two exchange their names
            PackingLine("Ladegerät", 8, 6, part=headset),
            PackingLine("Anleitung", 1, 0, part=book),
        ],
        by=manager,
    )

    assert listed(headsets) == [("VR-Brille", 8, 0), ("Ladegerät", 8, 6), ("Anleitung", 1, 0)]
    count.refresh_from_db()
    assert count.part.name == "Ladegerät"


def test_a_line_that_is_left_out_goes_and_so_do_counts_of_all(headsets, case, manager):
    headset = headsets.parts.first()
    ItemPart.objects.create(item=case.items.get(), part=headset, working=7)

    products.set_packing_list(headsets, [PackingLine("VR-Brille", 7, part=headset)], by=manager)

    assert listed(headsets) == [("VR-Brille", 7, 0)]
    assert not ItemPart.objects.exists()  # seven of seven are all


def test_the_same_list_again_is_not_told(headsets, manager):
    told = JournalEntry.objects.count()

    products.edit(headsets, by=manager, packing_list=[
        PackingLine(part.name, part.quantity, part.minimum, part) for part in headsets.parts.all()
    ])  # fmt: skip

    assert JournalEntry.objects.count() == told


def test_a_part_is_listed_once(headsets, manager):
    with pytest.raises(PartIsListedTwice, match="Kabel"):
        products.set_packing_list(headsets, [PackingLine("Kabel"), PackingLine("Kabel", 3)], by=manager)


def test_a_part_of_another_product_becomes_a_line_of_its_own(headsets, case, manager):
    stolen = headsets.parts.first()

    products.set_packing_list(case, [PackingLine("VR-Brille", 2, part=stolen)], by=manager)

    assert listed(case) == [("VR-Brille", 2, 0)]
    assert headsets.parts.count() == 3


def test_a_category_is_named_once(robots, center, manager):
    with pytest.raises(CategoryNameIsTaken):
        products.add_category(center, name="ROBOTIK & coding", by=manager)


def test_only_known_facts_describe_a_product(headsets, manager):
    with pytest.raises(TypeError):
        products.edit(headsets, by=manager, center=None)
