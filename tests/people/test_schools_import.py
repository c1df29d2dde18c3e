"""A centre takes over its schools, from the Land's file or from a neighbour's spreadsheet."""

from datetime import date

import pytest
from django.core import mail

from leihwerk.tables import match, open_table
from people.models import Institution, JournalEntry
from people.schools_import import SCHOOLS, check, run
from people.schools_import.facts import joined
from tests.leihwerk.spreadsheets import xlsx

TODAY = date(2026, 11, 23)
HEADER = (
    "Schulnummer;Schulform;Schulbezeichnung_1;PLZ;Ort;Telefonvorwahl;Telefon;E-Mail;"
    "Gemeindeschluessel;Schulbetriebsschluessel;Schulbetriebsdatum"
)
ROWS = [
    f"10001{n};02;Grundschule {n};51371;Leverkusen;0214;31{n};10001{n}@schule.example;05316000;1;01.08.1973"
    for n in range(4)
]


def table(*rows: str, header: str = HEADER):
    return match(open_table("\n".join([header, *rows]).encode()), SCHOOLS.fields)


def imported(center, *rows: str, **known):
    return run(table(*rows), center=center, by=None, today=TODAY, **known)


def school(number: str) -> Institution:
    return Institution.objects.get(school_number=number)


def test_schools_arrive_with_all_they_say(center, manager):
    report = run(table(*ROWS), center=center, by=manager, today=TODAY)

    assert report.counts == {"new": 4, "changed": 0, "unchanged": 0, "bad": 0}
    one = school("100012")
    assert (one.name, one.school_form, one.postal_code, one.city) == ("Grundschule 2", "02", "51371", "Leverkusen")
    assert (one.phone, one.email, one.municipality) == ("0214 312", "100012@schule.example", "05316000")


def test_a_dry_run_says_the_same_and_writes_nothing(center):
    report = check(table(*ROWS), center=center, today=TODAY)

    assert (len(report.new), report.is_applied) == (4, False)
    assert not Institution.objects.exists()
    assert not JournalEntry.objects.exists()


def test_the_second_time_nothing_changes(center):
    imported(center, *ROWS)

    report = imported(center, *ROWS)

    assert report.counts == {"new": 0, "changed": 0, "unchanged": 4, "bad": 0}


def test_a_bad_row_is_reported_and_the_good_ones_come(center):
    report = imported(center, ROWS[0], "?;02;Ohne Nummer", "100099;02;;51371", ROWS[0], ROWS[1])

    assert [str(remark) for remark in report.errors] == [
        "Zeile 3, Schulnummer: „?“ ist keine Schulnummer",
        "Zeile 4, Schulbezeichnung_1: fehlt",
        "Zeile 5, Schulnummer: „100010“ steht schon in Zeile 2",
    ]
    assert set(Institution.objects.values_list("school_number", flat=True)) == {"100010", "100011"}


def test_a_doubtful_detail_stays_blank_and_does_not_stop_the_school(center):
    report = imported(center, "100010;Zauberschule;Schule Eins;ABC;Ort;;keins;kein-at;x;1;")

    assert {remark.column for remark in report.warnings} == {
        "Schulform", "PLZ", "Telefon", "E-Mail", "Gemeindeschluessel",
    }  # fmt: skip
    assert school("100010").email == ""
    assert school("100010").channel == "print"


def test_the_number_of_pupils_is_read_and_kept_where_it_is_not_told(center):
    header = "Schulnummer;Name;Schülerzahl"
    rows = ["100011;Nord;1.234", "100012;Süd;viele", "100013;West;", "100014;Ost;99999"]
    run(table(*rows, header=header), center=center, by=None, today=TODAY)
    assert [school(f"10001{n}").pupils for n in range(1, 5)] == [1234, None, None, None]

    report = run(table("100011;Nord;", "100012;Süd;220", header=header), center=center, by=None, today=TODAY)

    assert (school("100011").pupils, school("100012").pupils) == (1234, 220)
    assert report.changed[0].differences == (("Schülerzahl", "", "220"),)


def test_unknown_school_forms_keep_their_key(center):
    imported(center, "100010;87;Schule Eins", "100011;Gymnasium;Schule Zwei", "100012;2;Schule Drei")

    assert [school(f"10001{n}").school_form for n in range(3)] == ["87", "20", "02"]


def test_a_changed_address_is_shown_before_and_after(center):
    imported(center, *ROWS)

    report = check(table(ROWS[0].replace("Leverkusen", "Opladen"), *ROWS[1:]), center=center, today=TODAY)

    assert report.changed[0].differences == (("Ort", "Leverkusen", "Opladen"),)
    assert school("100010").city == "Leverkusen"


def test_what_the_desk_added_survives_blanks(center):
    imported(center, *ROWS)
    Institution.objects.filter(school_number="100010").update(
        tour_day=2, note="nur bis 9 Uhr", phone_2="0171 1", fax="1"
    )

    report = imported(center, "100010;02;Grundschule 0;;;;;;05316000;1;", *ROWS[1:])

    one = school("100010")
    assert report.counts["changed"] == 0
    assert (one.tour_day, one.note, one.phone_2, one.fax, one.phone) == (2, "nur bis 9 Uhr", "0171 1", "1", "0214 310")


