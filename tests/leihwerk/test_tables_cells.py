"""What one cell says: amounts, days and words as Germans write them, and a reason for all others."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong, one_of, text, yes_no
from leihwerk.tables.days import day
from leihwerk.tables.numbers import money, whole

AMOUNTS = {
    "1.049,00": "1049.00", "1,049.00": "1049.00", "529,90 €": "529.90", "€ 529,90": "529.90", "529,90EUR": "529.90",
    "EUR 12": "12.00", "1.049": "1049.00", "1,049": "1049.00", "1.049.000,5": "1049000.50", "1 049,00": "1049.00",
    "1'049.00": "1049.00", "149,-": "149.00", "149,–": "149.00", "149.--": "149.00", "0,500": "0.50", "7.5": "7.50",
    "12": "12.00", "0": "0.00", "+5": "5.00", 529.9: "529.90", 12: "12.00", "1,5 Euro": "1.50",
}  # fmt: skip


@pytest.mark.parametrize("written", AMOUNTS)
def test_amounts(written):
    assert money(written) == Decimal(AMOUNTS[written])


@pytest.mark.parametrize(
    "written",
    ["teuer", "12 34", "1.04.9", "1,2,3", "5 $", "-5", "1e5", "=B2*2", "", "10000000000", "1..2", "١.٢", True, "nan"],
)
def test_what_is_no_amount_has_a_reason(written):
    with pytest.raises(CellIsWrong) as wrong:
        money(written)

    assert str(wrong.value).startswith("ist ")


def test_counts():
    assert [whole(cell) for cell in ("12", "1.200", 3, 3.0, "12,0")] == [12, 1200, 3, 3, 12]
    for cell in ("1,5", "-1", "viele", 2**40):
        with pytest.raises(CellIsWrong):
            whole(cell)


DAYS = {
    "31.12.2026": date(2026, 12, 31), "1.2.26": date(2026, 2, 1), "01.02.99": date(1999, 2, 1),
    "2026-12-31": date(2026, 12, 31), "2026-12-31 00:00:00": date(2026, 12, 31),
    "2026-12-31T10:00Z": date(2026, 12, 31),
    "31/12/2026": date(2026, 12, 31), "12/31/2026": date(2026, 12, 31), "3/4/2026": date(2026, 4, 3),
    "31-12-2026": date(2026, 12, 31), "20261231": date(2026, 12, 31), "31. Dezember 2026": date(2026, 12, 31),
    "1. Mär 2026": date(2026, 3, 1), "1 March 2026": date(2026, 3, 1), "46387": date(2026, 12, 31),
    46387: date(2026, 12, 31),
    datetime(2026, 12, 31, 10, tzinfo=UTC): date(2026, 12, 31), date(2026, 12, 31): date(2026, 12, 31),
}  # fmt: skip


@pytest.mark.parametrize("written", DAYS)
def test_days(written):
    assert day(written) == DAYS[written]


@pytest.mark.parametrize(
    "written",
    ["30.02.2026", "bald", "1.1.1200", "=HEUTE()", "99.99.9999", "13.13.2026", "1. Unfug 2026", 5, 99999, "12.25.26.1"],
)
def test_what_is_no_day_has_a_reason(written):
    with pytest.raises(CellIsWrong):
        day(written)


@pytest.mark.parametrize(("written", "month"), [("2019", 1), ("03/2019", 3), ("März 2019", 3)])
def test_a_month_or_a_year_is_taken_as_its_first_day_with_a_hint(written, month):
    with pytest.raises(CellIsDoubtful) as doubt:
        day(written)

    assert doubt.value.value == date(2019, month, 1)


def test_words():
    read = one_of({"in Ordnung": 1, "außer Betrieb": 2})

    assert (read("IN ORDNUNG "), read("Ausser-Betrieb")) == (1, 2)
    with pytest.raises(CellIsWrong, match="möglich sind: in Ordnung, außer Betrieb"):
        read("prima")


def test_yes_and_no():
    assert [yes_no(cell) for cell in ("ja", "X", True, 1, "nein", "-", False, 0)] == [True] * 4 + [False] * 4
    with pytest.raises(CellIsWrong):
        yes_no("vielleicht")


@pytest.mark.parametrize("broken", ["#REF!", "#NV", "#WERT!", "#N/A"])
def test_error_values_of_a_spreadsheet_are_no_text(broken):
    with pytest.raises(CellIsWrong):
        text(20)(broken)


def test_a_number_rounded_by_excel_is_doubtful():
    with pytest.raises(CellIsDoubtful):
        text(20)("3,52E+14")


def test_text_that_is_too_long_is_refused():
    with pytest.raises(CellIsWrong, match="länger als 3 Zeichen"):
        text(3)("abcd")
