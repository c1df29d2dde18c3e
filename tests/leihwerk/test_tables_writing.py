"""What leaves is neutral, and comes back as it was."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from leihwerk.tables import csv_bytes, neutral, open_table, xlsx_bytes
from leihwerk.tables.grids import clean

DANGEROUS = ["=1+1", "+49 214", "-5", "@SUM(A1)", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("words", DANGEROUS)
def test_a_formula_is_neutral_in_csv(words):
    written = csv_bytes([["Name"], [words]]).decode("utf-8-sig").splitlines()

    assert written[1].strip('"').startswith("'")


@pytest.mark.parametrize("words", DANGEROUS)
def test_a_formula_is_text_in_a_workbook(words):
    cell = load_workbook(BytesIO(xlsx_bytes([["Name"], [words]], title="Liste")))["Liste"]["A2"]

    assert (cell.data_type, cell.value) == ("s", words)
    assert cell.quotePrefix


def test_numbers_and_days_are_german_in_csv():
    written = csv_bytes([["a", "b", "c"], [Decimal("1049.50"), date(2026, 2, 1), -5]]).decode("utf-8-sig")

    assert written.splitlines()[1] == "1049,50;01.02.2026;-5"


VISIBLE = st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t=+-@'\";")


@settings(deadline=None)
@given(st.lists(st.text(VISIBLE, min_size=1, max_size=30), min_size=2, max_size=6))
def test_what_was_written_is_read_again(words):
    rows = [["Erste", "Zweite", "Dritte"], *([word, "x", "y"] for word in words)]

    for data in (csv_bytes(rows), xlsx_bytes(rows, title="Liste")):
        read = [row.cells[0] for row in open_table(data).grids[0].rows]
        assert read == ["Erste", *(clean(word) for word in words)]


def test_neutral_leaves_ordinary_words_alone():
    assert neutral("Bee-Bot = Roboter") == "Bee-Bot = Roboter"
