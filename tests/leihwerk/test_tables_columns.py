"""Columns are found by name, forgivingly, or said by hand; never by position."""

import pytest

from leihwerk.tables import ColumnsAreMissing, Field, match, open_table, read
from leihwerk.tables.cells import text
from leihwerk.tables.numbers import money
from leihwerk.tables.refusals import ColumnIsUnknown
from tests.leihwerk.spreadsheets import xlsx

FIELDS = (
    Field(
        "asset_number",
        "Inventarnummer",
        ("Inventarnummer", "Inventar-Nr.", "Nr", "Asset Tag"),
        text(20),
        is_required=True,
    ),
    Field("product", "Bezeichnung", ("Bezeichnung", "Gerät", "Name"), text(40), is_required=True),
    Field("price", "Preis", ("Preis", "Anschaffungspreis", "Purchase Cost"), money),
)


def csv(*lines: str):
    return open_table("\n".join(lines).encode())


def found(opened, **by_hand):
    matched = match(opened, FIELDS, by_hand=by_hand)
    return {key: matched.headings[index] for key, index in matched.columns.items()}


@pytest.mark.parametrize(
    "header",
    [
        "Inventarnummer;Bezeichnung;Preis",
        "INVENTAR NR;GERAET;Preis (€)",
        "inventar_nummern;gerät;Preis [EUR]",
        "Preis (€);Name;Nr.",
        "Asset Tag;Purchase Cost;Name",
        "Fotos;Inventar-Nummer;Farbe;Bezeichnung;;Anschaffungs-Preis;",
    ],
)
def test_headings_are_recognized_in_any_spelling_and_order(header):
    assert set(found(csv(header, "1;2;3;4;5;6"))) == {"asset_number", "product", "price"}


def test_the_better_name_wins_over_the_vaguer_one():
    assert found(csv("Name;Inventarnummer;Nr;Bezeichnung", "a;b;c;d"))["product"] == "Bezeichnung"


def test_a_required_name_that_stands_there_twice_is_left_to_people():
    matched = match(csv("Nr;Name;Name", "1;2;3"), FIELDS)

    assert [field.key for field in matched.missing] == ["product"]
    assert matched.ambiguous == {"product": [1, 2]}


def test_missing_columns_are_refused_with_both_sides_named():
    with pytest.raises(ColumnsAreMissing) as refusal:
        match(csv("Nr;Ding", "1;2"), FIELDS).or_refuse()

    assert "Bezeichnung" in str(refusal.value)
    assert "Ding" in str(refusal.value)


@pytest.mark.parametrize("column", ["Ding", "ding", "#B", "B"])
def test_a_column_can_be_said_by_hand(column):
    assert found(csv("Nr;Ding", "1;2"), product=column)["product"] == "Ding"


def test_the_german_label_of_a_field_may_be_said():
    matched = match(csv("Nr;Ding", "1;2"), FIELDS, by_hand={"Bezeichnung": "Ding"})

    assert matched.columns["product"] == 1


def test_a_wrongly_recognized_column_can_be_sent_away():
    assert "price" not in found(csv("Nr;Name;Preis", "1;2;3"), price="")


@pytest.mark.parametrize("by_hand", [{"product": "Unsinn"}, {"unsinn": "Name"}])
def test_saying_what_is_not_there_is_refused(by_hand):
    with pytest.raises(ColumnIsUnknown):
        match(csv("Nr;Name", "1;2"), FIELDS, by_hand=by_hand)


def test_titles_above_the_header_are_passed_over():
    opened = csv("Inventarliste Medienzentrum;;", "Stand: 1.1.2026;;", "", "Nr;Name;Preis", "1;A;2")

    assert match(opened, FIELDS).header.line == 4
    assert [record.line for record in read(match(opened, FIELDS), FIELDS)] == [5]


def test_merged_headings_over_two_rows_are_read_together():
    data = xlsx(
        ("Nr", "Bezeichnung", "Anschaffung", None), (None, None, "Datum", "Preis"), ("MZ-1", "Set", "1.2.2026", 5),
        merged=("A1:A2", "B1:B2", "C1:D1"),
    )  # fmt: skip

    assert found(open_table(data)) == {"asset_number": "Nr", "product": "Bezeichnung", "price": "Preis"}


def test_a_heading_may_make_sense_only_under_the_one_above_it():
    data = xlsx((None, None, "Anschaffung", None), ("Nr", "Name", "Datum", "-preis"), ("MZ-1", "Set", "1.2.2026", 5))

    assert match(open_table(data), FIELDS).columns["price"] == 3


def test_the_sheet_with_the_inventory_is_found_among_others():
    data = xlsx(("Notizen",), ("Bitte lesen",), more={"Geräte": [("Nr", "Name"), (1, "Set")]})

    assert match(open_table(data), FIELDS).grid.name == "Geräte"


def test_headers_repeated_on_each_page_are_no_rows():
    assert len(match(csv("Nr;Name", "1;A", "Nr;Name", "2;B"), FIELDS).rows) == 2


def test_a_row_says_what_is_wrong_with_it():
    records = list(read(match(csv("Nr;Name;Preis", "1;A;teuer", ";B;3", "3;C;4;5", '4;"D;6'), FIELDS), FIELDS))

    assert [str(remark) for record in records for remark in record.remarks] == [
        "Zeile 2, Preis: „teuer“ ist kein Betrag",
        "Zeile 3, Nr: fehlt",
        "Zeile 4: hat 4 Spalten statt 3; vermutlich fehlt ein Anführungszeichen um ein Trennzeichen",
        "Zeile 5: Ein Anführungszeichen wird nicht geschlossen.",
    ]
    assert all(record.is_bad for record in records)


def test_notes_beside_a_table_in_a_workbook_do_no_harm():
    data = xlsx(("Nr", "Name"), ("1", "A", None, "Zettel"))

    assert [record.is_bad for record in read(match(open_table(data), FIELDS), FIELDS)] == [False]


def test_a_formula_is_text_and_said_so():
    (record,) = read(match(csv("Nr;Name", "1;=HYPERLINK(1)"), FIELDS), FIELDS)

    assert record.values["product"] == "=HYPERLINK(1)"
    assert not record.is_bad
    assert "Formel" in record.remarks[0].reason
