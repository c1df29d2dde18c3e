"""Media on the pages: found beside products, shown, and kept by the management."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from licenses import media, providers
from licenses.models import Medium, Provider, Scope

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "Wölfe", "number": "5500001", "kind": "online_film", "link": "film.example/1", "runtime_minutes": "15",
    "year": "2021", "subjects": "Biologie; Erdkunde", "levels": "Sekundarstufe I", "languages": "Deutsch, eng",
    "subtitles": "", "description": "Ein Rudel.", "age_rating": "6", "is_listed": "on", "new_provider": "Naturfilm",
}  # fmt: skip


@pytest.fixture
def wolves(center, manager) -> Medium:
    publisher = providers.add(center, name="Naturfilm", by=manager)
    return media.add(
        center, by=manager, provider=publisher, title="Wölfe in der Lausitz", kind="online_film",
        subjects=["Biologie"], levels=["Sek I"], languages=["de"], link="https://film.example/1",
    )  # fmt: skip


@pytest.fixture
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo() -> SimpleUploadedFile:
    taken = BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(taken, "JPEG")
    return SimpleUploadedFile("DSC_0815.jpg", taken.getvalue())


def test_the_catalogue_finds_media_beside_products(client, anna, case, wolves):
    client.force_login(anna)

    page = client.get(reverse("catalogue"), {"search": "lausitz"}).text

    assert "Wölfe in der Lausitz" in page
    assert "nichts gefunden" not in page
    assert "Wölfe" not in client.get(reverse("catalogue")).text, "media come when somebody searches"


def test_many_media_are_named_by_their_number(client, anna, manager, wolves):
    for number in range(5):
        media.add(wolves.center, by=manager, provider=wolves.provider, title=f"Wolf {number}", kind="dvd")
    client.force_login(anna)

    assert "Alle 6 Medien zeigen" in client.get(reverse("catalogue"), {"search": "wolf"}).text


def test_media_are_narrowed_by_subject_and_level(client, anna, wolves):
    client.force_login(anna)
    address = reverse("media")

    assert "Lausitz" in client.get(address, {"subject": "Biologie", "level": "Sek I"}).text
    assert "kein Medium gefunden" in client.get(address, {"search": "gibtesnicht"}).text
    part = client.get(address, {"search": "lausitz"}, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "1 Medium" in part


def test_a_medium_has_a_page(client, anna, wolves, entitled):
    entitled(medium=wolves)
    client.force_login(anna)

    page = client.get(reverse("medium", args=[wolves.pk])).text

    assert "Naturfilm" in page
    assert "Deutsch" in page
    assert f'href="{reverse("medium_open", args=[wolves.pk])}"' in page
    assert "Für Grundschule Nord" in page
    assert "Zeigen im Unterricht: <strong>ja</strong>" in page
    assert "Herunterladen: nein" in page
    assert "Die Lizenz gilt bis 31.7.2028." in page
    assert "Bearbeiten" not in page


def test_without_a_licence_it_says_why_not_and_leads_nowhere(client, anna, wolves, desk, entitled, center):
    elsewhere = Scope.objects.create(center=center, name="Nachbarkreis", territory=["05334"])
    entitled(medium=wolves, scopes=(elsewhere,))
    client.force_login(anna)

    page = client.get(reverse("medium", args=[wolves.pk])).text

    assert "Die Lizenz gilt nur für: Nachbarkreis." in page
    assert f'Rufen Sie uns an: <a class="nowrap" href="tel:{center.phone.replace(" ", "")}">' in page
    assert reverse("medium_open", args=[wolves.pk]) not in page
    client.force_login(desk)
    page = client.get(reverse("medium", args=[wolves.pk])).text
    assert reverse("medium_open", args=[wolves.pk]) in page, "the desk looks at everything"
    assert "2023-07 Kreis-Online Lehrfilm" in page


def test_the_management_adds_a_medium(client, manager):
    client.force_login(manager)

    answer = client.post(reverse("medium_create"), FACTS)

    made = Medium.objects.get()
    assert answer["Location"] == reverse("medium", args=[made.pk])
    assert (made.title, made.number, str(made.provider)) == ("Wölfe", "5500001", "Naturfilm")
    assert (made.link, made.subjects, made.levels) == ("https://film.example/1", ["Biologie", "Erdkunde"], ["Sek I"])
    assert made.languages == ["de", "en"]


def test_saving_without_a_change_changes_nothing(client, manager, wolves):
    Medium.objects.filter(pk=wolves.pk).update(subjects=["Politik, Wirtschaft"], languages=["de", "Platt"])
    client.force_login(manager)
    address = reverse("medium_edit", args=[wolves.pk])
    form = client.get(address).context["form"]

    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}
    shown = {name: form.fields[name].prepare_value(value) for name, value in sent.items()}
    client.post(address, shown | {"provider": wolves.provider_id})

    wolves.refresh_from_db()
    assert (wolves.subjects, wolves.languages) == (["Politik, Wirtschaft"], ["de", "Platt"])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "kern-error"), ("new_provider", "", "wählen Sie einen Anbieter"), ("year", "1500", "1850"),
        ("link", "im Schrank", "Internetadresse"), ("subjects", "x" * 80, "länger als 60 Zeichen"),
        ("kind", "film", "film"),
    ],
)  # fmt: skip
def test_mistakes_are_said_beside_their_fields(client, manager, field, value, said):
    client.force_login(manager)

    answer = client.post(reverse("medium_create"), FACTS | {field: value})

    assert answer.status_code == 422
    assert said in answer.text
    assert not Medium.objects.exists()


def test_a_number_that_is_taken_is_refused_and_nothing_is_kept(client, manager, wolves):
    media.edit(wolves, by=manager, number="5500001")
    client.force_login(manager)

    answer = client.post(reverse("medium_create"), FACTS | {"new_provider": "Neuer Verlag"})

    assert answer.status_code == 409
    assert "5500001 gibt es schon" in answer.text
    assert not Provider.objects.filter(name="Neuer Verlag").exists()


def test_a_cover_is_kept_small_and_without_its_name(client, manager, anna, wolves, store):
    client.force_login(manager)
    client.post(reverse("medium_edit", args=[wolves.pk]), FACTS | {"new_provider": "B", "new_cover": photo()})
    client.force_login(anna)

    small = client.get(reverse("medium_cover", args=[wolves.pk]) + "?small")

    assert small["Content-Type"] == "image/webp"
    assert f"{reverse('medium_cover', args=[wolves.pk])}?small" in client.get(reverse("media")).text
    assert [path.name for path in (store / "covers").iterdir()] == ["picture.webp"]


def test_a_file_is_saved_by_those_who_keep_it_and_never_opened_as_a_page(client, manager, anna, wolves, store):
    client.force_login(manager)
    upload = SimpleUploadedFile("Frau Meier.pdf", b"%PDF-1.7 Arbeitsblatt")
    client.post(reverse("medium_edit", args=[wolves.pk]), FACTS | {"new_provider": "B", "new_file": upload})

    answer = client.get(reverse("medium_file", args=[wolves.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="medium-{wolves.pk}.pdf"'
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 Arbeitsblatt"
    client.force_login(anna)
    assert client.get(reverse("medium_file", args=[wolves.pk])).status_code == 403


def test_a_file_of_an_unknown_kind_is_refused(client, manager, wolves, store):
    client.force_login(manager)
    page = SimpleUploadedFile("film.mp4", b"<html><script>alert(1)</script>")

    answer = client.post(reverse("medium_edit", args=[wolves.pk]), FACTS | {"new_provider": "B", "new_file": page})

    assert answer.status_code == 400
    assert "Diese Datei nehmen wir nicht an" in answer.text
    assert not Medium.objects.get().file


def test_the_discs_of_a_medium_are_named_and_belong_to_one(client, manager, wolves, case, foreign_case):
    client.force_login(manager)
    address = reverse("medium_edit", args=[wolves.pk])
    told = FACTS | {"new_provider": "B"}
    assert "gibt es nicht" in client.post(address, told | {"discs": foreign_case.name}).text
    client.post(address, told | {"discs": "bee-bot"})
    wolves.refresh_from_db()
    assert wolves.product == case
    assert f'value="{case.name}"' in client.get(address).text

    other = client.post(reverse("medium_create"), FACTS | {"new_provider": "C", "number": "9", "discs": case.name})

    assert other.status_code == 409
    assert "gehört schon zum Medium" in other.text
    client.post(address, FACTS | {"new_provider": "D", "discs": ""})
    wolves.refresh_from_db()
    assert wolves.product is None
