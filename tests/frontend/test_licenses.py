"""The pages of licences: a manager enters a contract by hand, and everybody sees what is theirs to see."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from licenses import contracts, seats
from licenses.entitlements import Rights, entitle
from licenses.models import Contract, Entitlement, Package, Provider, Scope, Seat
from licenses.rights import Action, Preset
from people.models import Institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, manager):
    client.force_login(manager)
    return client


def read(page, name, *args, status=200) -> str:
    answer = page.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def send(page, view, *args, follow=True, **fields):
    return page.post(reverse(view, args=args), fields, follow=follow)


def test_a_contract_is_entered_from_the_number_to_the_rights(page, provider, film, town):
    facts = {"provider": provider.pk, "number": "2026-9", "title": "Kreis-Online", "notice_months": 3}
    send(page, "contract_new", **facts)
    found = Contract.objects.get()
    send(page, "contract", found.pk, starts_on="2026-08-01", ends_on="2027-07-31", cost="420,00")
    its = found.periods.get()
    answer = send(
        page,
        "entitlement_new",
        its.pk,
        medium="5500001",
        preset="district_online",
        scopes=[town.pk],
        capacity_kind="unlimited",
    )

    assert "Das Nutzungsrecht ist eingetragen." in answer.content.decode()
    entitlement = Entitlement.objects.get()
    assert set(entitlement.permitted) == {Action.SHOW, Action.STREAM, Action.DOWNLOAD}
    text = read(page, "contract", found.pk)
    for told in ("kündbar bis 30.4.2027", "420,00", "Kreis-Online-Lizenz", "Musterstadt", "Herunterladen"):
        assert told in text


def test_a_new_provider_comes_with_its_contract_or_not_at_all(page, provider):
    facts = {"number": "2026-9", "title": "Kreis-Online"}
    assert "Bitte wählen Sie einen Anbieter" in send(page, "contract_new", **facts).content.decode()
    send(page, "contract_new", **facts, new_provider="Neufilm")
    assert str(Contract.objects.get().provider) == "Neufilm"

    answer = send(page, "contract_new", **facts, new_provider="Noch einer")

    assert "Die Vertragsnummer 2026-9 gibt es schon." in answer.content.decode()
    assert not Provider.objects.filter(name="Noch einer").exists()


def test_what_is_ticked_goes_before_what_is_usual(page, period, film, town):
    said = {"medium": "5500001", "preset": "voe", "scopes": [town.pk], "capacity_kind": "unlimited"}
    send(page, "entitlement_new", period.pk, **said, permitted=["show"], prohibited=["lend"])

    assert Entitlement.objects.get().permitted == ["show"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"medium": "4711"}, "Ein Medium mit dieser Nummer gibt es nicht."),
        ({"medium": ""}, "Bitte geben Sie entweder ein Medium oder ein Titelpaket an."),
        ({"capacity_kind": "named"}, "Bitte geben Sie an, für wie viele die Lizenz gilt"),
        ({"permitted": ["show"], "prohibited": ["show"]}, "zugleich als erlaubt und als verboten"),
        ({"scopes": []}, 'href="#id_scopes"'),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(page, period, film, town, wrong, told):
    said = {"medium": "5500001", "scopes": [town.pk], "capacity_kind": "unlimited"}

    answer = send(page, "entitlement_new", period.pk, **said | wrong)

    assert answer.status_code in {400, 422}
    assert told in answer.content.decode()
    assert not Entitlement.objects.exists()


def test_what_has_to_be_decided_comes_first(page, contract, manager):
    soon = timezone.localdate() + timedelta(days=40)
    contracts.edit(contract, renews_itself=True, renewal_months=12, notice_months=1, by=manager)
    its = contracts.begin(contract, starts_on=date(2025, 1, 1), ends_on=soon, by=manager)
    first = read(page, "licenses")
    assert f"kündbar bis {its.notice_until.day}.{its.notice_until.month}." in first
    assert 'id="deciding"' in first

    answer = send(page, "period_decide", its.pk, renewal="end")
    assert "Ihre Entscheidung ist vermerkt." in answer.content.decode()

    assert 'id="deciding"' not in read(page, "licenses")
    assert "Bitte wählen Sie" in send(page, "period_decide", its.pk, renewal="vielleicht").content.decode()


def test_the_next_period_is_begun_by_one_click(page, entitled):
    its = entitled().period

    answer = send(page, "period_renew", its.pk)

    assert "1.8.2028 – 31.7.2033" not in answer.content.decode()
    assert "1.8.2028 – 31.7.2029" in answer.content.decode()
    assert Entitlement.objects.count() == 2


def test_a_seat_is_given_by_address_and_taken_back(page, entitled, anna):
    entitlement = entitled(capacity_kind="named", capacity=1)

    assert "hier niemand freigeschaltet" in send(page, "seats", entitlement.pk, holder="wer@x.example").content.decode()
    assert "1 von 1 vergeben" in send(page, "seats", entitlement.pk, holder="ANNA@nord.example").content.decode()
    assert "Ein Platz ist vergeben. Geben" in send(page, "seats_buy", entitlement.pk, capacity="0").content.decode()
    assert "wie viele Plätze" in send(page, "seats_buy", entitlement.pk, capacity="viele").content.decode()
    assert "0 von 1 vergeben" in send(page, "seat_release", Seat.objects.get().pk).content.decode()


def test_leases_are_not_given_by_hand(page, entitled):
    entitlement = entitled(capacity_kind="concurrent", capacity=1)

    assert (
        "vergibt niemand von Hand" in send(page, "seats", entitlement.pk, holder="anna@nord.example").content.decode()
    )


def test_a_scope_is_drawn_and_redrawn(page, center, north):
    send(
        page,
        "scopes",
        name="Grundschulen",
        territory="05316000, 05334",
        school_forms=["02"],
        institution_kinds=["school"],
    )
    scope = Scope.objects.get()
    assert (scope.territory, scope.school_forms) == (["05316000", "05334"], ["02"])
    assert "Grundschule" in read(page, "scopes")

    send(page, "scope", scope.pk, name="Nur Nord", institutions=[north.pk])

    assert [*Scope.objects.get().institutions.all()] == [north]
    assert "bis zu acht Ziffern" in send(page, "scopes", name="Unfug", territory="²").content.decode()
    answer = send(page, "scopes", name="Unfug", territory="Köln")
    assert "bis zu acht Ziffern" in answer.content.decode()


def test_an_entitlement_is_corrected_and_taken_back(page, entitled, town):
    entitlement = entitled()
    assert "Zeigen im Unterricht" in read(page, "entitlement", entitlement.pk)

    send(page, "entitlement", entitlement.pk, scopes=[town.pk], permitted=["show"], capacity_kind="unlimited")
    assert Entitlement.objects.get().permitted == ["show"]

    send(page, "entitlement_withdraw", entitlement.pk)
    assert not Entitlement.objects.exists()


def test_the_desk_looks_and_changes_nothing(client, desk, entitled):
    entitlement = entitled(capacity_kind="named", capacity=1)
    client.force_login(desk)

    for name, pk in (("licenses", None), ("contract", entitlement.period.contract_id), ("seats", entitlement.pk)):
        text = read(client, name, *([pk] if pk else []))
        assert "Löschen" not in text
        assert "eintragen" not in text.replace("eingetragen", "")
    assert send(client, "entitlement_withdraw", entitlement.pk, follow=False).status_code == 403


def test_a_teacher_sees_none_of_it(client, anna, entitled):
    client.force_login(anna)

    assert client.get(reverse("licenses")).status_code == 403
    assert client.get(reverse("contract", args=[entitled().period.contract_id])).status_code == 404


def test_empty_pages_say_what_belongs_there(page, center):
    assert "Noch keine Verträge" in read(page, "licenses")
    assert "Noch keine Geltungsbereiche" in read(page, "scopes")


def test_two_hundred_contracts_ask_as_often_as_one(
    page, center, provider, film, town, manager, django_assert_max_num_queries
):
    for number in range(60):
        one = contracts.sign(center, provider=provider, number=f"V{number}", title=f"Vertrag {number}", by=manager)
        its = contracts.begin(one, starts_on=date(2025, 1, 1), ends_on=date(2030, 1, number % 28 + 1), by=manager)
        entitle(its, to=film, rights=Rights.of(Preset.LAND, town), by=manager)

    with django_assert_max_num_queries(14):
        assert read(page, "licenses").count('nowrap">V') == 24

    last = page.get(reverse("licenses"), {"deciding": 3}).content.decode()
    assert last.count('nowrap">V') == 12


def test_contracts_are_found_by_number_name_and_provider(page, center, provider, manager):
    for number, title in (("V1", "Kreis-Online"), ("V2", "Landeslizenz")):
        contracts.sign(center, provider=provider, number=number, title=title, by=manager)

    def found(words: str) -> list[bool]:
        text = page.get(reverse("licenses"), {"search": words}).content.decode()
        return ["Kreis-Online" in text, "Landeslizenz" in text]

    assert found("v1") == found("kreis") == found(f"{provider} online") == [True, False]
    assert found(str(provider)) == [True, True]
    assert found("gibtesnicht") == [False, False]
    assert "keinen Vertrag gefunden" in page.get(reverse("licenses"), {"search": "gibtesnicht"}).content.decode()


def test_what_was_agreed_for_years_fills_pages(page, center, provider, manager):
    long = contracts.sign(center, provider=provider, number="V1", title="Immer", by=manager)
    for year in range(2020, 2032):
        contracts.begin(long, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), by=manager)

    assert "1.1.2031 –" in read(page, "contract", long.pk)
    assert "1.1.2020 –" not in read(page, "contract", long.pk)
    assert "1.1.2020 –" in page.get(reverse("contract", args=[long.pk]), {"periods": 3}).content.decode()


def test_packages_and_scopes_are_found_by_a_part_of_their_name(page, center, provider, town):
    for name in ("Grundschule Basis", "Sekundarstufe"):
        Package.objects.create(center=center, provider=provider, name=name)

    packages = page.get(reverse("packages"), {"search": "basis"}).content.decode()
    assert ("Grundschule Basis" in packages, "Sekundarstufe" in packages) == (True, False)
    assert str(town) in page.get(reverse("scopes"), {"search": str(town)[:5]}).content.decode()
    assert "keinen Geltungsbereich gefunden" in page.get(reverse("scopes"), {"search": "xyz"}).content.decode()


def test_seats_show_who_has_them(page, entitled, anna, bert, manager):
    entitlement = entitled(capacity_kind="named", capacity=5)
    for who in (anna, bert):
        seats.assign(entitlement, to=who, by=manager)

    text = read(page, "seats", entitlement.pk)

    assert "Anna Amsel" in text
    assert "Platz 2" in text
    found = page.get(reverse("seats", args=[entitlement.pk]), {"search": "amsel"}).content.decode()
    assert ("Platz 1" in found, "Platz 2" in found, "2 von 5 vergeben" in found) == (True, False, True)


def test_too_few_licences_for_pupils_are_told_wherever_one_decides(page, contract, entitled, north, south):
    Institution.objects.update(pupils=300)
    Institution.objects.filter(pk=south.pk).update(pupils=None)
    entitlement = entitled(capacity_kind="pupils", capacity=250)
    told = "300 Schülerinnen und Schüler an den Einrichtungen, 250 gekauft: 50 zu wenig"

    for text in (read(page, "licenses"), read(page, "contract", contract.pk), read(page, "seats", entitlement.pk)):
        assert told in text
        assert "Von 1 Schule kennen wir die Schülerzahl nicht." in text
    send(page, "seats_buy", entitlement.pk, capacity=300)

    assert "zu wenig" not in read(page, "licenses") + read(page, "contract", contract.pk)


def test_a_seat_is_given_to_a_device_by_its_code(page, entitled, case):
    entitlement = entitled(capacity_kind="devices", capacity=1, permitted=["run"])

    assert "Der Platz ist vergeben." in send(page, "seats", entitlement.pk, holder=" mz-0001 ").content.decode()

    assert Seat.objects.held().get().item.asset_number == "MZ-0001"
    assert "Bee-Bot Set" in read(page, "seats", entitlement.pk)
    assert send(page, "seats", entitlement.pk, holder="MZ-4711").status_code == 422
