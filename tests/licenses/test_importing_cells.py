"""What stands in the cells of lists of media."""

from datetime import date, time

import pytest

from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong
from licenses.importing import cells
from licenses.importing.columns import FIELDS
from licenses.importing.licence_cells import KEYS
from licenses.models import AgeRating, Medium, MediumKind


@pytest.mark.parametrize("kind", MediumKind)
def test_every_kind_is_known_by_its_own_name(kind):
    assert cells.kind(str(kind.label)) == kind


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("DVD-Video", MediumKind.DVD), ("Didaktische DVD", MediumKind.DVD), ("CD-ROM", MediumKind.CD_ROM),
        ("video/mp4", MediumKind.ONLINE_FILM), ("audio/mpeg", MediumKind.AUDIO), ("image/png", MediumKind.PICTURES),
        ("application/pdf", MediumKind.OTHER), ("Gerätesatz", MediumKind.TEACHING_KIT), ("WEBSEITE", MediumKind.PORTAL),
        ("Hörbuch", MediumKind.AUDIO), ("Lernspiel", MediumKind.INTERACTIVE),
    ],
)  # fmt: skip
def test_kinds_of_other_systems(words, meant):
    assert cells.kind(words) == meant


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (15, 15), ("15", 15), ("92 min", 92), ("ca. 20 Minuten", 20), ("1 h 32 min", 92), ("00:14:30", 15),
        ("PT1H32M", 92), ("PT45S", 1), ("PT0S", 0), (time(1, 32), 92), ("1:32 h", 92), ("30'", 30), ("4:10 min", 4),
    ],
)  # fmt: skip
def test_running_times(cell, minutes):
    assert cells.runtime(cell) == minutes


@pytest.mark.parametrize(("cell", "minutes"), [("1:32", 92), ("14:30", 15), ("900", 15)])
def test_doubtful_running_times(cell, minutes):
    with pytest.raises(CellIsDoubtful) as doubt:
        cells.runtime(cell)

    assert doubt.value.value == minutes


@pytest.mark.parametrize("cell", ["lang", "", "=A1", "-5", "P", "PT", "99999999"])
def test_no_running_times(cell):
    with pytest.raises(CellIsWrong):
        cells.runtime(cell)


def test_years():
    assert [cells.year(it) for it in (2021, "© 2021", "03/2021", date(2021, 5, 1))] == [2021] * 4
    with pytest.raises(CellIsWrong):
        cells.year("alt")


def test_age_ratings():
    assert cells.age_rating("FSK 12") == cells.age_rating("ab 12 Jahren") == AgeRating.FROM_12
    assert cells.age_rating("o.A.") == cells.age_rating(0) == cells.age_rating("Lehrprogramm") == AgeRating.ALL
    with pytest.raises(CellIsDoubtful) as doubt:
        cells.age_rating("ab 10")
    assert doubt.value.value is None


def test_several_words_in_one_cell():
    assert cells.subjects("Religion; Ethik\nDeutsch; Ethik") == ["Religion", "Ethik", "Deutsch"]
    assert cells.subjects("Deutsch, Kunst") == ["Deutsch", "Kunst"]
    assert cells.levels("Primarstufe; Sekundarstufe I; lower secondary; alle") == ["Grundschule", "Sek I", "alle"]
    assert cells.languages("Deutsch; eng, Klingonisch") == ["de", "eng, Klingonisch"]
    with pytest.raises(CellIsWrong, match="Formel"):
        cells.subjects('=WENN(A1;"x")')


def test_addresses():
    assert cells.link("www.beispiel.example/film") == "https://www.beispiel.example/film"
    assert cells.link("http://a.example/1 http://a.example/2") == "http://a.example/1"
    for wrong in ("javascript:alert(1)", "im Schrank", "ftp://a.example", "https://[::1"):
        with pytest.raises(CellIsWrong):
            cells.link(wrong)


def test_each_column_is_a_fact_of_a_medium_or_of_its_licence():
    facts = {field.name for field in Medium._meta.get_fields()}

    assert {field.key for field in FIELDS} - facts == set(KEYS)
