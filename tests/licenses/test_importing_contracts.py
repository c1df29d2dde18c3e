"""What a list of media says about licences becomes contracts, and is never written twice."""

from datetime import date
from decimal import Decimal

import pytest

from leihwerk.tables import match, open_table
from licenses import contracts, scopes
from licenses.decisions import decide
from licenses.entitlements import Rights, change_rights
from licenses.importing import MEDIA, check, run
from licenses.models import Contract, Entitlement, Medium, Period, Provider, Scope
from licenses.rights import Action, Preset
from licenses.terms import No
from people.models import Institution, JournalEntry

HEADER = "Mediennummer;Titel;Anbieter;Lizenzart;Geltungsbereich;gültig ab;gültig bis;Umfang;Kosten;Vertragsnummer"
WATER = "5500001;Wasser;Lehrfilm;Kreis-Online;alle;01.08.2023;31.07.2028;unbegrenzt;420,00;"
LIGHT = "5500002;Licht;Lehrfilm;Kreis-Online;GY;01.08.2023;31.07.2028;unbegrenzt;80,00;"
PORTAL = "7500011;Portal;CodeWerk;Software;42 Schulen;01.09.2026;31.08.2027;150 benannte Lehrkräfte;4.500,00;"
TODAY = date(2026, 11, 23)


def table(*rows: str, header: str = HEADER):
    return match(open_table("\n".join([header, *rows]).encode()), MEDIA.fields)


def imported(center, *rows: str, header: str = HEADER, by=None):
    return run(table(*rows, header=header), center=center, by=by, today=TODAY)


def reasons(report):
    return [remark.reason for remark in report.warnings if remark.column == "Vertrag"]


def test_titles_of_one_provider_for_the_same_days_are_one_contract(center, manager):
    report = imported(center, WATER, LIGHT, PORTAL, by=manager)

    online = Contract.objects.get(provider__name="Lehrfilm")
    (period,) = online.periods.all()
    assert (online.number, online.title) == ("MEDIEN-0001", "Kreis-Online-Lizenz, Lehrfilm")
    assert (period.starts_on, period.ends_on, period.cost) == (date(2023, 8, 1), date(2028, 7, 31), Decimal(500))
    assert {str(it): it.preset for it in period.entitlements.all()} == dict.fromkeys(
        ("Wasser", "Licht"), Preset.DISTRICT_ONLINE
    )
    assert (report.counts["contracts"], report.counts["entitlements"], report.counts["scopes"]) == (2, 3, 2)
    assert {"contract.signed", "period.begun", "entitlement.given", "scope.added"} <= set(
        JournalEntry.objects.filter(by=manager).values_list("verb", flat=True)
    )


def test_the_real_list_lets_one_school_and_refuses_another(center, north, south, anna, bert, shared_data):
    Institution.objects.filter(pk=north.pk).update(school_form="02")
    Institution.objects.filter(pk=south.pk).update(school_form="20")
    data = (shared_data / "medien_beispiel.csv").read_bytes()

    report = run(match(open_table(data), MEDIA.fields), center=center, by=None, today=TODAY)

    light = Medium.objects.get(number="5500002")  # "GY; GE; RS; SK"
    for_south = decide(bert, Institution.objects.get(pk=south.pk), light, Action.STREAM)
    for_north = decide(anna, Institution.objects.get(pk=north.pk), light, Action.STREAM)
    assert (for_south.is_allowed, str(for_south.until)) == (True, "2027-01-31")
    assert (for_north.is_allowed, for_north.reason) == (False, No.SCHOOL_TYPE)
    assert "Gymnasien" in for_north.sentence
    assert "nicht für Grundschulen" in for_north.sentence
    assert (report.counts["entitlements"], report.counts["licences"]) == (15, 15)
    assert "Nutzungsrechte ohne Geltungsbereich: 6" in " ".join(report.notes)