def test_a_school_marked_closed_is_flagged_and_opens_again_when_it_returns(center):
    imported(center, *ROWS)

    imported(center, ROWS[0].replace(";1;01.08.1973", ";9;31.07.2026"), *ROWS[1:])
    assert school("100010").closed_on == date(2026, 7, 31)

    imported(center, *ROWS)
    assert school("100010").closed_on is None


@pytest.mark.parametrize(("ends_on", "closed_on"), [("31.07.2026", date(2026, 7, 31)), ("31.07.2027", None)])
def test_a_school_that_runs_out_is_closed_from_its_last_day_on(center, ends_on, closed_on):
    imported(center, ROWS[0].replace(";1;01.08.1973", f";2;{ends_on}"))

    assert school("100010").closed_on == closed_on


def test_a_school_missing_from_a_newer_list_of_its_municipality_is_flagged_never_deleted(center):
    imported(center, *ROWS)

    report = imported(center, *ROWS[1:])

    assert school("100010").closed_on == TODAY
    assert report.changed[0].differences == (("geschlossen seit", "", "23.11.2026"),)
    assert imported(center, *ROWS[1:]).counts["changed"] == 0
    imported(center, *ROWS)
    assert school("100010").closed_on is None


def test_an_excerpt_closes_nothing(center):
    imported(center, *ROWS)

    report = imported(center, ROWS[0])

    assert not Institution.objects.filter(closed_on__isnull=False).exists()
    assert "Auszug" in str(report.warnings[0])
    imported(center, *ROWS[1:], is_excerpt=True)
    assert not Institution.objects.filter(closed_on__isnull=False).exists()


def test_schools_of_other_towns_are_left_open(center, north):
    imported(center, *ROWS)

    assert Institution.objects.get(pk=north.pk).closed_on is None


def test_a_territory_leaves_out_the_rest(center):
    elsewhere = ROWS[1].replace("05316000", "05111000")

    for key in ("05316000", "05316"):
        report = check(table(ROWS[0], elsewhere), center=center, territory=[key], today=TODAY)
        assert len(report.new) == 1
        assert report.notes == ["Zeilen außerhalb des Gebiets: 1."]


def test_a_territory_does_not_silence_a_broken_row(center):
    report = check(table(ROWS[0], ROWS[1] + ";;zu;viel"), center=center, territory=["05316000"], today=TODAY)

    assert report.bad == 1


def test_a_school_somebody_typed_in_without_its_number_gets_it(center):
    Institution.objects.create(center=center, kind="school", name="Grundschule 0", note="Schlüssel beim Hausmeister")

    report = imported(center, *ROWS)

    assert (len(report.new), len(report.changed)) == (3, 1)
    assert school("100010").note == "Schlüssel beim Hausmeister"


def test_two_centers_never_meet(center, neighbor):
    imported(center, *ROWS)
    imported(neighbor, *ROWS[1:])

    assert Institution.objects.filter(center=center, closed_on__isnull=True).count() == 4
    assert Institution.objects.filter(center=neighbor).count() == 3


def test_a_neighbors_spreadsheet_is_understood(center):
    data = xlsx(
        ("Schulliste 2026", None, None), (),
        ("Name der Schule", "Schul-Nr.", "Schulart", "Straße und Hausnummer", "Postleitzahl", "Tel.", "Mail"),
        ("Anne-Frank-Schule", 123456.0, "Realschule", "Weg 1", 1067, 214310830, "info@afs.example"),
    )  # fmt: skip

    run(match(open_table(data), SCHOOLS.fields), center=center, by=None, today=TODAY)

    one = school("123456")
    assert (one.name, one.school_form, one.street) == ("Anne-Frank-Schule", "10", "Weg 1")
    assert (one.postal_code, one.phone, one.email) == ("01067", "0214310830", "info@afs.example")


def test_names_cut_at_the_end_of_a_line_are_put_together():
    assert joined("Werkberufs-", "schule der Chemie-", None) == "Werkberufsschule der Chemie-"
    assert joined("Schule Primar-", "und Sekundarstufe") == "Schule Primar- und Sekundarstufe"


def test_importing_sends_no_mail_and_names_nobody_in_the_journal(center, manager):
    run(table(*ROWS), center=center, by=manager, today=TODAY)

    assert mail.outbox == []
    (entry,) = JournalEntry.objects.all()
    assert (entry.verb, entry.subject_id, entry.by) == ("institutions.imported", center.pk, manager)
    assert entry.facts == {"new": 4, "changed": 0, "unchanged": 0, "bad": 0}


@pytest.mark.parametrize(("rows", "queries"), [(10, 8), (400, 8)])
def test_queries_do_not_grow_with_the_file(center, django_assert_max_num_queries, rows, queries):
    lines = [ROWS[0].replace("10001", f"{20000 + n}") for n in range(rows)]

    with django_assert_max_num_queries(queries):
        assert len(imported(center, *lines).new) == rows


def test_the_whole_land_twice(center, shared_data, django_assert_max_num_queries):
    matched = match(open_table((shared_data / "schuldaten_nrw_2021.csv").read_bytes()), SCHOOLS.fields)

    with django_assert_max_num_queries(15):
        first = run(matched, center=center, by=None, today=TODAY)
    again = run(matched, center=center, by=None, today=TODAY)

    assert first.counts == {"new": 5507, "changed": 0, "unchanged": 0, "bad": 0}
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 5507, "bad": 0}
    assert not first.remarks
    assert Institution.objects.filter(closed_on__isnull=False).count() == 77
