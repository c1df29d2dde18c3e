"""A manager takes in what two providers tell: a report of COUNTER, and a table whose columns are named once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from licenses.models import ReportedFigure, ReportedTitle, Source
from people.models import JournalEntry, Upload
from tests.licenses.usage.test_taking_in import report

pytestmark = pytest.mark.django_db
TABLE = "Was;Wann;Wie viel;Schule\nVulkane;Oktober 2026;12;100001\nMoor;Oktober 2026;3;\n"


@pytest.fixture
def page(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def source(page, provider) -> Source:
    page.post(reverse("usage_sources"), {"provider": provider.pk, "name": "Filmportal"})
    return Source.objects.get()


def upload(page, source, content, name="nutzung.json"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return page.post(reverse("usage_source", args=[source.pk]), {"file": file}, follow=True)


def send(page, step, **fields):
    token = Upload.objects.latest("pk").token
    return page.post(reverse(f"usage_file_{step}", args=[token]), fields, follow=True)


def figures() -> list[tuple[str, str, int, str | None]]:
    rows = ReportedFigure.objects.filter(metric="Total_Item_Requests").select_related("title", "institution")
    found = [(f"{it.month:%Y-%m}", it.title.title, it.number, it.institution and it.institution.name) for it in rows]
    return sorted(found, key=str)


def test_two_providers_are_taken_in_and_nothing_twice(page, source, provider, film, north):
    """The story: look, take over, the same again; a table's columns are named for the first file only."""
    text = upload(page, source, report({"2026-09": 7}, Report_Filters={})).content.decode()
    assert "COUNTER-Bericht IR, Version 5.1." in text
    assert not ReportedFigure.objects.exists()
    assert "Die Zahlen sind übernommen." in send(page, "take_over").content.decode()
    assert "Alles steht schon so" in upload(page, source, report({"2026-09": 7}, Report_Filters={})).content.decode()

    page.post(reverse("usage_sources"), {"provider": provider.pk, "name": "Landkreis-Medien"})
    other = Source.objects.get(name="Landkreis-Medien")
    assert "haben noch keine Spalte" in upload(page, other, TABLE, "liste.csv").content.decode()
    looked = send(page, "columns", title="#A", month="#B", count="#C", school="#D").content.decode()
    assert "Oktober 2026" in looked
    send(page, "take_over")
    again = upload(page, other, TABLE.replace("12", "15"), "liste.csv").content.decode()
    assert "haben noch keine Spalte" not in again
    assert "Summe: 15 → 18" in again

    assert figures() == [
        ("2026-09", film.title, 7, None),
        ("2026-10", "Moor", 3, None),
        ("2026-10", "Vulkane", 12, north.name),
    ]
    assert {source.name for source in Source.objects.filter(figures__isnull=False)} == {
        "Filmportal",
        "Landkreis-Medien",
    }
    assert JournalEntry.objects.filter(verb="usage.taken_in").count() == 2


def test_columns_are_found_by_their_names_though_they_moved(page, source, north):
    upload(page, source, TABLE, "liste.csv")
    send(page, "columns", title="#A", month="#B", count="#C", school="#D")
    send(page, "take_over")
    moved = "Wie viel;Neu;Was;Wann;Schule\n9;x;Vulkane;November 2026;100001\n"

    upload(page, source, moved, "liste.csv")
    send(page, "take_over")

    assert ("2026-11", "Vulkane", 9, north.name) in figures()


def test_a_title_is_assigned_once_and_for_all(page, source, film):
    upload(page, source, report({"2026-09": 7}, number="fp:77", item="Regen"))
    send(page, "take_over")
    title = ReportedTitle.objects.get()
    assert "Noch ohne Medium" in page.get(reverse("usage_source", args=[source.pk])).content.decode()

    wrong = page.post(reverse("usage_title", args=[title.pk]), {"number": "4711"}, follow=True)
    assert "gibt es nicht" in wrong.content.decode()
    page.post(reverse("usage_title", args=[title.pk]), {"number": film.number})

    assert ReportedFigure.objects.filter(title__medium=film).exists()
    assert "Noch ohne Medium" not in page.get(reverse("usage_source", args=[source.pk])).content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b'{"Report_Header": {"Report_ID": "IR", "Release": "4"}}',
        b'{"Code": 2010, "Message": "Requestor Not Authorized"}',
    ],
)
def test_what_cannot_be_read_is_refused_with_a_word(page, source, content):
    answer = upload(page, source, content)

    assert answer.status_code in {400, 409, 413, 422}
    assert "refusal" in answer.content.decode() or "kern-error" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_report_that_breaks_off_writes_nothing(page, source):
    whole = report({"2026-09": 7})
    answer = upload(page, source, whole[:-40])

    assert "nicht mehr lesbar" in answer.content.decode()
    assert send(page, "take_over").status_code >= 400
    assert not ReportedFigure.objects.exists()
    assert "verworfen" in send(page, "discard").content.decode()


def test_words_that_no_database_takes_do_no_harm(page, source):
    upload(page, source, report({"2026-09": 7}, item="Eis\ud800 \x00und Schnee" + "!" * 900))

    assert send(page, "take_over").status_code == 200
    assert len(ReportedTitle.objects.get().title) <= 500


def test_the_page_of_other_tables_knows_nothing_of_it(page, source):
    upload(page, source, TABLE, "liste.csv")
    token = Upload.objects.get().token

    assert "liste.csv" not in page.get(reverse("imports")).content.decode()
    assert page.get(reverse("import", args=[token])).status_code == 404


def test_the_desk_sees_which_sources_there_are_and_no_figures(client, page, desk, source, film):
    upload(page, source, report({"2026-09": 7}, Report_Filters={}))
    send(page, "take_over")
    client.force_login(desk)

    text = client.get(reverse("usage_source", args=[source.pk])).text

    assert source.name in text
    assert "Eingelesene Monate" not in text