def test_the_real_list_a_second_time_changes_nothing(center, shared_data):
    data = (shared_data / "medien_beispiel.csv").read_bytes()
    run(match(open_table(data), MEDIA.fields), center=center, by=None, today=TODAY)
    before = everything()

    again = run(match(open_table(data), MEDIA.fields), center=center, by=None, today=date(2027, 3, 1))

    assert (again.has_changes, again.counts["unchanged"], reasons(again)) == (False, 15, [])
    assert everything() == before


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Contract, Period, Entitlement, Scope, Provider)]


def test_a_dry_run_says_per_line_what_would_be_made(center):
    report = check(table(WATER, PORTAL), center=center, today=TODAY)

    assert [change.differences for change in report.new] == [
        (("Nutzungsrecht", "", "MEDIEN-0001 Kreis-Online-Lizenz, Lehrfilm, 01.08.2023 – 31.07.2028"),),
        (("Nutzungsrecht", "", "MEDIEN-0002 Software, CodeWerk, 01.09.2026 – 31.08.2027"),),
    ]
    assert not Contract.objects.exists()
    assert not Scope.objects.exists()


def test_a_known_title_gets_its_contract_afterwards(center):
    imported(center, "5500001;Wasser;Lehrfilm;;;;;;;")

    report = imported(center, WATER)

    (change,) = report.changed
    assert change.differences[0][0] == "Nutzungsrecht"
    assert (report.counts["unchanged"], report.counts["entitlements"]) == (0, 1)


def test_the_number_of_a_contract_is_taken_where_the_list_tells_it(center, manager):
    provider = Provider.objects.create(center=center, name="Lehrfilm")
    mine = contracts.sign(center, by=manager, provider=provider, number="KO-7", title="Online")

    imported(center, WATER + "ko-7", LIGHT + "KO-8")

    assert mine.periods.get().entitlements.count() == 1
    assert set(Contract.objects.values_list("number", flat=True)) == {"KO-7", "KO-8"}


def test_two_ends_for_one_contract_are_told_and_the_title_comes_without_it(center):
    report = imported(center, WATER + "KO-7", LIGHT.replace("2028", "2029") + "KO-7")

    assert reasons(report) == [
        "passt nicht zum Vertrag KO-7: Er läuft 01.08.2023 – 31.07.2028. Bitte prüfen und von Hand eintragen"
    ]
    assert Medium.objects.count() == 2
    assert Period.objects.get().ends_on == date(2028, 7, 31)


def test_another_end_for_a_known_right_is_told(center):
    imported(center, WATER)

    report = imported(center, WATER.replace("31.07.2028", "31.07.2030"))

    assert "MEDIEN-0001: Er läuft 01.08.2023 – 31.07.2028" in reasons(report)[0]
    assert (Contract.objects.count(), Period.objects.get().ends_on) == (1, date(2028, 7, 31))


def test_the_days_after_are_the_next_period_of_the_same_contract(center):
    imported(center, WATER, LIGHT)
    later = ("01.08.2023;31.07.2028", "01.08.2028;31.07.2033")

    imported(center, WATER.replace(*later), LIGHT.replace(*later))

    assert Contract.objects.count() == 1
    assert [it.entitlements.count() for it in Period.objects.order_by("starts_on")] == [2, 2]


def test_a_further_title_joins_the_contract_and_its_cost(center, manager):
    imported(center, WATER)
    contract = Contract.objects.get()
    contracts.edit(contract, number="KO-2023-01", by=manager)

    imported(center, WATER, LIGHT)

    assert (Contract.objects.get().number, Period.objects.get().cost) == ("KO-2023-01", Decimal(500))
    assert Period.objects.get().entitlements.count() == 2


def test_what_somebody_wrote_by_hand_stays(center, manager, north):
    imported(center, PORTAL)
    entitlement = Entitlement.objects.get()
    named = scopes.add(center, name="Die 42", institutions=[north], by=manager)
    rights = Rights(permitted={"run", "show"}, capacity_kind="named", capacity=150, scopes=(named,))
    change_rights(entitlement, rights=rights, by=manager)

    report = imported(center, PORTAL)

    assert (report.has_changes, reasons(report)) == (False, [])
    entitlement.refresh_from_db()
    assert (entitlement.permitted, list(entitlement.scopes.all())) == (["run", "show"], [named])


