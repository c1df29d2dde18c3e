"""The inventory's pages are for staff: each role sees and changes what is its own, nobody a neighbour's."""

import pytest
from django.urls import reverse

from inventory import labels
from inventory.models import Item
from lending.findings import report

pytestmark = pytest.mark.django_db
STAFF_PAGES = ["items", "products", "findings", "locations", "label_sheet"]


@pytest.fixture
def item(case) -> Item:
    found: Item = case.items.get()
    return found


@pytest.fixture
def at_desk(client, desk):
    client.force_login(desk)
    return client


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_schools_and_strangers_see_no_inventory(client, anna, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(anna)
    assert client.get(reverse(name)).status_code == 403


def test_the_neighbours_things_are_not_there(client, foreign_desk, item, desk, case):
    client.force_login(foreign_desk)
    label, finding = labels.issue(item, by=desk), report(item, "?")

    for name, pk in (
        ("item", item.pk), ("item_edit", item.pk), ("item_take_out", item.pk),
        ("item_count", item.pk), ("item_leave", item.pk),
        ("product_edit", case.pk), ("items_create", case.pk), ("product_picture", case.pk),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[pk])).status_code == 404, name
    for name, pk in (("label_reprint", item.pk), ("kit_fill", item.pk), ("item_find", item.pk),
        ("label_adopt", item.pk), ("label_retire", label.pk),
                     ("finding_resolve", finding.pk)):  # fmt: skip
        assert client.post(reverse(name, args=[pk])).status_code == 404, name
    assert "MZ-0001" not in client.get(f"{reverse('label_sheet')}?item={item.pk}").text


def test_the_desk_labels_but_does_not_describe(at_desk, item, case):
    for name, pk in (
        ("item_edit", item.pk), ("item_leave", item.pk), ("product_edit", case.pk), ("items_create", case.pk)
    ):  # fmt: skip
        assert at_desk.get(reverse(name, args=[pk])).status_code == 403
    assert at_desk.post(reverse("locations"), {"name": "Regal"}).status_code == 403


def test_the_auditor_reads_and_changes_nothing(client, auditor, item, desk):
    client.force_login(auditor)
    label = labels.issue(item, by=desk)

    assert client.get(reverse("item", args=[item.pk])).status_code == 200
    assert client.get(reverse("label_sheet")).status_code == 403
    assert client.post(reverse("label_retire", args=[label.pk])).status_code == 403
