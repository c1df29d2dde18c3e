"""A centre takes over what it owns, from its own spreadsheet or from another system."""

from datetime import date
from decimal import Decimal

import pytest

from inventory.importing import INVENTORY, check, run
from inventory.models import Category, Item, ItemPart, Label, Location, Part, Product
from inventory.models.item import Fitness, Life
from inventory.models.product import ProductKind
from leihwerk.tables import match, open_table
from people.models import JournalEntry

TODAY = date(2026, 11, 23)
HEADER = (
    "Inventarnr.;Kategorie;Bezeichnung;Hersteller;Seriennummer;Inhalt/Packliste;Standort;Zustand;"
    "Anschaffung;Preis (€);Finanzierung;Bemerkung"
)
BEES = '"6x Bee-Bot; 1x Dockingstation"'


def row(
    number,
    name="Bee-Bot Set (6)",
    *,
    contents=BEES,
    place="Regal A.1",
    state="in Ordnung",
    bought="1.2.2024",
    price="529,90",
):
    told = [number, "Robotik", name, "TTS", f"S{number}", contents, place, state, bought, price]
    return ";".join([*told, "DigitalPakt Schule", "Schenkung"])


ROWS = [row("A-1"), row("A-2"), row("A-3", "Stativ", contents="1x Stativ", place="Keller")]


def table(*rows: str, header: str = HEADER):
    return match(open_table("\n".join([header, *rows]).encode("cp1252")), INVENTORY.fields)


def imported(center, *rows: str):
    return run(table(*rows), center=center, by=None, today=TODAY)


def test_items_arrive_with_products_packing_lists_locations_and_labels(center, manager):
    report = run(table(*ROWS), center=center, by=manager, today=TODAY)

    assert report.counts == {
        "new": 3, "changed": 0, "unchanged": 0, "bad": 0, "products": 2, "categories": 1, "locations": 2,
    }  # fmt: skip
    one = Item.objects.get(asset_number="A-1")
    assert (one.product.name, str(one.product.category)) == ("Bee-Bot Set (6)", "Robotik")
    assert str(one.location) == "Regal A.1"
    assert (one.serial_number, one.acquired_on, one.price) == ("SA-1", date(2024, 2, 1), Decimal("529.90"))
    assert (one.funding, one.note, one.life, one.fitness) == (
        "DigitalPakt Schule",
        "Schenkung",
        Life.ACTIVE,
        Fitness.OK,
    )
    assert [str(part) for part in one.product.parts.all()] == ["6 × Bee-Bot", "1 × Dockingstation"]
    assert (one.product.kind, one.product.serves, one.product.maker) == (ProductKind.KIT, 6, "TTS")
    assert Label.objects.filter(item__in=Item.objects.all(), number__isnull=False).count() == 3


def test_a_dry_run_says_the_same_and_writes_nothing(center):
    report = check(table(*ROWS), center=center, today=TODAY)

    assert (len(report.new), report.counts["products"], report.is_applied) == (3, 2, False)
    for model in (Item, Product, Category, Location, Part, Label, JournalEntry):
        assert not model.objects.exists()


def test_the_second_time_nothing_changes(center):
    imported(center, *ROWS)

    report = imported(center, *ROWS)

    assert report.counts["unchanged"] == 3
    assert (report.counts["new"], report.counts["changed"], report.counts["products"]) == (0, 0, 0)


def test_bad_rows_are_reported_and_the_good_ones_come(center):
    report = imported(
        center,
        ROWS[0],
        row("", "Stativ"),
        row("A-4", price="teuer"),
        row("a-1"),
        row("A-5", bought="30.2.2024"),
        ROWS[2],
    )

    assert [str(remark) for remark in report.errors] == [
        "Zeile 3, Inventarnr.: fehlt",
        "Zeile 4, Preis (€): „teuer“ ist kein Betrag",
        "Zeile 5, Inventarnummer: „a-1“ steht schon in Zeile 2",
        "Zeile 6, Anschaffung: „30.2.2024“ ist ein Tag, den es nicht gibt",
    ]
    assert set(Item.objects.values_list("asset_number", flat=True)) == {"A-1", "A-3"}


def test_states_become_fitness_and_life(center):
    states = ["in Ordnung", "leichte Gebrauchsspuren", "in Reparatur", "unvollständig", "ausgesondert", "verloren"]

    imported(center, *(row(f"A-{n}", state=state) for n, state in enumerate(states)))

    found = Item.objects.order_by("asset_number").values_list("life", "fitness", "wear")
    assert list(found) == [
        ("active", "ok", ""),
        ("active", "ok", "leichte Gebrauchsspuren"),
        ("active", "in_repair", ""),
        ("active", "incomplete", ""),
        ("retired", "ok", ""),
        ("lost", "ok", ""),
    ]