def test_another_capacity_is_told_and_not_taken(center):
    imported(center, PORTAL)

    report = imported(center, PORTAL.replace("150", "200"))

    (reason,) = reasons(report)
    assert "einen anderen Umfang (150 benannte Personen)" in reason
    assert Entitlement.objects.get().capacity == 150


def test_another_kind_of_licence_for_the_same_days_is_told(center):
    imported(center, WATER)

    report = imported(center, WATER.replace("Kreis-Online", "Landeslizenz"))

    assert "eine andere Lizenzart (Kreis-Online-Lizenz)" in reasons(report)[0]
    assert Entitlement.objects.count() == 1


@pytest.mark.parametrize("kind", ["", "Sonderlizenz Typ 7"])
def test_without_a_kind_of_licence_there_is_no_contract(center, kind):
    report = imported(center, WATER.replace("Kreis-Online", kind))

    assert "ohne bekannte Lizenzart: 1" in " ".join(report.notes)
    assert not Contract.objects.exists()
    assert Medium.objects.count() == 1


def test_a_scope_is_made_once_and_found_by_what_it_includes(center, manager):
    mine = scopes.add(center, name="Unsere Gymnasien", school_forms=["20"], by=manager)

    imported(center, LIGHT, LIGHT.replace("5500002;Licht", "5500003;Luft"), WATER)

    assert {str(scope) for scope in Scope.objects.all()} == {"Unsere Gymnasien", "Musterstadt: Schule"}
    assert mine.entitlements.count() == 2


def test_a_name_that_another_scope_has_gets_a_number(center, manager, north):
    scopes.add(center, name="Musterstadt: Gymnasien", institutions=[north], by=manager)

    imported(center, LIGHT)

    assert Scope.objects.filter(name="Musterstadt: Gymnasien (2)", school_forms=["20"]).exists()


@pytest.mark.parametrize(
    ("said", "permitted"),
    [("ja", ["pupil_stream"]), ("nein", []), ("Download", ["pupil_download", "pupil_stream"]), ("", [])],
)
def test_pupils_at_home_get_what_the_list_says(center, said, permitted):
    header = "Mediennummer;Titel;Lizenzart;Schülerzugang zu Hause"
    imported(center, f"5500001;Wasser;Kreis-Online;{said}", header=header)

    found = Entitlement.objects.get()
    assert [action for action in found.permitted if action.startswith("pupil")] == permitted
    assert not set(found.permitted) & set(found.prohibited)


def test_what_is_paid_yearly_counts_for_the_whole_period(center):
    imported(center, WATER.replace("420,00", "420,00 € / Jahr"))

    assert Period.objects.get().cost == Decimal("2100.00")


def test_costs_beyond_every_contract_are_told(center):
    report = imported(center, WATER.replace("420,00", "99.999.999,00"), LIGHT)

    assert ["hoch" in reason for reason in reasons(report)] == [True]
    assert Entitlement.objects.count() == 1


def test_another_centre_keeps_its_contracts(center, neighbor):
    imported(neighbor, WATER)

    imported(center, WATER)

    assert Contract.objects.filter(center=center).count() == Contract.objects.filter(center=neighbor).count() == 1


@pytest.mark.parametrize("rows", [5, 60])
def test_statements_do_not_grow_with_the_list(center, django_assert_max_num_queries, rows):
    lines = [f"55{n:05};Film {n};Anbieter {n % 3};Kreis-Online;GY;01.08.{2000 + n % 20};;;9,00;" for n in range(rows)]

    with django_assert_max_num_queries(34):
        imported(center, *lines)
    with django_assert_max_num_queries(22):
        imported(center, *lines)

    assert Entitlement.objects.count() == rows
