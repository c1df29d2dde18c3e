"""Items: the single units with the short number of their label, for the staff."""

from inventory import labels
from inventory.models import Item, Location

ITEMS = "/api/v1/items/"


def test_an_item_shows_the_short_number_of_its_newest_label_in_use(program, desk, case):
    item = case.items.get()
    labels.issue(item, by=desk)
    newest = labels.reprint(item, by=desk)

    row = program(desk).get(f"{ITEMS}{item.pk}/").json()

    assert (row["code"], row["asset_number"], row["product_name"]) == (newest.number, "MZ-0001", "Bee-Bot Set")


def test_an_item_without_a_label_has_no_code(program, desk, case):
    assert program(desk).get(ITEMS).json()["results"][0]["code"] is None


def test_items_are_asked_for_by_product_and_location(program, desk, center, case, cases):
    shelf = Location.objects.create(center=center, name="Regal B.8")
    Item.objects.filter(asset_number="MZ-0013").update(location=shelf)
    client = program(desk)

    assert client.get(ITEMS, {"product": cases.pk}).json()["count"] == 5
    assert [row["asset_number"] for row in client.get(ITEMS, {"location": shelf.pk}).json()["results"]] == ["MZ-0013"]


def test_schools_and_neighbors_see_no_item(program, anna, foreign_desk, case):
    assert program(anna).get(ITEMS).json()["count"] == 0
    assert program(foreign_desk).get(ITEMS).json()["count"] == 0
    assert program(foreign_desk).get(f"{ITEMS}{case.items.get().pk}/").status_code == 404