def test_a_purchase_in_the_future_and_a_missing_serial_do_no_harm(center):
    report = imported(center, row("A-1", bought="09.12.2026").replace("SA-1", ""))

    assert [str(remark) for remark in report.warnings] == ["Zeile 2, Anschaffung: „09.12.2026“ liegt in der Zukunft"]
    assert Item.objects.get().serial_number == ""


def test_the_usual_packing_list_wins_and_what_deviates_is_counted_and_said(center):
    five = row("A-1", contents='"5x Bee-Bot; 1x Dockingstation; 1x Tasche"')

    report = imported(center, five, row("A-2"), row("A-3"), row("A-4", contents=""))

    assert [(part.name, part.quantity) for part in Part.objects.all()] == [("Bee-Bot", 6), ("Dockingstation", 1)]
    assert [str(count) for count in ItemPart.objects.all()] == ["5 von 6 Bee-Bot"]
    assert "weicht von der Packliste ab: 5 von 6 × Bee-Bot, zusätzlich 1 × Tasche" in str(report.warnings[0])
    assert imported(center, five).counts["unchanged"] == 1


def test_one_less_than_last_time_is_a_change(center):
    imported(center, *ROWS)

    report = imported(center, row("A-1", contents='"5x Bee-Bot; 1x Dockingstation"'))

    assert report.changed[0].differences == (("Packliste", "", "5 von 6 × Bee-Bot"),)
    assert ItemPart.objects.get().working == 5


def test_described_anew_and_never_blanked(center):
    imported(center, *ROWS)
    Item.objects.filter(asset_number="A-1").update(note="von Hand", wear="Kratzer")

    report = imported(center, "A-1;;Bee-Bot Set (6);;S9;;keller;;;;;", *ROWS[1:])

    assert report.changed[0].differences == (("Seriennummer", "SA-1", "S9"), ("Standort", "Regal A.1", "Keller"))
    one = Item.objects.get(asset_number="A-1")
    assert (one.note, one.wear, one.price, str(one.location)) == ("von Hand", "Kratzer", Decimal("529.90"), "Keller")


def test_a_file_can_break_a_thing_but_not_repair_retire_or_exchange_it(center):
    imported(center, *ROWS)
    Item.objects.filter(asset_number="A-2").update(fitness=Fitness.IN_REPAIR)

    report = imported(
        center, row("A-1", state="defekt"), ROWS[1], row("A-3", "Bee-Bot Set (6)", contents="", state="ausgesondert")
    )

    assert [item.fitness for item in Item.objects.order_by("asset_number")] == ["in_repair", "in_repair", "ok"]
    assert Item.objects.get(asset_number="A-3").product.name == "Stativ"
    assert Item.objects.get(asset_number="A-3").life == Life.ACTIVE
    assert len([hint for hint in report.warnings if "nicht durch Einlesen" in hint.reason]) == 3


def test_names_that_sort_alike_are_one_thing(center):
    Category.objects.create(center=center, name="ROBOTIK")

    imported(center, row("A-1", "Hülle"), row("A-2", "hulle"))

    assert Category.objects.count() == 1
    assert Product.objects.count() == 1


def test_formulas_stay_text(center):
    imported(center, row("A-1", "=HYPERLINK(1)", contents=""))

    assert Product.objects.get().name == "=HYPERLINK(1)"


def test_two_centers_never_meet(center, neighbor):
    imported(center, *ROWS)
    imported(neighbor, *ROWS)

    assert Product.objects.filter(center=neighbor).count() == 2
    assert Item.objects.filter(asset_number="A-1").count() == 2


def test_the_journal_knows_each_item_and_the_counts(center, manager):
    run(table(*ROWS), center=center, by=manager, today=TODAY)

    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["item.created"] * 3 + ["label.issued"] * 3 + ["items.imported"]
    assert JournalEntry.objects.filter(by=manager, center=center).count() == 7


@pytest.mark.parametrize("rows", [10, 600])
def test_queries_do_not_grow_with_the_file(center, django_assert_max_num_queries, rows):
    lines = [row(f"B-{n}", f"Ding {n}", place=f"Regal {n}") for n in range(rows)]

    with django_assert_max_num_queries(30):
        assert len(imported(center, *lines).new) == rows
    with django_assert_max_num_queries(18):
        assert imported(center, *lines).unchanged == rows


def test_the_real_inventory_twice(center, shared_data):
    matched = match(open_table((shared_data / "inventar_beispiel.csv").read_bytes()), INVENTORY.fields)

    first = run(matched, center=center, by=None, today=TODAY)
    again = run(matched, center=center, by=None, today=TODAY)

    assert (first.counts["new"], first.counts["products"], first.bad) == (182, 44, 0)
    assert again.counts["unchanged"] == 182
    assert not Product.objects.filter(parts__isnull=True).exists()
    assert Label.objects.filter(number__isnull=False).count() == 182
    assert [remark.line for remark in first.warnings] == [2, 17, 89]
    assert Item.objects.filter(fitness=Fitness.IN_REPAIR).count() == 9
    assert Item.objects.filter(funding="DigitalPakt Schule").count() == 52
