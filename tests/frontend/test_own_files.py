"""Files of the centre's own store: played in parts, saved as a whole, and given to nobody else."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from frontend import serving
from licenses import links, own_files
from licenses.decisions import decide
from licenses.errors import OfAnotherCenter
from licenses.models import Medium, Period, Scope, UseEvent
from licenses.rights import Action
from licenses.using import use
from people.models import Membership

pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * 40
SIZE = len(FILM)


@pytest.fixture
def own_film(center, town, manager, film, settings, tmp_path) -> Medium:
    settings.MEDIA_ROOT = tmp_path
    own_files.give_out(center, by=manager)
    film.link = ""
    film.file.save("medium.mp4", ContentFile(FILM))
    return film


@pytest.fixture
def token(client, own_film, entitled, anna, north) -> str:
    """What anna gets who presses "Jetzt ansehen"; afterwards nobody is signed in."""
    entitled(permitted=[Action.STREAM, Action.DOWNLOAD])
    address = asked(client, anna, own_film, north)["Location"]
    client.logout()
    return address.split("/")[2]


def asked(client, who, medium, institution, action="stream"):
    client.force_login(who)
    return client.post(reverse("medium_use", args=[medium.pk]), {"institution": institution.pk, "action": action})


def fetch(client, token, **headers):
    return client.get(reverse("file_link", args=[token]), headers=headers)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_page_of_the_medium_offers_what_is_allowed(client, own_film, entitled, anna):
    entitled(permitted=[Action.STREAM])
    client.force_login(anna)

    page = client.get(reverse("medium", args=[own_film.pk])).text

    assert "Jetzt ansehen" in page
    assert 'value="download"' not in page


def test_the_page_offers_nothing_that_pupils_do_with_their_code(client, own_film, entitled, anna):
    """Its button would only be refused: see test_a_teacher_does_not_do_what_pupils_do."""
    entitled(permitted=[Action.STREAM, Action.PUPIL_STREAM, Action.PUPIL_DOWNLOAD])
    client.force_login(anna)

    page = client.get(reverse("medium", args=[own_film.pk])).text

    assert 'value="stream"' in page
    assert "Schüler sehen zu Hause online: <strong>ja" in page
    assert 'value="pupil_' not in page


def test_the_page_offers_nothing_while_the_centre_gives_nothing_out(client, own_film, entitled, anna, center, manager):
    entitled(permitted=[Action.STREAM])
    own_files.keep_back(center, by=manager)
    client.force_login(anna)

    assert "Jetzt ansehen" not in client.get(reverse("medium", args=[own_film.pk])).text


def test_a_film_is_played_without_an_account(client, token, own_film):
    page = client.get(reverse("medium_play", args=[token]))

    assert reverse("file_link", args=[token]) in page.text
    assert "<video" in page.text
    assert "media-src 'self'" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]


def test_it_is_sent_whole_to_be_shown(client, token):
    answer = fetch(client, token)

    assert (answer.status_code, body(answer)) == (200, FILM)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert (answer["Accept-Ranges"], answer["Content-Length"]) == ("bytes", str(SIZE))


def test_a_download_is_saved(client, own_film, entitled, anna, north):
    entitled(permitted=[Action.DOWNLOAD])

    answer = client.get(asked(client, anna, own_film, north, "download")["Location"])

    assert answer["Content-Disposition"] == f'attachment; filename="medium-{own_film.pk}.mp4"'
    assert body(answer) == FILM


@pytest.mark.parametrize(
    ("asked_for", "first", "last"),
    [("bytes=0-", 0, SIZE - 1), ("bytes=100-199", 100, 199), ("bytes=-50", SIZE - 50, SIZE - 1),
     (f"bytes=100-{SIZE * 9}", 100, SIZE - 1), (f"bytes=-{SIZE * 9}", 0, SIZE - 1), ("Bytes=1-2", 1, 2),
     (f"bytes=-{'9' * 5000}", 0, SIZE - 1), (f"bytes={'0' * 5000}1-{'9' * 5000}", 1, SIZE - 1)],
)  # fmt: skip
def test_a_player_jumps(client, token, asked_for, first, last):
    answer = fetch(client, token, Range=asked_for)

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert body(answer) == FILM[first : last + 1]


@pytest.mark.parametrize("asked_for", [f"bytes={SIZE}-", "bytes=-0", f"bytes={'9' * 5000}-"])
def test_beyond_the_end_there_is_nothing(client, token, asked_for):
    answer = fetch(client, token, Range=asked_for)

    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize("asked_for", ["bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=x-", "bytes=²-"])
def test_what_nobody_understands_is_answered_whole(client, token, asked_for):
    answer = fetch(client, token, Range=asked_for)

    assert (answer.status_code, body(answer)) == (200, FILM)


def test_a_part_is_asked_for_with_get_only(client, token):
    """RFC 9110, 14.2: for other methods there are no ranges."""
    answer = client.head(reverse("file_link", args=[token]), headers={"Range": "bytes=0-4"})

    answer.close()
    assert (answer.status_code, answer["Content-Length"]) == (200, str(SIZE))


@pytest.mark.parametrize(
    ("headers", "events"),
    [({}, 1), ({"User-Agent": "Googlebot/2.1"}, 0), ({"Sec-Purpose": "prefetch"}, 0)],
)
def test_only_people_are_refused(client, token, headers, events):
    headers = {"User-Agent": "Mozilla/5.0 Firefox/150.0", **headers}
    Period.objects.update(starts_on="2020-01-01", ends_on="2020-12-31")
    UseEvent.objects.all().delete()

    for name in ("medium_play", "file_link"):
        client.head(reverse(name, args=[token]), headers=headers)
    assert UseEvent.objects.count() == 0
    client.get(reverse("medium_play", args=[token]), headers=headers)

    assert UseEvent.objects.count() == events


def test_only_the_first_byte_is_a_use(rf):
    def asks(header):
        return serving.begins(rf.get("/", headers={"Range": header}))

    assert [asks("bytes=0-"), asks("bytes=0-99"), asks("")] == [True] * 3
    assert [asks("bytes=1-"), asks("bytes=100-199")] == [False] * 2
    assert asks("bytes=-500"), "the end of it may be all of it"


def test_a_link_that_was_touched_opens_nothing(client, token):
    for wrong in (token[:-1], f"x{token}", "x"):
        for name in ("file_link", "medium_play"):
            answer = client.get(reverse(name, args=[wrong]))
            assert answer.status_code == 403
            assert "Dieser Link stimmt nicht." in answer.text


def test_a_link_ends_with_the_licence(client, token):
    Period.objects.update(starts_on="2020-01-01", ends_on="2020-12-31")
    answer = fetch(client, token)
    assert answer.status_code == 403
    assert "am 31.12.2020 abgelaufen" in answer.text


def test_a_link_that_is_over_says_so(client, token, own_film, north):
    over = links._SIGNER.sign_object([own_film.pk, north.pk, "stream", 1_600_000_000, None, 1])

    answer = fetch(client, over, Range="bytes=500-")

    assert answer.status_code == 410
    assert "Dieser Link ist abgelaufen." in answer.text
    assert body(fetch(client, token)) == FILM


def test_it_ends_with_the_switch(client, token, center, manager):
    own_files.keep_back(center, by=manager)

    answer = fetch(client, token, Range="bytes=500-")

    assert answer.status_code == 410
    assert "gibt im Moment keine eigenen Dateien heraus" in answer.text


def test_a_file_that_is_gone_is_not_found(client, token, own_film):
    own_film.file.storage.delete(own_film.file.name)

    assert fetch(client, token).status_code == 404


def test_who_may_not_gets_no_link(client, own_film, entitled, bert, south, anna, north):
    answer = asked(client, anna, own_film, north)
    assert answer["Location"] == reverse("medium", args=[own_film.pk])
    entitled(permitted=[Action.STREAM])

    assert asked(client, bert, own_film, north).status_code == 404, "another school"
    for action in ("download", "lend", "nonsense", ""):
        assert asked(client, anna, own_film, north, action)["Location"] == reverse("medium", args=[own_film.pk])


def test_a_teacher_does_not_do_what_pupils_do(client, own_film, entitled, anna, north):
    """It would be counted, and lead nowhere."""
    entitled(permitted=[Action.PUPIL_STREAM])

    answer = asked(client, anna, own_film, north, "pupil_stream")

    assert answer["Location"] == reverse("medium", args=[own_film.pk])
    assert not UseEvent.objects.exists()


def test_who_acts_in_two_centres_uses_a_medium_where_it_is(client, own_film, entitled, anna, foreign_school):
    """A licence without a scope of its own would go over to a school of another centre."""
    everywhere = Scope.objects.create(center=own_film.center, name="Überall")
    entitled(permitted=[Action.STREAM], scopes=(everywhere,))
    own_files.give_out(foreign_school.center, by=anna)
    Membership.objects.create(
        user=anna, center=foreign_school.center, institution=foreign_school, role="teacher", activated_at=timezone.now()
    )

    assert not decide(anna, foreign_school, own_film, Action.STREAM).is_allowed
    assert asked(client, anna, own_film, foreign_school).status_code == 404
    with pytest.raises(OfAnotherCenter):
        use(own_film, institution=foreign_school, action=Action.STREAM, user=anna)


def test_the_management_switches(client, manager, desk, center, own_film):
    client.force_login(manager)
    page = reverse("own_files")

    assert "Eingeschaltet seit" in client.get(page).text
    assert "Auch offene Links enden." in client.post(page, {"give_out": "no"}, follow=True).text
    center.refresh_from_db()
    assert center.files_given_out_at is None
    assert "Der Wasserkreislauf" in client.post(page, {"give_out": "yes"}, follow=True).text
    client.force_login(desk)
    assert client.get(page).status_code == 200
    assert client.post(page, {"give_out": "no"}).status_code == 403
    center.refresh_from_db()
    assert center.files_given_out_at is not None
