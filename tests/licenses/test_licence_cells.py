"""What lists say about licences is understood, and doubted where a person has to look."""

from datetime import date
from decimal import Decimal

import pytest

from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong
from licenses.importing import licence_cells
from licenses.importing.licence_cells import (
    Capacity,
    Cost,
    Kind,
    Licence,
    PupilAccess,
    capacity,
    cost,
    kind,
    last_day,
    licence,
    pupil_access,
)
from licenses.importing.scopes import Scope, scope
from licenses.models.entitlement import CapacityKind
from licenses.rights import Preset, Reach


@pytest.mark.parametrize(
    ("words", "preset"),
    [
        ("Ö", "oe"), ("V+Ö", "voe"), ("V + Ö", "voe"), ("V/Ö-Recht", "voe"), ("Kreis-Online", "district_online"),
        ("Kreis-Onlinelizenz", "district_online"), ("Kreislizenz", "district"), ("Land", "land"),
        ("Landeslizenz NRW", "land"), ("Schule", "school"), ("Schullizenz", "school"), ("Einzellizenz", "single"),
        ("Software", "software"), ("CC BY 4.0", "open"), ("CC0", "open"), ("gemeinfrei", "open"),
    ],
)  # fmt: skip
def test_kinds_of_licences(words, preset):
    assert kind(words) == Kind(preset, words)


def test_an_unknown_kind_is_kept_as_it_was_written():
    with pytest.raises(CellIsDoubtful) as doubt:
        kind("Sondervereinbarung 12")

    assert doubt.value.value == Kind("", "Sondervereinbarung 12")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("alle", Scope(institution_kinds=frozenset({"school"}))),
        ("alle; Kita", Scope(institution_kinds=frozenset({"school", "kita"}))),
        ("Kreis", Scope()),
        ("NRW", Scope("land", "NW")),
        ("Welt", Scope("world")),
        ("GY; GE; RS; SK", Scope(school_forms=frozenset({"20", "15", "10", "14"}))),
        ("GS; FöS; Kita", Scope(school_forms=frozenset({"02", "08"}), institution_kinds=frozenset({"school", "kita"}))),
        ("Gymnasium und Gesamtschule", Scope(school_forms=frozenset({"20", "15"}))),
        ("Sek II", Scope(school_forms=frozenset({"15", "17", "20", "25", "30"}))),
    ],
)
def test_scopes(words, meant):
    assert scope(words) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("8 Schulen", Scope("named", number=8)),
        ("24 GS", Scope("named", school_forms=frozenset({"02"}), number=24)),
        ("Tablet-Koffer", Scope("named", names=("Tablet-Koffer",))),
        ("Medienstudio; BK", Scope("named", school_forms=frozenset({"30"}), names=("Medienstudio",))),
        ("8", Scope("named", names=("8",))),
    ],
)
def test_scopes_that_a_person_has_to_complete(words, meant):
    with pytest.raises(CellIsDoubtful, match="von Hand zuordnen") as doubt:
        scope(words)

    assert doubt.value.value == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("unbegrenzt", Capacity()),
        ("2 Exemplare", Capacity("copies", 2)),
        ("150 benannte Lehrkräfte", Capacity("named", 150)),
        ("200 Geräte", Capacity("devices", 200)),
        ("10 gleichzeitig", Capacity("concurrent", 10)),
        ("25 gleichzeitige Nutzer", Capacity("concurrent", 25)),
        ("6.200 Schüler", Capacity("pupils", 6200)),
        ("6200 Schülerinnen und Schüler", Capacity("pupils", 6200)),
        ("8 Schulen", Capacity("schools", 8)),
        ("3 Klassen", Capacity("classes", 3)),
    ],
)
def test_capacities(words, meant):
    assert capacity(words) == meant


@pytest.mark.parametrize(("words", "meant"), [(12, Capacity("copies", 12)), ("nach Absprache", None), ("0", None)])
def test_a_capacity_that_does_not_say_what_is_counted(words, meant):
    with pytest.raises(CellIsDoubtful) as doubt:
        capacity(words)

    assert doubt.value.value == meant


def test_what_pupils_may_do_at_home():
    assert pupil_access("ja") == pupil_access("nur Stream") == PupilAccess(streams=True)
    assert pupil_access("Streaming und Download") == PupilAccess(streams=True, downloads=True)
    assert pupil_access("nein") == pupil_access("kein Download") == PupilAccess()


def test_the_last_day():
    assert last_day("31.07.2028") == date(2028, 7, 31)
    assert last_day("unbefristet") is None
    assert last_day("–") is None
    for written, meant in {
        "2027": date(2027, 12, 31),
        "02/2028": date(2028, 2, 29),
        "12/2027": date(2027, 12, 31),
    }.items():
        with pytest.raises(CellIsDoubtful) as doubt:
            last_day(written)
        assert doubt.value.value == meant


def test_costs():
    assert cost("4.500,00") == Cost(Decimal("4500.00"))
    assert cost("1.200 € / Jahr") == cost("1200,- p.a.") == Cost(Decimal("1200.00"), is_yearly=True)
    assert cost("99,90 einmalig") == Cost(Decimal("99.90"), is_yearly=False)
    assert cost("kostenlos") == Cost(Decimal(0))


def test_a_row_without_a_word_on_licences_has_none():
    assert licence({"title": "Nordlicht", "scope": None}) is None


def test_a_licence_does_not_end_before_it_starts():
    with pytest.raises(CellIsWrong):
        licence({"starts_on": date(2026, 8, 1), "ends_on": date(2026, 7, 31)})
    assert licence({"starts_on": date(2026, 8, 1)}) == Licence(starts_on=date(2026, 8, 1))


def test_the_words_are_those_of_the_rows_that_contracts_are_made_of():
    presets = {preset for _pattern, preset in licence_cells._KINDS}
    counted = {kind for _stems, kind in licence_cells._COUNTED}
    reaches = {scope(words).reach for words in ("Welt", "NRW", "Kreis")} | {Scope("named").reach}

    assert presets == set(Preset.values)
    assert counted | {Capacity().kind} == set(CapacityKind.values)
    assert reaches == set(Reach.values)
