"""A centre takes over its media, from its own list, from another system or from a portal."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from leihwerk.tables import match, open_table
from licenses.importing import MEDIA, check, run
from licenses.models import Medium, MediumKind, Provider
from people.models import JournalEntry
from tests.leihwerk.spreadsheets import xlsx

HEADER = "Mediennummer;Titel;Anbieter;Medienart;Laufzeit (min);Jahr;Fächer;Stufen"
WATER = '5500001;Der Wasserkreislauf;Lehrfilm GmbH;Online-Film;15;2021;"Sachunterricht; Erdkunde";Grundschule'
ROMANS = "4600007;Die Römer am Rhein;Lehrfilm GmbH;DVD;25;2015;Geschichte;Sek I"
PORTAL = ";CodeWerk;CodeWerk AG;Portal;;2026;Informatik;Sek II"


def table(*rows: str, header: str = HEADER):
    return match(open_table("\n".join([header, *rows]).encode("cp1252")), MEDIA.fields)


def imported(center, *rows: str, header: str = HEADER):
    return run(table(*rows, header=header), center=center, by=None)


def from_json(center, found):
    return run(match(open_table(json.dumps(found).encode()), MEDIA.fields), center=center, by=None)


def test_media_arrive_with_their_providers(center, manager):
    report = run(table(WATER, ROMANS, PORTAL), center=center, by=manager)

    assert (report.counts["new"], report.counts["providers"], report.counts["bad"]) == (3, 2, 0)
    water = Medium.objects.get(number="5500001")
    assert (water.title, str(water.provider), water.kind) == ("Der Wasserkreislauf", "Lehrfilm GmbH", "online_film")
    assert (water.runtime_minutes, water.year, water.levels) == (15, 2021, ["Grundschule"])
    assert water.subjects == ["Sachunterricht", "Erdkunde"]
    assert set(JournalEntry.objects.values_list("verb", flat=True)) == {
        "provider.created", "medium.created", "media.imported",
    }  # fmt: skip


def test_a_dry_run_says_the_same_and_writes_nothing(center):
    report = check(table(WATER, ROMANS), center=center)

    assert (len(report.new), report.counts["providers"], report.is_applied) == (2, 1, False)
    for model in (Medium, Provider, JournalEntry):
        assert not model.objects.exists()


def test_the_second_time_nothing_changes(center):
    imported(center, WATER, ROMANS, PORTAL)

    report = imported(center, WATER, ROMANS, PORTAL)

    assert (report.counts["new"], report.counts["changed"], report.counts["unchanged"]) == (0, 0, 3)


def test_what_changed_is_told_and_a_blank_overwrites_nothing(center):
    imported(center, WATER)

    report = imported(center, "5500001;Der Wasserkreislauf;Neuer Verlag;;16;;Erdkunde;")

    (change,) = report.changed
    assert change.differences == (
        ("Laufzeit (min)", "15", "16"),
        ("Fächer", "Sachunterricht, Erdkunde", "Erdkunde"),
        ("Anbieter", "Lehrfilm GmbH", "Neuer Verlag"),
    )
    water = Medium.objects.get()
    assert (water.year, water.kind, str(water.provider)) == (2021, "online_film", "Neuer Verlag")


def test_bad_rows_are_reported_and_the_good_ones_come(center):
    report = imported(center, WATER, "5500002;;X;DVD", "5500001;Nochmal;X;DVD", "5500003;Zu lang;X;DVD;ewig", ROMANS)

    assert [str(remark) for remark in report.errors] == [
        "Zeile 3, Titel: fehlt",
        "Zeile 4, Titel: „5500001“ steht schon in Zeile 2",
        "Zeile 5, Laufzeit (min): „ewig“ ist kein Betrag",
    ]
    assert set(Medium.objects.values_list("number", flat=True)) == {"5500001", "4600007"}


def test_a_number_says_the_kind_where_nobody_else_does(center):
    imported(center, "4600001;A", "7512345;B", "5500001;C", "12;D", header="Mediennummer;Titel")

    kinds = dict(Medium.objects.values_list("title", "kind"))
    assert kinds == {"A": "dvd", "B": "teaching_kit", "C": "online_film", "D": "other"}


def test_a_row_without_a_number_means_the_medium_of_that_title_and_provider(center):
    imported(center, WATER)

    same = imported(center, "Der Wasserkreislauf;Lehrfilm GmbH;15", header="Titel;Anbieter;Laufzeit")
    other = imported(center, "Der Wasserkreislauf;Andere;15", header="Titel;Anbieter;Laufzeit")

    assert (same.counts["unchanged"], other.counts["new"]) == (1, 1)


def test_another_centre_is_not_touched(center, neighbor):
    imported(neighbor, WATER)

    assert imported(center, WATER).counts["new"] == 1
    assert Medium.objects.filter(center=neighbor).count() == Medium.objects.filter(center=center).count() == 1


def test_the_real_list(center, shared_data):
    data = (shared_data / "medien_beispiel.csv").read_bytes()

    report, again = (run(match(open_table(data), MEDIA.fields), center=center, by=None) for _time in range(2))

    assert (report.counts["new"], report.bad, report.counts["licences"]) == (15, 0, 15)
    assert (again.counts["unchanged"], again.has_changes) == (15, False)
    assert {remark.column for remark in report.warnings} == {"Geltungsbereich"}


def test_licences_of_snipe_it_come_without_their_keys(center):
    header = "ID,Name,Product Key,Manufacturer,Category,Seats,Expiration Date,Purchase Cost,License Type"
    row = '7,PixelStudio,ABCD-EFGH-1234,PixelWerk,Software,10 concurrent users,2027-12-31,"1,049.00",subscription'

    report = imported(center, row, header=header)

    medium = Medium.objects.get()
    assert (report.bad, report.counts["licences"]) == (0, 1)
    assert (medium.number, medium.title, medium.kind) == ("7", "PixelStudio", MediumKind.SOFTWARE)
    assert "ABCD" not in repr(medium.__dict__) + repr(report)


def test_an_antares_export_of_the_dos_age(center):
    header = "MedienNr\tHaupttitel\tMedienart\tProduzent\tSpieldauer\tAdressaten\tSachgebiete"
    row = "4612345\tBäume und Sträucher\tDVD\tFWU\t24 min\tS1, S2\tBiologie"
    data = f"{header}\n{row}\n"

    report = run(match(open_table(data.encode("cp850")), MEDIA.fields), center=center, by=None)

    assert report.bad == 0
    medium = Medium.objects.get()
    assert (medium.title, medium.levels, medium.runtime_minutes) == ("Bäume und Sträucher", ["Sek I", "Sek II"], 24)


def test_a_workbook_with_a_title_above(center):
    data = xlsx(
        ("Medienliste Stand heute",), (), ("Nr.", "Titel", "Typ", "FSK", "Sprache", "Link"),
        (4711, "Nordlicht", "Spielfilm", 12, "Deutsch; Englisch", "www.film.example/1"),
        (4712, "=SUMME(A1)", "Spielfilm", None, None, None),
    )  # fmt: skip

    report = run(match(open_table(data), MEDIA.fields), center=center, by=None)

    film = Medium.objects.get(number="4711")
    assert (film.age_rating, film.languages, film.link) == (12, ["de", "en"], "https://www.film.example/1")
    assert [remark.line for remark in report.warnings] == [5], "a formula stays text, and somebody looks at it"
    assert Medium.objects.get(number="4712").title == "=SUMME(A1)"


def test_lom(center):
    lom = {
        "general": {
            "identifier": [{"catalog": "K", "entry": "FILM-1"}],
            "title": [{"language": "en", "string": "Wolves"}, {"language": "de", "string": "Wölfe"}],
            "language": ["de", "en"],
            "description": {"string": "Ein Rudel.", "language": "de"},
        },
        "lifecycle": {"contribute": [{"role": {"source": "LOM", "value": "publisher"}, "entity": ["Naturfilm"]}]},
        "technical": {"format": ["video/mp4"], "duration": "PT14M30S", "location": ["https://f.example/1"]},
        "educational": [{"context": [{"source": "LOMv1.0", "value": "lower secondary"}]}],
        "classification": [{"taxonPath": [{"taxon": [{"id": "1", "entry": {"string": "Biologie"}}]}]}],
    }

    report = from_json(center, [{"lom": lom}, {"lom": {"general": {"title": {"de": "Zwei"}}}}])

    wolves = Medium.objects.get(number="FILM-1")
    assert (wolves.title, str(wolves.provider), wolves.kind) == ("Wölfe", "Naturfilm", "online_film")
    assert (wolves.runtime_minutes, wolves.languages, wolves.levels) == (15, ["de", "en"], ["Sek I"])
    assert (wolves.link, wolves.subjects, wolves.description) == ("https://f.example/1", ["Biologie"], "Ein Rudel.")
    assert report.counts["new"] == 2


def test_sodix(center):
    record = {
        "id": "u-1", "identifier": "SODIX-0b5c0000-1111-2222-3333-444455556666", "title": "Die Zelle",
        "publishers": [{"id": "p", "title": "Biofilm"}, {"id": "q", "title": "Zweitverlag"}],
        "media": {"dataType": "video/mp4", "duration": "612", "url": "https://s.example/zelle"},
        "learnResourceType": ["VIDEO"], "educationalLevels": ["Sekundarstufe I", "Sekundarstufe II"],
        "subject": [{"id": "1", "name": "Biologie"}], "publishedTime": "2021-02-03T10:00:00",
        "license": {"name": "CC BY", "version": "4.0"}, "keywords": None,
    }  # fmt: skip
    answer = {"data": {"findAllMetadata": [record, {"title": "Zweites", "identifier": "BY-2"}]}}

    report, again = from_json(center, answer), from_json(center, answer)

    cell = Medium.objects.get(title="Die Zelle")
    assert (cell.number, str(cell.provider), cell.runtime_minutes) == (record["identifier"], "Biofilm", 10)
    assert (cell.year, cell.levels, cell.subjects) == (2021, ["Sek I", "Sek II"], ["Biologie"])
    assert (report.counts["new"], report.counts["licences"], again.has_changes) == (2, 1, False)


def test_the_command_imports_and_tells(center, tmp_path):
    path, out = tmp_path / "medien.csv", StringIO()
    path.write_bytes("\n".join([HEADER, WATER]).encode("utf-16"))

    call_command("import_media", str(path), "--center", "musterstadt", "--apply", stdout=out)

    assert "1 neu" in out.getvalue()
    assert Medium.objects.count() == 1


def test_the_command_refuses_a_list_of_something_else(center, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Datum;Betrag\n1.1.2026;5\n", encoding="utf-8")

    with pytest.raises(CommandError, match="Titel"):
        call_command("import_media", str(path), "--center", "musterstadt")
