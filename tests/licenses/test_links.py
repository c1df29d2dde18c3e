"""Links to files of the centre's own store end with their hours, with the licence, and with the centre's wish."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.signing import Signer

from licenses import links, own_files
from licenses.decisions import decide, decide_for_pupils
from licenses.errors import LinkIsOver, LinkIsWrong, NotLicensed, OwnFilesAreOff
from licenses.models import Entitlement, Medium, UseEvent, UseKind
from licenses.rights import Action
from licenses.seats import keeping
from licenses.seats.keeping import Need
from licenses.using import use
from people.models import JournalEntry

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
BOTH = [Action.STREAM, Action.DOWNLOAD]


@pytest.fixture
def giving(center, town, manager):
    return own_files.give_out(center, by=manager)


@pytest.fixture
def own_film(giving, film) -> Medium:
    """A film that lies with us and nowhere else."""
    film.file, film.link, film.center = "media/medium.mp4", "", giving
    film.save()
    return film


def link(medium, user, institution, action=Action.STREAM, at=NOW) -> str:
    institution.refresh_from_db()
    return links.token_for(decide(user, institution, medium, action, at=at))


def test_what_is_allowed_leads_to_the_file(own_film, entitled, anna, north):
    entitled(permitted=BOTH)

    opened = links.opened(link(own_film, anna, north), now=NOW)

    assert (opened.medium, opened.institution, opened.action) == (own_film, north, Action.STREAM)
    assert opened.is_played
    assert not links.opened(link(own_film, anna, north, Action.DOWNLOAD), now=NOW).is_played


@pytest.mark.parametrize("action", [Action.SHOW, Action.INTRANET, Action.PUPIL_STREAM])
def test_other_actions_lead_nowhere(own_film, entitled, anna, north, action):
    entitled(permitted=list(Action))

    assert link(own_film, anna, north, action) == ""


def test_the_provider_goes_before_a_file_of_ours(own_film, entitled, anna, north):
    entitled(permitted=BOTH)
    assert link(own_film, anna, north)
    Medium.objects.update(link="https://filme.example/wasser")

    own_film.refresh_from_db()

    assert link(own_film, anna, north) == ""


def test_what_no_browser_plays_is_only_saved(own_film, entitled, anna, north):
    entitled(permitted=BOTH)
    own_film.file = "media/medium.zip"

    assert link(own_film, anna, north) == ""
    assert link(own_film, anna, north, Action.DOWNLOAD)


def test_without_the_licence_there_is_no_link(own_film, anna, north):
    assert link(own_film, anna, north) == ""


def test_it_ends_after_its_hours(own_film, entitled, anna, north):
    entitled(permitted=BOTH)
    played, saved = link(own_film, anna, north), link(own_film, anna, north, Action.DOWNLOAD)

    assert links.opened(played, now=NOW + timedelta(hours=4, seconds=-1))
    with pytest.raises(LinkIsOver):
        links.opened(played, now=NOW + timedelta(hours=4))
    with pytest.raises(LinkIsOver):
        links.opened(saved, now=NOW + timedelta(hours=1))


def test_a_leased_slot_ends_its_link(own_film, entitled, anna, north):
    """Otherwise the next one watches, too, and more than were bought."""
    entitled(permitted=BOTH, capacity_kind="concurrent", capacity=1, lease_minutes=30)
    token = link(own_film, anna, north)

    assert links.opened(token, now=NOW + timedelta(minutes=29))
    with pytest.raises(LinkIsOver):
        links.opened(token, now=NOW + timedelta(minutes=30))


@pytest.mark.parametrize("kind", ["named", "schools"])
def test_a_slot_that_was_kept_for_the_school_ends_its_link(own_film, entitled, anna, north, kind):
    entitled(permitted=BOTH, capacity_kind=kind, capacity=1)
    at = [NOW - timedelta(hours=1), NOW + timedelta(minutes=45)]
    keeping.keep([Need(1, own_film, north, 1, *at)], now=at[0])
    token = link(own_film, anna, north)

    assert links.opened(token, now=NOW + timedelta(minutes=44))
    with pytest.raises(LinkIsOver):
        links.opened(token, now=NOW + timedelta(minutes=45))


@pytest.mark.parametrize("kind", ["named", "concurrent"])
def test_pupils_do_not_crowd_into_a_slot_that_was_kept_for_the_school(own_film, entitled, anna, north, kind):
    """A teacher uses it; of pupils nobody knows how many they are at a time."""
    entitled(permitted=[*BOTH, Action.PUPIL_STREAM], capacity_kind=kind, capacity=1)
    keeping.keep([Need(1, own_film, north, 1, NOW, NOW + timedelta(days=1))], now=NOW)

    assert decide(anna, north, own_film, Action.STREAM, at=NOW).is_allowed
    assert not decide_for_pupils(north, [own_film], at=NOW)[own_film.pk][Action.PUPIL_STREAM].is_allowed


def test_whoever_has_the_last_slot_is_not_shut_out_by_themselves(own_film, entitled, anna, north):
    entitled(permitted=BOTH, capacity_kind="concurrent", capacity=1)
    north.refresh_from_db()

    token = links.token_for(use(own_film, institution=north, action=Action.STREAM, user=anna, now=NOW))

    assert links.opened(token, now=NOW)


def test_nobody_changes_what_it_is_for(own_film, entitled, anna, north):
    entitled(permitted=BOTH)
    told, _, seal = link(own_film, anna, north).partition(":")
    other = Medium.objects.create(center=own_film.center, provider=own_film.provider, title="Anderer", kind="dvd")
    of_other = links._SIGNER.sign_object([other.pk, north.pk, "stream", int(NOW.timestamp()) + 60, None, 1]).partition(
        ":"
    )[0]
    foreign = Signer(salt="something.else").sign_object([own_film.pk, north.pk, "stream", 99999999999, None])

    for token in (f"{told}x:{seal}", f"{told}:{seal[:-1]}", f"{of_other}:{seal}", "", "x", "x:y:z", foreign):
        with pytest.raises(LinkIsWrong):
            links.opened(token, now=NOW)


def test_it_ends_with_the_licence(own_film, entitled, anna, north, period):
    entitled(permitted=BOTH)
    token = link(own_film, anna, north)
    assert links.opened(token, now=NOW)

    period.ends_on = date(2026, 11, 22)
    period.save()

    with pytest.raises(NotLicensed) as refusal:
        links.opened(token, now=NOW)
    assert "am 22.11.2026 abgelaufen" in str(refusal.value)


def test_it_ends_when_the_action_is_no_longer_permitted(own_film, entitled, anna, north):
    entitlement = entitled(permitted=BOTH)
    token = link(own_film, anna, north, Action.DOWNLOAD)
    entitlement.permitted = [Action.STREAM]
    entitlement.save()

    with pytest.raises(NotLicensed):
        links.opened(token, now=NOW)


def test_it_ends_when_the_school_or_the_medium_is_gone(own_film, entitled, anna, north):
    entitled(permitted=BOTH)
    token = link(own_film, anna, north)
    north.closed_on = date(2026, 11, 1)
    north.save()

    with pytest.raises(LinkIsOver):
        links.opened(token, now=NOW)


def test_a_centre_gives_nothing_out_until_it_says_so(own_film, entitled, anna, north, center, manager):
    entitled(permitted=BOTH)
    token = link(own_film, anna, north)
    own_files.keep_back(center, by=manager)

    assert link(own_film, anna, north) == ""
    with pytest.raises(OwnFilesAreOff):
        links.opened(token, now=NOW)


def test_switching_is_journalled_once(center, manager):
    assert center.files_given_out_at is None, "off by default"
    own_files.give_out(center, by=manager)
    own_files.give_out(center, by=manager)
    own_files.keep_back(center, by=manager)
    own_files.keep_back(center, by=manager)

    told = JournalEntry.objects.filter(verb__startswith="own_files").order_by("pk").values_list("verb", "by")
    assert list(told) == [("own_files.given_out", manager.pk), ("own_files.kept_back", manager.pk)]


def test_what_a_link_is_refused_is_counted_once_for_each_time_it_is_opened(own_film, entitled, anna, north, period):
    entitled(permitted=BOTH)
    north.refresh_from_db()
    token = links.token_for(use(own_film, institution=north, action=Action.STREAM, user=anna, now=NOW))
    links.opened(token, now=NOW)
    assert [event.kind for event in UseEvent.objects.all()] == [UseKind.REQUEST], "giving it was the use"
    period.ends_on = date(2026, 11, 22)
    period.save()

    for begins in (True, False):
        with pytest.raises(NotLicensed):
            links.opened(token, begins=begins, now=NOW)

    assert UseEvent.objects.filter(kind=UseKind.NO_LICENSE, medium=own_film, institution=north).count() == 1


def test_the_link_names_nobody(own_film, entitled, anna, north):
    entitled(permitted=BOTH)

    told = links._SIGNER.unsign_object(link(own_film, anna, north))

    ends = int((NOW + timedelta(hours=4)).timestamp())
    assert told == [own_film.pk, north.pk, "stream", ends, None, Entitlement.objects.get().pk]


@pytest.mark.parametrize("kind", ["named", "schools", "concurrent"])
def test_it_does_not_live_on_by_slots_that_nobody_gave(own_film, entitled, anna, north, kind):
    """What it was given for is over; another licence has slots, and whoever has the link has none of them."""
    slots = entitled(permitted=BOTH, capacity_kind=kind, capacity=1, lease_minutes=30)
    given = entitled(permitted=BOTH)
    token = link(own_film, anna, north)
    assert links.opened(token, now=NOW).entitlement == given.pk

    given.delete()

    assert not decide(anna, north, own_film, Action.STREAM, at=NOW).is_allowed or kind == "concurrent"
    with pytest.raises(NotLicensed):
        links.opened(token, now=NOW)
    slots.capacity_kind, slots.capacity = "unlimited", None
    slots.save()
    assert links.opened(token, now=NOW), "as long as anything lets everybody in"
