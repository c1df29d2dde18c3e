"""The same real inventory, saved as other programs save it, brings the same things."""

import csv
from io import StringIO

import pytest

from inventory.importing import INVENTORY, check, run
from leihwerk.tables import match, open_table
from tests.leihwerk.spreadsheets import xlsx

RENAMED = {
    "Inventarnr.": "Asset Tag", "Kategorie": "Category", "Bezeichnung": "Model", "Hersteller": "Manufacturer",
    "Seriennummer": "Serial", "Inhalt/Packliste": "Zubehör", "Standort": "Lagerort", "Zustand": "Status",
    "Anschaffung": "Purchase Date", "Preis (€)": "KAUFPREIS", "Finanzierung": "Förderung", "Bemerkung": "Notes",
}  # fmt: skip


@pytest.fixture
def lines(shared_data) -> list[list[str]]:
    words = (shared_data / "inventar_beispiel.csv").read_bytes().decode("cp1252")
    return list(csv.reader(StringIO(words, newline=""), delimiter=";"))


def saved(lines: list[list[str]], separator: str, codec: str) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(lines)
    return out.getvalue().encode(codec, "replace")


VARIANTS = {
    "Excel, UTF-8": lambda lines: saved(lines, ";", "utf-8-sig"),
    "Excel, Unicode text": lambda lines: saved(lines, "\t", "utf-16"),
    "English Excel": lambda lines: saved(lines, ",", "cp1252"),
    "an old Mac": lambda lines: saved(lines, ";", "mac_roman"),
    "a database": lambda lines: saved([["sep=|"], *lines], "|", "utf-8"),
    "a workbook with a title": lambda lines: xlsx(["Unser Bestand"], [], *lines),
    "columns the other way round": lambda lines: saved([line[::-1] for line in lines], ";", "cp1252"),
    "another system": lambda lines: saved([[RENAMED[name] for name in lines[0]], *lines[1:]], ",", "utf-8"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_real_inventory_saved_by(variant, lines, center):
    matched = match(open_table(VARIANTS[variant](lines)), INVENTORY.fields)

    report = check(matched, center=center)

    assert report.counts == {
        "new": 182, "changed": 0, "unchanged": 0, "bad": 0, "products": 44, "categories": 9, "locations": 53,
    }  # fmt: skip


def test_what_came_from_one_program_is_unchanged_from_another(lines, center):
    run(match(open_table(VARIANTS["Excel, UTF-8"](lines)), INVENTORY.fields), center=center, by=None)

    for save in VARIANTS.values():
        assert check(match(open_table(save(lines)), INVENTORY.fields), center=center).unchanged == 182
