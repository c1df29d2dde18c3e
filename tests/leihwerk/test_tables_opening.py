"""A file of any encoding, separator and kind opens; what is no table is refused with a sentence."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from leihwerk.tables import limits, open_table
from leihwerk.tables.refusals import FileIsEmpty, FileIsNoTable, FileIsTooLarge, FileRefused
from tests.leihwerk.spreadsheets import ods, xlsx, zipped

INVENTORY = (
    "Inventarnr.;Gerät;Hülle;Preis (€);Größe\r\n"
    'MZ-1;Bee-Bot "Süß";Köln;529,90 €;groß\r\n'
    "MZ-2;Kamera 360°;Straße;1.049,00;für Übung\r\n"
)


def cells(data: bytes, sheet: int = 0):
    return [row.cells for row in open_table(data).grids[sheet].rows]


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "mac_roman", "iso8859-15"],
)
def test_german_letters_survive_every_encoding(codec):
    first, second, third = cells(INVENTORY.encode(codec))

    assert first == ("Inventarnr.", "Gerät", "Hülle", "Preis (€)", "Größe")
    assert second == ("MZ-1", 'Bee-Bot "Süß"', "Köln", "529,90 €", "groß")
    assert third[1:3] == ("Kamera 360°", "Straße")


def test_a_file_of_the_dos_age_is_read():
    data = INVENTORY.replace("€", "EUR").encode("cp850")

    assert cells(data)[1][1:3] == ('Bee-Bot "Süß"', "Köln")
    assert "DOS" in open_table(data).format


def test_a_few_lines_of_another_encoding_are_mended_and_said():
    opened = open_table("Nr;Ort\n1;Düsseldorf\n2;Mönchengladbach\n3;Gütersloh\n".encode() + "4;Köln\n".encode("cp1252"))

    assert opened.grids[0].rows[-1].cells == ("4", "Köln")
    assert opened.notes


def test_letters_of_a_mac_are_composed():
    assert cells("Nr;Gera\u0308t\n1;Bu\u0308hne\n".encode())[1] == ("1", "Bühne")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators_are_recognized(separator):
    lines = [["Nr", "Name", "Liste"], ["1", "Set", '"2 Akkus; 1 Kabel, lang | kurz\tende"'], ["2", "Box", "3 Dinge"]]
    data = "\n".join(separator.join(line) for line in lines).encode()

    assert [len(row) for row in cells(data)] == [3, 3, 3]


def test_decimal_commas_do_not_make_columns():
    assert cells(b"Name;Preis\nA;1,5\nB;2,5\nC;3,5\n")[1] == ("A", "1,5")


@pytest.mark.parametrize("declaration", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
def test_a_declared_separator_is_obeyed_and_is_no_row(declaration):
    rows = open_table(f"{declaration}\r\nA;B,C\r\n1;2,3\r\n".encode()).grids[0].rows

    assert [(row.line, row.cells) for row in rows] == [(2, ("A", "B,C")), (3, ("1", "2,3"))]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(ending):
    assert cells(ending.join(["A;B", "1;2", "3;4", ""]).encode()) == [("A", "B"), ("1", "2"), ("3", "4")]


def test_lines_are_numbered_as_an_editor_shows_them():
    data = b'Nr;Liste\n\n1;"zwei\nZeilen"\n;;\n2;eine\n'

    assert [row.line for row in open_table(data).grids[0].rows] == [1, 3, 6]


def test_trailing_empty_columns_and_blank_rows_vanish():
    assert cells(b"A;B;;;\n1;2;;;\n;;;;\n\n   ;\t;\n") == [("A", "B"), ("1", "2")]


def test_a_quote_that_never_closes_spoils_only_its_own_line():
    lines = ["Nr;Name", '1;"Koffer', *(f"{n};Set {n}" for n in range(2, 200))]

    rows = open_table("\n".join(lines).encode()).grids[0].rows

    assert [row.line for row in rows if row.trouble] == [2]
    assert len(rows) == 200


def test_a_quote_that_never_closes_near_the_end_spoils_only_its_own_line():
    rows = open_table(b'Nr;Name\n1;"Koffer\n2;Set\n').grids[0].rows

    assert [(row.line, bool(row.trouble)) for row in rows] == [(1, False), (2, True), (3, False)]


def test_inches_are_no_quotes():
    assert cells(b'Nr;Name\n1;27" Monitor\n2;19" Rack\n')[1:] == [("1", '27" Monitor'), ("2", '19" Rack')]


def test_invisible_characters_and_nul_bytes_are_gone():
    assert cells("Nr;Name\n1;\u200bB\u00adee\x00-Bot\u00a0Set \x1a\n".encode())[1] == ("1", "Bee-Bot Set")


def test_what_a_database_writes_for_nothing_is_nothing():
    assert cells(b"A;B;C;D\nx;null;NULL;\\N\n")[1] == ("x",)


def test_a_workbook_keeps_its_types_and_formulas_stay_text():
    data = xlsx(("Nr", "Tag", "Preis", "Anzahl"), ("MZ-1", date(2026, 2, 1), 529.9, 3.0), ("=1+1", None, "=B2*2", 4))

    assert cells(data)[1:] == [("MZ-1", date(2026, 2, 1), 529.9, 3), ("=1+1", None, "=B2*2", 4)]


def test_hidden_sheets_stay_hidden_and_the_others_are_read():
    opened = open_table(xlsx(("Nr",), (1,), more={"Zwei": [("A",), ("b",)], "Leer": []}))

    assert [grid.name for grid in opened.grids] == ["Tabelle1", "Zwei"]


def test_a_libre_office_document_is_read_with_repeats():
    data = ods(
        "<table:table-row><table:table-cell><text:p>Nr</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='2'><text:p>X</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='16000'/></table:table-row>"
        "<table:table-row table:number-rows-repeated='3'><table:table-cell/></table:table-row>"
        "<table:table-row table:number-rows-repeated='2'>"
        "<table:table-cell office:value-type='float' office:value='3'/>"
        "<table:table-cell office:value-type='date' office:date-value='2026-02-01'/>"
        "<table:table-cell table:formula='of:=SUM([.A1])' office:value-type='float' office:value='9'/>"
        "</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048000'><table:table-cell/></table:table-row>"
    )

    rows = open_table(data).grids[0].rows

    assert [(row.line, row.cells) for row in rows] == [
        (1, ("Nr", "X", "X")),
        (5, (3, date(2026, 2, 1), "=SUM([.A1])")),
        (6, (3, date(2026, 2, 1), "=SUM([.A1])")),
    ]


NO_TABLES = {
    "PDF": b"%PDF-1.7 ...",
    "picture": b"\x89PNG\r\n\x1a\n....",
    "old Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "web page named .xls": b"\xef\xbb\xbf\n<HTML><table><tr><td>1</td></tr></table>",
    "XML": b'<?xml version="1.0"?><a/>',
    "program": bytes(range(256)) * 40,
    "archive of something else": zipped(**{"a.txt": "a"}),
    "cut archive": xlsx(("A",), (1,))[:-300],
    "workbook without sheets": zipped(**{"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<y/>"}),
    "broken document": zipped(**{"content.xml": "<a><b></a>"}),
}


@pytest.mark.parametrize("kind", NO_TABLES)
def test_what_is_no_table_is_refused_with_a_sentence(kind):
    with pytest.raises(FileIsNoTable) as refusal:
        open_table(NO_TABLES[kind])

    assert "XLSX, ODS oder CSV" in str(refusal.value)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b";;;\n;;\n", b"\x00" * 99])
def test_an_empty_file_is_refused(data):
    with pytest.raises(FileIsEmpty):
        open_table(data)


def too_many_rows():
    return b"A\n" * (limits.ROWS + 1)


def too_many_columns():
    return b"a;" * (limits.COLUMNS + 1) + b"z"


def too_many_lines():
    return b"A\n" + b"\n" * limits.LINES + b"B\n"


def a_row_far_below_the_last_line():
    cell = '<row r="9999999"><c r="A9999999" t="inlineStr"><is><t>x</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    out = BytesIO()
    with ZipFile(BytesIO(xlsx(("A",)))) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            sheet = f'<worksheet xmlns="{main}"><sheetData>{cell}</sheetData></worksheet>'
            new.writestr(name, sheet if is_sheet else old.read(name))
    return out.getvalue()


def bomb():
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(limits.UNPACKED_BYTES + 1))
    return out.getvalue()


@pytest.mark.parametrize("make", [too_many_rows, too_many_columns, too_many_lines, a_row_far_below_the_last_line, bomb])
def test_what_is_too_large_is_refused_in_time(make):
    with pytest.raises(FileIsTooLarge) as refusal:
        open_table(make())

    assert "Erlaubt sind" in str(refusal.value)


def test_a_file_over_twenty_megabytes_is_refused():
    with pytest.raises(FileIsTooLarge):
        open_table(b"A;B\n" * (limits.BYTES // 4 + 1))


def test_entities_do_not_explode():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    content = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e11;</x>'

    with pytest.raises(FileRefused):
        open_table(zipped(**{"content.xml": content}))


def test_the_real_files_open(shared_data):
    rows = {path.name: len(open_table(path.read_bytes()).grids[0].rows) for path in shared_data.glob("*.csv")}

    assert rows["schuldaten_nrw_2021.csv"] == 5508
    assert rows["inventar_beispiel.csv"] == 183
