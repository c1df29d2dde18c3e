"""Teachers make lists and codes; pupils see with them what the licence permits, without an account."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from licenses import media_lists, own_files, wrong_codes
from licenses.models import MediaList, Medium, PupilCode, WrongCode
from licenses.rights import Action

pytestmark = pytest.mark.django_db
FILM = b"a film" * 100


@pytest.fixture
def own_film(center, town, manager, film, settings, tmp_path) -> Medium:
    settings.MEDIA_ROOT = tmp_path
    own_files.give_out(center, by=manager)
    film.link = ""
    film.file.save("medium.mp4", ContentFile(FILM))
    return film


@pytest.fixture
def water(own_film, north, anna) -> MediaList:
    return media_lists.put_on(media_lists.begin(north, title="Wasser", by=anna), own_film, by=anna)


def make_code(client, who, its) -> str:
    """What stands on the sheet."""
    client.force_login(who)
    page = client.post(reverse("pupil_code_make", args=[its.pk]), follow=True)
    client.logout()
    return re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page.text).group()


def enter(client, code, **more):
    return client.post(reverse("pupils"), {"code": code}, **more)


def test_a_teacher_makes_a_list_and_puts_a_film_on_it(client, own_film, anna, entitled, north):
    entitled(permitted=[Action.STREAM, Action.PUPIL_STREAM])
    client.force_login(anna)
    assert "Medienlisten" in client.get(reverse("media")).text

    address = client.post(reverse("media_lists"), {"title": "Klima, Klasse 7", "institution": north.pk})["Location"]
    made = MediaList.objects.get()
    assert "Auf „Klima, Klasse 7“ setzen" in client.get(reverse("medium", args=[own_film.pk])).text
    client.post(reverse("media_list_put_on", args=[made.pk]), {"medium": own_film.pk})

    page = client.get(address).text
    assert "Der Wasserkreislauf" in page
    assert "Schüler sehen zu Hause online" in page
    assert "setzen" not in client.get(reverse("medium", args=[own_film.pk])).text
    client.post(reverse("media_list_take_off", args=[made.pk]), {"medium": own_film.pk})
    assert "Noch steht nichts auf dieser Liste" in client.get(address).text


def test_the_list_says_what_pupils_will_not_see(client, water, anna, entitled):
    entitled(permitted=[Action.STREAM])
    client.force_login(anna)

    page = client.get(reverse("media_list", args=[water.pk])).text

    assert "Mit dem Code nicht zu sehen." in page
    assert "Schüler sehen zu Hause online: nein." in page


def test_a_code_is_shown_once(client, water, anna):
    client.force_login(anna)
    sheet = client.post(reverse("pupil_code_make", args=[water.pk]), follow=True)

    assert "<svg" in sheet.text
    assert "http://testserver/schueler/" in sheet.text
    assert "no-store" in sheet["Cache-Control"]
    again = client.get(reverse("pupil_code", args=[water.pk]), follow=True)
    assert "Ein Code wird nur einmal gezeigt." in again.text
    assert not re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", again.text)
    assert "pupil_code_to_tell" not in client.session


def test_pupils_see_and_play_what_is_on_the_list(client, water, anna, entitled):
    entitled(permitted=[Action.PUPIL_STREAM])
    code = make_code(client, anna, water)

    page = enter(client, code.lower(), follow=True)

    assert "Der Wasserkreislauf" in page.text
    assert "Ansehen" in page.text
    assert "Herunterladen" not in page.text
    player = client.post(
        reverse("pupil_use", args=[water.titles.get().medium_id]), {"action": "pupil_stream"}, follow=True
    )
    assert "<video" in player.text
    file = client.get(re.search(r'src="(/datei/[^"]+)"', player.text).group(1))
    assert b"".join(file.streaming_content) == FILM


def test_what_is_not_permitted_or_not_on_the_list_is_not_given(client, water, anna, entitled, provider):
    entitled(permitted=[Action.STREAM])
    other = Medium.objects.create(center=water.center, provider=provider, title="Anderer", kind="online_film")
    enter(client, make_code(client, anna, water))
    its = water.titles.get().medium_id

    assert "Das geht gerade nur in der Schule." in client.get(reverse("pupil_list")).text
    use = reverse("pupil_use", args=[its])
    assert client.post(use, {"action": "pupil_stream"})["Location"] == reverse("pupil_list")
    assert client.post(use, {"action": "stream"}).status_code == 404
    assert client.post(reverse("pupil_use", args=[other.pk]), {"action": "pupil_stream"}).status_code == 404


def test_without_a_code_there_is_nothing(client, water):
    assert client.get(reverse("pupil_list"))["Location"] == reverse("pupils")
    its = water.titles.get().medium_id
    assert client.post(reverse("pupil_use", args=[its]), {"action": "pupil_stream"})["Location"] == reverse("pupils")


def test_a_browser_forgets_the_code(client, water, anna, entitled):
    enter(client, make_code(client, anna, water))
    assert client.session.get_expire_at_browser_close()

    client.post(reverse("pupil_leave"))

    assert client.get(reverse("pupil_list")).status_code == 303


def test_a_code_that_was_taken_back_opens_nothing_in_open_browsers(client, water, anna, django_user_model):
    enter(client, make_code(client, anna, water))
    assert client.get(reverse("pupil_list")).status_code == 200
    PupilCode.objects.update(revoked_at="2030-01-01T00:00Z")

    assert client.get(reverse("pupil_list"))["Location"] == reverse("pupils")


def test_a_wrong_code_is_counted_although_it_is_refused(water, monkeypatch):
    """In the one transaction of a form the refusal would take the count back: guessing would be free."""
    client = Client(enforce_csrf_checks=True)
    monkeypatch.setattr(wrong_codes, "MOST_OF_ONE", 2)
    client.get(reverse("pupils"))
    token = client.cookies["leihwerk_csrf"].value

    seen = [
        client.post(reverse("pupils"), {"code": f"FALSCH{number}", "csrfmiddlewaretoken": token}).status_code
        for number in range(3)
    ]

    assert seen == [422, 422, 429]
    assert WrongCode.objects.count() == 2


def test_another_school_keeps_away(client, water, bert, auditor):
    for who, status in ((bert, 404), (auditor, 404)):
        client.force_login(who)
        assert client.get(reverse("media_list", args=[water.pk])).status_code == status
        assert client.post(reverse("pupil_code_make", args=[water.pk])).status_code == status


def test_where_a_centre_gives_nothing_out_nobody_is_led_to_lists(client, water, anna, center, manager):
    own_files.keep_back(center, by=manager)
    client.force_login(anna)

    assert "Medienlisten" not in client.get(reverse("media")).text
    assert "Bildungsmediathek NRW" in client.get(reverse("media_lists")).text
    assert client.post(reverse("pupil_code_make", args=[water.pk])).status_code == 410
