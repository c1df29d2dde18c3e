"""A teacher makes a code; a pupil scans it at home and watches the film. In two real browsers, with the real policy."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

import office.demo
from licenses import media_lists, own_files
from licenses.models import Medium
from licenses.rights import Action
from tests.browser import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILM = Path(office.demo.__file__).with_name("wasserkreislauf.webm")
PLAYED = """async video => {
  video.muted = true
  await video.play()
  return new Promise(tell => setTimeout(() => tell(video.currentTime), 1500))
}"""
JUMPED = """video => new Promise(tell => {
  video.onseeked = () => tell(Math.floor(video.currentTime))
  video.currentTime = 5
})"""


@pytest.fixture
def water(center, town, manager, film, north, anna, entitled, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    own_files.give_out(center, by=manager)
    Medium.objects.update(link="")
    film.refresh_from_db()
    film.file.save("medium.webm", ContentFile(FILM.read_bytes()))
    entitled(permitted=[Action.STREAM, Action.PUPIL_STREAM])
    return media_lists.put_on(media_lists.begin(north, title="Wasser", by=anna), film, by=anna)


def test_a_pupil_watches_what_the_teacher_chose(live_server, water):
    with chromium() as browser:
        teacher = browser.new_page(base_url=live_server.url, locale="de-DE")
        teacher.goto(f"/konto/login/?next={reverse('media_list', args=[water.pk])}")
        teacher.get_by_label("E-Mail").fill("anna@nord.example")
        teacher.get_by_label("Passwort", exact=True).fill("geheim-genug")
        teacher.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
        teacher.get_by_role("button", name="Code erstellen").click()
        teacher.get_by_role("img", name="QR-Code zu dieser Liste").wait_for()
        code = re.search(r"([A-Z2-9]{4}-){2}[A-Z2-9]{4}", teacher.content())
        assert code is not None

        pupil = browser.new_context(base_url=live_server.url, locale="de-DE").new_page()
        said: list[str] = []
        pupil.on("console", lambda message: said.append(message.text))
        pupil.goto(f"/schueler/#{code.group().replace('-', '')}")
        pupil.get_by_role("button", name="Öffnen").click()
        pupil.get_by_role("button", name=re.compile("Ansehen")).click()
        player = pupil.locator("video")

        assert player.evaluate(PLAYED) > 0
        player.evaluate("video => video.pause()")
        assert player.evaluate(JUMPED) == 5
        assert said == [], "the content security policy has nothing to say"
