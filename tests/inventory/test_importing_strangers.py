"""Inventory lists of other centres and other systems are understood, or mapped by hand."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from inventory.importing import INVENTORY, run
from inventory.models import Item, Label
from leihwerk.tables import match, open_table
from tests.leihwerk.spreadsheets import xlsx

SNIPE_IT = (
    "Asset Name,Asset Tag,Serial,Model,Model No.,Category,Manufacturer,Purchase Date,Purchase Cost,Order Number,"
    'Location,Status,Notes\n"Koffer 1",SN-0001,X1,iPad-Koffer,A2270,Tablets,Apple,2024-02-01,"1,049.00",R-7,Lager,'
    "Ready to Deploy,\n,SN-0002,X2,iPad-Koffer,A2270,Tablets,Apple,2024-02-01,1049.00,R-7,Lager,Archived,weg\n"
)
KOHA = "barcode|itype|title|itemcallnumber|price|dateaccessioned\n30001|KIT|Bee-Bot Set|M 7|529.90|2023-05-06\n"
ANTARES = (
    "Mediennummer\tTitel\tMedienart\tStandort\tAnschaffungspreis\n7501234\tKoffer Römer\tGerätesatz\tR 4\t210,--\n"
)


def imported(center, data: bytes, **by_hand: str):
    return run(match(open_table(data), INVENTORY.fields, by_hand=by_hand), center=center, by=None)


def test_a_snipe_it_export(center):
    report = imported(center, SNIPE_IT.encode())

    assert report.bad == 0
    first, second = Item.objects.order_by("asset_number")
    assert (first.product.name, first.product.maker, first.serial_number) == ("iPad-Koffer", "Apple", "X1")
    assert (str(first.price), first.invoice, first.life) == ("1049.00", "R-7", "active")
    assert (second.life, second.note) == ("retired", "weg")


def test_a_koha_export(center):
    assert imported(center, KOHA.encode()).counts["new"] == 1
    assert str(Item.objects.get(asset_number="30001").location) == "M 7"


def test_an_antares_export_of_the_dos_age(center):
    assert imported(center, ANTARES.encode("cp850")).counts["new"] == 1
    assert Item.objects.get().product.name == "Koffer Römer"


def test_a_workbook_with_titles_serial_numbers_as_numbers_and_totals(center):
    data = xlsx(
        ("Geräteliste Medienzentrum Nachbarstadt",), (),
        ("Lfd.", "Inv.-Nr.", "Gerät", "Gruppe", "Serien-Nr.", "Zubehör", "Lagerort", "gekauft am", "Wert"),
        (1, 4711, "Beamer", "Präsentation", 123456, "Kabel, Tasche", "Raum 3", 45000, 749.5),
        (2, 4712, "Beamer", "Präsentation", None, None, None, "=HEUTE()", "=I4"),
        (None, None, "Summe", None, None, None, None, None, 1498),
        more={"Notizen": [("nur so",)]},
    )  # fmt: skip

    report = imported(center, data)

    one = Item.objects.get()
    assert (one.asset_number, one.serial_number, str(one.price)) == ("4711", "123456", "749.50")
    assert str(one.acquired_on) == "2023-03-15"
    assert [part.name for part in one.product.parts.all()] == ["Kabel", "Tasche"]
    assert [(remark.line, remark.column) for remark in report.errors] == [
        (5, "gekauft am"), (5, "Wert"), (6, "Inv.-Nr."),
    ]  # fmt: skip


def test_columns_by_hand(center):
    data = b"Kennung XY;Ding\nA1;Lampe\n"

    assert imported(center, data, asset_number="Kennung XY", product="#B").counts["new"] == 1


def test_the_command_imports_with_labels(center, tmp_path):
    path, out = tmp_path / "liste.csv", StringIO()
    path.write_bytes(SNIPE_IT.encode("utf-16"))

    call_command("import_inventory", str(path), "--center", "musterstadt", "--apply", stdout=out)

    assert "2 neu" in out.getvalue()
    assert Label.objects.count() == 2


def test_the_command_refuses_a_list_of_something_else(center, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Datum;Betrag\n1.1.2026;5\n", encoding="utf-8")

    with pytest.raises(CommandError, match="Inventarnummer, Bezeichnung"):
        call_command("import_inventory", str(path), "--center", "musterstadt")
