"""Whatever is uploaded: it opens, or it is refused with a sentence. It never crashes."""

from contextlib import suppress
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from leihwerk.tables import FileRefused, match, open_table, read
from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong, one_of, text, yes_no
from leihwerk.tables.columns import Field
from leihwerk.tables.days import day
from leihwerk.tables.encodings import decode
from leihwerk.tables.numbers import money, whole
from tests.leihwerk.spreadsheets import ods, xlsx, zipped

FIELDS = (
    Field("number", "Nr", ("Nr",), text(20), is_required=True),
    Field("price", "Preis", ("Preis",), money),
    Field("bought", "Datum", ("Datum", "Anschaffung"), day),
    Field("count", "Anzahl", ("Anzahl",), whole),
)
NASTY = st.text("Nr;,\t|\"'=\r\n \x00\x1aÄß€0123,.-\ufeff\u2028", max_size=200)
TYPED = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(), st.timedeltas(),
)  # fmt: skip
CELLS = TYPED | st.one_of(
    st.text(max_size=40), st.text("0123456789.,-'€ EURE+=", max_size=12), st.text("0123456789./- :TMäiz", max_size=12),
)  # fmt: skip


def use(data: bytes) -> None:
    with suppress(FileRefused):
        matched = match(open_table(data), FIELDS)
        for record in read(matched, FIELDS):
            assert record.line >= 1
            assert all(str(remark) for remark in record.remarks)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data):
    use(data)


@settings(deadline=None)
@given(st.sampled_from(["utf-8", "cp1252", "utf-16", "mac_roman"]), NASTY)
def test_any_text(codec, words):
    use(f"Nr;Preis;Datum\n{words}\n1;2;3".encode(codec, "replace"))


@given(st.lists(st.lists(TYPED, max_size=5), max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_workbook(rows):
    with suppress(ValueError):  # openpyxl does not write days before 1900 or text with control characters
        use(xlsx(("Nr", "Preis", "Datum"), *rows))


@given(st.integers(0, 6000), st.binary(min_size=1, max_size=8))
@settings(deadline=None)
def test_a_damaged_workbook(position, damage):
    use(WORKBOOK[:position] + damage + WORKBOOK[position + len(damage) :])


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["float", "date", "boolean", "string"]), st.integers(-5, 10**7))
def test_any_document(value, kind, repeats):
    quoted = "".join(letter for letter in value if letter.isprintable() and letter not in "<&'")
    cell = f"<table:table-cell office:value-type='{kind}' office:value='{quoted}' office:date-value='{quoted}'"
    cell += f" table:number-columns-repeated='{repeats}'/>"
    use(ods(f"<table:table-row table:number-rows-repeated='{repeats}'>{cell}</table:table-row>"))
    use(zipped(**{"content.xml": value.encode("utf-8", "replace")}))


@settings(deadline=None)
@given(CELLS, st.sampled_from([money, whole, day, yes_no, text(10), one_of({"ja": 1})]))
def test_any_cell(cell, parse):
    with suppress(CellIsWrong, CellIsDoubtful):
        parse(cell)


@settings(deadline=None)
@given(st.decimals(0, 99_999_999, places=2))
def test_every_german_amount_is_read_as_it_was_meant(value):
    english = f"{value:,.2f}"
    german = english.replace(",", " ").replace(".", ",").replace(" ", ".")

    assert money(english) == money(german) == money(german + " €") == Decimal(value)


@settings(deadline=None)
@given(st.dates(min_value=day("01.01.1900"), max_value=day("01.01.2100")))
def test_every_day_is_read_in_each_spelling(value):
    for spelling in ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        assert day(value.strftime(spelling)) == value


@settings(deadline=None)
@given(st.sampled_from(["cp1252", "utf-8", "utf-16", "mac_roman"]), st.lists(st.sampled_from(
    ["Köln", "Straße", "Gerät", "Schüler", "Übung", "Öffnung", "Ärger", "Hülle", "Groß", "Mönche"]), min_size=1),
)  # fmt: skip
def test_german_words_are_read_in_their_encoding(codec, words):
    written = "; ".join(words)

    assert decode(written.encode(codec)).text == written


WORKBOOK = xlsx(("Nr", "Preis", "Datum"), ("1", 2.5, "1.1.2026"))
