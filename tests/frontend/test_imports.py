"""A manager uploads a table, looks at what would happen, and takes over the good rows. Without scripts."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from frontend.views.import_forms import KINDS
from inventory.models import Item
from leihwerk.tables import limits
from people import uploads
from people.models import Institution, Upload
from people.models.upload import UploadKind
from people.roles import Role
from tests.conftest import member
from tests.leihwerk.spreadsheets import xlsx

INVENTORY = "Inventarnr.;Bezeichnung;Preis\nA-1;Stativ;10\nA-2;Stativ;teuer\nA-3;Kamera;20\n"
SCHOOLS = "Schulnummer;Name;Gemeindeschlüssel\n100001;Schule Nord;05316000\n200002;Schule Fern;05111000\n"


@pytest.fixture
def leitung(client, manager):
    client.force_login(manager)
    return client


def upload(client, content: str | bytes, kind="inventar", name="liste.csv", **choices):
    data = content.encode() if isinstance(content, str) else content
    fields = {f"{kind}-{name_}": value for name_, value in choices.items()}
    return client.post(
        reverse("import_upload", args=[kind]), {f"{kind}-file": SimpleUploadedFile(name, data), **fields}
    )


def press(client, name, **fields):
    return client.post(reverse(name, args=[Upload.objects.get().token]), fields, follow=True)


def test_from_the_file_to_the_items(leitung):
    looked = leitung.get(upload(leitung, INVENTORY).url)

    assert looked.status_code == 200
    assert "A-1 · Stativ" in looked.text
    assert "ist kein Betrag" in looked.text
    assert "teuer" in looked.text
    assert not Item.objects.exists()

    done = press(leitung, "import_take_over")

    assert "Übernommen: 2 neu, 0 geändert, 0 unverändert, 1 nicht übernommen." in done.text
    assert f'href="{reverse("items")}">Inventar ansehen</a>' in done.text
    assert [item.asset_number for item in Item.objects.all()] == ["A-1", "A-3"]


def test_the_file_is_gone_once_taken_over_and_its_report_stays_for_a_day(leitung):
    upload(leitung, INVENTORY)
    press(leitung, "import_take_over")

    kept = Upload.objects.get()
    assert bytes(kept.content) == b""
    assert "ist kein Betrag" in leitung.get(reverse("import", args=[kept.token])).text
    uploads.forget_old(now=timezone.now() + timedelta(hours=25))
    assert not Upload.objects.exists()


def test_taking_over_twice_imports_once(leitung):
    upload(leitung, INVENTORY)
    press(leitung, "import_take_over")
    Item.objects.filter(asset_number="A-1").update(note="von Hand")

    again = press(leitung, "import_take_over")

    assert "2 neu" in again.text
    assert Item.objects.get(asset_number="A-1").note == "von Hand"


def test_what_was_looked_at_is_taken_over_even_if_another_file_came_meanwhile(leitung):
    first = upload(leitung, INVENTORY)
    upload(leitung, INVENTORY.replace("A-", "B-"))

    leitung.post(first.url + "uebernehmen/")

    assert {item.asset_number for item in Item.objects.all()} == {"A-1", "A-3"}


def test_columns_nobody_recognized_are_mapped_by_hand(leitung):
    looked = leitung.get(upload(leitung, "Kennung X;Ding\nA-1;Stativ\n").url)

    assert "haben noch keine Spalte" in looked.text
    assert "Ding: Stativ" in looked.text
    assert "Übernehmen</button>" not in looked.text

    mapped = press(leitung, "import_assign", asset_number="#A", product="#B")
    assert "A-1 · Stativ" in mapped.text
    press(leitung, "import_take_over")
    assert Item.objects.get().product.name == "Stativ"


def test_a_mapping_that_leaves_out_what_is_needed_is_refused(leitung):
    upload(leitung, INVENTORY)

    answer = press(leitung, "import_assign", asset_number="", product="#Z")

    assert answer.status_code == 422


def test_taking_over_without_the_needed_columns_is_refused(leitung):
    upload(leitung, "Kennung X;Ding\nA-1;Stativ\n")

    assert press(leitung, "import_take_over").status_code == 422
    assert not Item.objects.exists()


def test_schools_of_the_territory_only(leitung, center):
    center.territory = ["05316000"]
    center.save(update_fields=["territory"])
    assert 'value="05316000"' in leitung.get(reverse("imports")).text

    looked = leitung.get(upload(leitung, SCHOOLS, "schulen", territory="05316000").url)
    press(leitung, "import_take_over")

    assert "Zeilen außerhalb des Gebiets: 1." in looked.text
    assert [school.school_number for school in Institution.objects.all()] == ["100001"]


def test_a_wrong_territory_is_said_beside_its_field(leitung):
    answer = upload(leitung, SCHOOLS, "schulen", territory="Leverkusen")

    assert answer.status_code == 422
    assert "bis zu acht Ziffern" in answer.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "lässt sich nicht als Tabelle lesen (PDF)"),
        (b"", "Die Datei ist leer."),
        (b"x;" * (limits.COLUMNS + 5), "Die Datei ist zu groß"),
    ],
)
def test_what_is_no_table_is_refused_on_the_same_page_and_not_kept(leitung, content, sentence):
    answer = upload(leitung, content)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Upload.objects.exists()


def test_a_file_too_large_is_not_even_read(leitung):
    assert "zu groß" in upload(leitung, b"A;B\n" * (limits.BYTES // 4 + 1)).text


def test_no_file_at_all_is_said(leitung):
    answer = leitung.post(reverse("import_upload", args=["inventar"]))

    assert answer.status_code == 422
    assert leitung.post(reverse("import_upload", args=["unsinn"])).status_code == 404


def test_the_report_is_a_workbook(leitung):
    address = upload(leitung, INVENTORY).url + "bericht.xlsx"

    rows = list(load_workbook(BytesIO(leitung.get(address).content))["Bericht"].values)

    assert rows[1] == ("nicht übernommen", 3, "Preis", "teuer", "ist kein Betrag")
    assert rows[2][:3] == ("neu", 2, "A-1 · Stativ")


def test_two_thousand_bad_rows_are_shown_page_by_page(leitung):
    address = upload(
        leitung, xlsx(("Inventarnr.", "Bezeichnung", "Preis"), *((n, "Ding", "x") for n in range(2000)))
    ).url

    first, last = leitung.get(address), leitung.get(address, {"page": "40"})

    assert first.text.count("ist kein Betrag") == last.text.count("ist kein Betrag") == 50
    assert len(first.content) < 100_000
    assert ">2001<" in last.text


def test_formulas_are_text_on_the_page_and_never_markup(leitung):
    looked = leitung.get(upload(leitung, "Inventarnr.;Bezeichnung\nA-1;=1+1\nA-2;<script>x</script>\n").url)

    assert "wird nicht berechnet und bleibt Text" in looked.text
    assert "<script>x" not in looked.text


def test_a_file_can_be_discarded(leitung):
    upload(leitung, INVENTORY)

    assert "verworfen" in press(leitung, "import_discard").text
    assert not Upload.objects.exists()


def test_an_open_file_waits_on_the_first_page(leitung):
    upload(leitung, INVENTORY, name="Geräte 2026.csv")

    assert "Geräte 2026.csv" in leitung.get(reverse("imports")).text


def test_a_file_with_nothing_new_offers_nothing_to_take_over(leitung):
    upload(leitung, INVENTORY.replace("A-2;Stativ;teuer\n", ""))
    press(leitung, "import_take_over")
    Upload.objects.all().delete()

    looked = leitung.get(upload(leitung, INVENTORY.replace("A-2;Stativ;teuer\n", "")).url)

    assert "es gibt nichts zu übernehmen" in looked.text
    assert "Übernehmen</button>" not in looked.text


def test_nobody_else_sees_or_takes_over_my_file(client, leitung, center, desk, foreign_desk):
    address = upload(leitung, INVENTORY).url
    colleague = member("zweite@mz.example", "Zweite Leitung", Role.MANAGER, center)

    for other in (colleague, desk, foreign_desk):
        client.force_login(other)
        for path in ("", "bericht.xlsx"):
            assert client.get(address + path).status_code == 404
        for path in ("uebernehmen/", "verwerfen/", "spalten/"):
            assert client.post(address + path).status_code == 404
    assert not Item.objects.exists()


def test_only_managers_may_upload(client, desk, anna, auditor):
    for other in (desk, anna, auditor):
        client.force_login(other)
        assert client.get(reverse("imports")).status_code == 403
        assert upload(client, INVENTORY).status_code == 403
    client.logout()
    assert client.get(reverse("imports")).status_code == 302


def test_a_manager_who_is_none_any_more_loses_the_file(leitung, manager):
    address = upload(leitung, INVENTORY).url
    manager.memberships.update(ended_at=timezone.now())

    assert leitung.get(address).status_code == 404


def test_looking_costs_few_queries(leitung, django_assert_max_num_queries):
    lines = "".join(f"A-{n};Ding {n};5\n" for n in range(300))
    address = upload(leitung, "Inventarnr.;Bezeichnung;Preis\n" + lines).url

    with django_assert_max_num_queries(20):
        leitung.get(address)


def test_every_kind_of_table_that_may_be_kept_has_a_page(leitung):
    assert [*KINDS, UploadKind.USAGE] == list(UploadKind.values), "figures of use have pages of their own"
    assert leitung.post(reverse("import_upload", args=["rechnungen"])).status_code == 404


def test_a_table_of_an_unknown_kind_cannot_be_kept(center, manager):
    with pytest.raises(IntegrityError, match="upload_is_of_a_known_kind"):
        Upload.objects.create(center=center, user=manager, kind="rechnungen", name="r.csv", content=b"a;b")
