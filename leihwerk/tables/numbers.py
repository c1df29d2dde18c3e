"""Amounts and counts, as Germans and others write them."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from leihwerk.tables.cells import CellIsWrong, as_text, refuse_formula
from leihwerk.tables.grids import Cell

_CURRENCY = re.compile(r"€|EURO?", re.IGNORECASE)
_DASHES = re.compile(r"[,.](-+|–|—)$")
_GROUPING = re.compile(r"(?<=\d)['’ ](?=\d{3}(?!\d))")


def money(cell: Cell) -> Decimal:
    """Euro and cents: 1.049,00 · 1,049.00 · 529,90 € · 149,- · 1'049.00."""
    value = amount(cell)
    if value < 0:
        raise CellIsWrong(_("ist ein negativer Betrag"))
    if value >= 10**8:
        raise CellIsWrong(_("ist ein zu hoher Betrag"))
    return value.quantize(Decimal("0.01"))


def amount(cell: Cell) -> Decimal:
    """A number with decimals. A single separator before exactly three digits separates thousands."""
    refuse_formula(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(str(round(cell, 6)))
    written = _GROUPING.sub("", _DASHES.sub("", _CURRENCY.sub("", as_text(cell)).strip()))
    if not re.fullmatch(r"[+-]?[0-9][0-9.,]*", written) or len(written) > 30:
        raise CellIsWrong(_("ist kein Betrag"))
    whole, mark, decimals = _split_decimals(written)
    if not re.fullmatch(r"[+-]?\d{1,3}([.,]?\d{3})*|[+-]?\d+", whole):
        raise CellIsWrong(_("ist kein Betrag; die Tausenderpunkte stehen falsch"))
    return Decimal(re.sub("[.,]", "", whole) + ("." + decimals if mark else ""))


def _split_decimals(written: str) -> tuple[str, str, str]:
    whole, mark, decimals = written.rpartition(max(",.", key=written.rfind))
    if not mark:
        return decimals, "", ""
    is_thousands = len(decimals) == 3 and whole.lstrip("+-") != "0" and not ({",", "."} - {mark}) & set(whole)
    if not decimals or is_thousands or mark in whole:
        return (written if decimals else whole), "", ""
    return whole, mark, decimals


def whole(cell: Cell) -> int:
    """A whole number, at least 0: 12 · 1.200 · 12,0."""
    value = amount(cell)
    if value != value.to_integral_value() or value < 0:
        raise CellIsWrong(_("ist keine ganze Zahl"))
    if value > 2**31 - 1:
        raise CellIsWrong(_("ist zu groß"))
    return int(value)
