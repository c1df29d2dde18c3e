"""Staff keep the inventory in a browser: find, describe, add, print labels; schools see none of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from inventory import items, labels, locations, products
from inventory.models import Item, Label, Location
from inventory.products import PackingLine
from lending.findings import report
from lending.handovers import hand_over, open_handover
from lending.models import Finding, Outage
from tests import pages
from tests.conftest import product

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(case) -> Item:
    found: Item = case.items.get()
    return found


@pytest.fixture
def at_desk(client, desk):
    client.force_login(desk)
    return client


@pytest.fixture
def as_manager(client, manager):
    client.force_login(manager)
    return client


def test_the_list_says_where_everything_is(at_desk, item, cases, north, desk):
    hand_over(open_handover(north, by=desk), item, by=desk)

    text = at_desk.get(reverse("items")).text

    assert "6 Exemplare" in text
    assert "ausgeliehen" in text
    assert "Grundschule Nord, zurück bis" in text


@pytest.mark.parametrize("words", ["calliope", "KLASSENSATZ calliope", "robotik", "regal b", "MZ-001", "callíope"])
def test_words_find_things_in_whatever_describes_them(at_desk, item, cases, center, manager, words):
    shelf = locations.add(center, name="Regal B.8", by=manager)
    items.move(list(cases.items.all()), to=shelf, by=manager)

    text = at_desk.get(reverse("items"), {"search": words}).text

    assert "MZ-0013" in text
    assert ("MZ-0001" in text) == (words == "robotik")


def test_a_scanned_code_leads_straight_to_the_thing(at_desk, item, cases, desk):
    label = labels.issue(item, by=desk)

    for code in (labels.address(label), str(label), "mz-0001"):
        assert at_desk.get(reverse("items"), {"search": code}).url == reverse("item", args=[item.pk])


def test_the_list_is_narrowed_by_where_things_are(at_desk, item, cases, north, desk):
    hand_over(open_handover(north, by=desk), item, by=desk)

    shown = {
        where: at_desk.get(reverse("items"), {"where": where}).text for where in ("out", "home", "overdue", "lost")
    }

    assert "MZ-0001" in shown["out"]
    assert "MZ-0011" not in shown["out"]
    assert "MZ-0001" not in shown["home"]
    assert "5 Exemplare" in shown["home"]
    assert "nichts gefunden" in shown["overdue"]
    assert "nichts gefunden" in shown["lost"]


def test_nonsense_in_the_address_narrows_nothing(at_desk, item):
    for query in ("category=x", "location=99999999999999999999", "where=mars", "product=-1", "seite=abc"):
        assert at_desk.get(f"{reverse('items')}?{query}").status_code == 200
    for query in ("item=x", "item=99999999999999999999", "item=-1", "item=²"):
        assert at_desk.get(f"{reverse('label_sheet')}?{query}").status_code == 200


def test_two_thousand_things_take_as_many_queries_as_fifty(at_desk, center, robots, django_assert_max_num_queries):
    product(center, robots, "Dash Roboter", units=2000, first=1000)

    with django_assert_max_num_queries(13):
        text = at_desk.get(reverse("items"), {"search": "dash"}).text
    assert "2000 Exemplare" in text


def test_an_empty_inventory_says_what_to_do(as_manager):
    assert "Legen Sie den ersten Artikel an" in as_manager.get(reverse("items")).text


def test_a_thing_has_its_page(at_desk, item, north, desk):
    hand_over(open_handover(north, by=desk), item, by=desk)
    report(item, "Ein Rad klemmt")
    number = str(labels.issue(item, by=desk))

    text = at_desk.get(reverse("item", args=[item.pk])).text

    for said in ("Bee-Bot Set", "MZ-0001", "Grundschule Nord", "Ein Rad klemmt", "<svg", f"{number[:3]} {number[3:]}"):
        assert said in text, said
    assert "Bearbeiten" not in text  # that is for the manager


def test_a_manager_describes_a_thing_and_a_mistake_is_told(as_manager, item, cases, center):
    address = reverse("item_edit", args=[item.pk])
    facts = {"asset_number": "MZ-0002", "owner": "Land NRW", "price": "99,90", "acquired_on": "2024-01-31"}

    assert as_manager.post(address, facts).status_code == 303
    item.refresh_from_db()
    assert (item.asset_number, item.owner, item.price) == ("MZ-0002", "Land NRW", Decimal("99.90"))

    assert as_manager.post(address, {**facts, "price": "-1"}).status_code == 422
    taken = as_manager.post(address, {**facts, "asset_number": "MZ-0011"})
    assert taken.status_code == 409
    assert "Diese Inventarnummern gibt es schon: MZ-0011" in taken.text


def test_a_place_of_another_centre_is_none_of_ours(as_manager, item, neighbor):
    foreign = Location.objects.create(center=neighbor, name="Fremdes Regal")

    answer = as_manager.post(reverse("item_edit", args=[item.pk]), {"location": foreign.pk})

    assert answer.status_code == 422
    assert "Fremdes Regal" not in as_manager.get(reverse("item_edit", args=[item.pk])).text


def test_alike_things_are_created_and_their_labels_wait_to_be_printed(as_manager, case):
    answer = as_manager.post(
        reverse("items_create", args=[case.pk]), {"count": 3, "first_number": "MZ-0100", "owner": "Stadt"}, follow=True
    )

    assert "3 Exemplare angelegt." in answer.text
    assert "3 Etiketten" in answer.text
    assert set(case.items.filter(owner="Stadt").values_list("asset_number", flat=True)) == {
        "MZ-0100", "MZ-0101", "MZ-0102"
    }  # fmt: skip


def test_labels_are_printed_from_the_place_chosen(at_desk, cases):
    chosen = "&".join(f"item={item.pk}" for item in cases.items.all()[:2])

    answer = at_desk.post(f"{reverse('label_sheet')}?{chosen}", {"start": "5"})

    assert answer["Content-Type"] == "application/pdf"
    found = pages.codes(pages.pictures(answer.content)[0])
    assert [code.says for code in found] == [labels.address(label) for label in Label.objects.order_by("pk")]
    assert found[0].y > 37
    assert Label.objects.filter(printed_at__isnull=False).count() == 2


def test_what_was_never_printed_is_offered(at_desk, cases, item):
    assert "6 Etiketten sind noch nie gedruckt worden" in at_desk.get(reverse("label_sheet")).text

    at_desk.post(f"{reverse('label_sheet')}?new=1", {"start": "1"})

    assert "Alle Etiketten sind gedruckt" in at_desk.get(reverse("label_sheet")).text


def test_a_sheet_has_24_places(at_desk, item):
    for start in ("0", "25", "x", ""):
        assert at_desk.post(f"{reverse('label_sheet')}?item={item.pk}", {"start": start}).status_code == 422


def test_codes_are_adopted_and_retired_on_the_page(at_desk, item, cases):
    adopt = reverse("label_adopt", args=[item.pk])
    assert at_desk.post(adopt, {"code": "INV/2019/0815"}).status_code == 303
    taken = at_desk.post(reverse("label_adopt", args=[cases.items.first().pk]), {"code": "inv/2019/0815"})
    assert taken.status_code == 409
    assert "Dieser Code steht schon für MZ-0001." in taken.text
    assert at_desk.post(adopt, {"code": ""}).status_code == 422

    at_desk.post(reverse("label_retire", args=[Label.objects.get().pk]))
    at_desk.post(reverse("label_reprint", args=[item.pk]))

    assert item.labels.in_use().get().number


def test_things_are_put_elsewhere_together(as_manager, cases, center, manager):
    shelf = locations.add(center, name="Regal B.8", by=manager)
    chosen = "&".join(f"item={item.pk}" for item in cases.items.all())

    answer = as_manager.post(f"{reverse('items_move')}?{chosen}", {"location": shelf.pk}, follow=True)

    assert "5 Exemplare stehen jetzt in: Regal B.8." in answer.text
    assert shelf.items.count() == 5
    assert as_manager.get(reverse("items_move")).status_code == 303


def test_places_are_kept(as_manager, center, item, manager):
    as_manager.post(reverse("locations"), {"name": "Regal B.8"})
    shelf = Location.objects.get()
    items.move([item], to=shelf, by=manager)

    address = reverse("location_edit", args=[shelf.pk])
    assert as_manager.post(reverse("locations"), {"name": "regal b.8"}).status_code == 409
    assert as_manager.post(address, {"remove": ""}).status_code == 409
    assert as_manager.post(address, {"name": "Regal B.9"}, follow=True).status_code == 200
    items.move([item], to=None, by=manager)
    as_manager.post(address, {"remove": ""})

    assert not Location.objects.exists()


def test_a_thing_is_taken_out_of_service_and_given_back(at_desk, item):
    at_desk.post(reverse("item_take_out", args=[item.pk]), {"reason": "repair", "note": "Akku"})
    outage = Outage.objects.open().get()
    assert "gesperrt: in Reparatur" in at_desk.get(reverse("item", args=[item.pk])).text

    at_desk.post(reverse("outage_end", args=[outage.pk]))
    finding = report(item, "Ein Rad klemmt")
    at_desk.post(reverse("finding_resolve", args=[finding.pk]))

    assert not Outage.objects.open().exists()
    assert not Finding.objects.open().exists()


def test_what_is_wrong_stands_on_one_list_until_it_is_settled(at_desk, item):
    finding = report(item, "Ein Rad klemmt")
    assert "Ein Rad klemmt" in at_desk.get(reverse("findings")).text

    answer = at_desk.post(reverse("finding_resolve", args=[finding.pk]), {"list": "1"}, follow=True)

    assert "Keine offenen Mängel" in answer.text


def test_counting_too_few_blocks_a_case_until_they_are_back(at_desk, item, manager):
    products.edit(item.product, by=manager, packing_list=[PackingLine("Bee-Bot", 6, 5)])
    field = f"part-{item.product.parts.get().pk}"
    address = reverse("item_count", args=[item.pk])

    assert at_desk.post(address, {field: "7"}).status_code == 422
    at_desk.post(address, {field: "4"})
    text = at_desk.get(reverse("item", args=[item.pk])).text
    assert "4 von 6 × Bee-Bot" in text
    assert "gesperrt: unvollständig" in text

    at_desk.post(address, {field: "6"})
    assert not Outage.objects.open().exists()


def test_a_thing_leaves_the_inventory_and_comes_back(as_manager, item, manager):
    address = reverse("item_leave", args=[item.pk])
    items.edit(item, by=manager, bound_until=date(2099, 12, 31))

    assert as_manager.post(address, {"how": "retire"}).status_code == 409
    as_manager.post(address, {"how": "retire", "is_released": "on"})
    assert "ausgesondert" in as_manager.get(reverse("item", args=[item.pk])).text
    assert "MZ-0001" not in as_manager.get(reverse("items")).text
    as_manager.post(reverse("item_find", args=[item.pk]))
    as_manager.post(address, {"how": "lose"})

    item.refresh_from_db()
    assert item.life == "lost"


def test_a_thing_is_put_into_a_kit_by_its_code_and_taken_out(as_manager, item, cases, manager):
    products.edit(item.product, by=manager, kind="kit")
    fill, content = reverse("kit_fill", args=[item.pk]), cases.items.first()

    as_manager.post(fill, {"code": str(labels.issue(content, by=manager))})
    assert "MZ-0011" in as_manager.get(reverse("item", args=[item.pk])).text
    content.refresh_from_db()
    assert not content.lendable
    assert as_manager.post(fill, {"code": "unbekannt"}).status_code == 404
    assert as_manager.post(fill, {"code": "MZ-0001"}).status_code >= 400  # not into itself

    as_manager.post(reverse("kit_empty", args=[content.pk]))
    content.refresh_from_db()
    assert content.lendable
