"""Codes of pupils: told once, kept as a digest, good for one list up to the end of the school year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django.forms.models import model_to_dict

from leihwerk.tokens import ALPHABET
from licenses import links, media_lists, own_files, pupil_codes, wrong_codes
from licenses.decisions import decide_for_pupils
from licenses.errors import (
    LinkIsOver,
    ListIsFull,
    ListIsGone,
    NotLicensed,
    OfAnotherCenter,
    OwnFilesAreOff,
    TooManyWrongCodes,
    UnknownCode,
)
from licenses.models import MediaList, Medium, Provider, PupilCode, UseEvent, WrongCode
from licenses.rights import Action
from licenses.using import use_by_pupils
from people.models import JournalEntry
from tests.races import outcomes, together

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
HERE, THERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def listed(center, town, north, anna, manager, film) -> MediaList:
    """A list of the north school with a film of our own on it; the centre gives files out."""
    Medium.objects.update(file="media/medium.mp4", link="")
    own_files.give_out(center, by=manager)
    north.refresh_from_db()
    film.refresh_from_db()
    return media_lists.put_on(media_lists.begin(north, title="Wasser, Klasse 4", by=anna), film, by=anna)


@pytest.fixture
def code(listed, anna) -> str:
    return pupil_codes.make(listed, by=anna, now=NOW)


def enter(typed, address=HERE, now=NOW) -> PupilCode:
    return pupil_codes.found(typed, address=address, now=now)


def test_a_code_opens_its_list_however_it_is_typed(code, listed):
    assert len(code) == 12
    assert set(code) <= set(ALPHABET)
    for typed in (code, pupil_codes.spoken(code), f" {code.lower()} ", " ".join(code)):
        assert enter(typed).media_list == listed


def test_only_a_digest_is_kept(code, anna, settings):
    row = PupilCode.objects.get()
    told = "|".join(str(value) for value in model_to_dict(row).values())
    journal = str(list(JournalEntry.objects.values_list("facts", flat=True)))

    assert code not in told + journal
    settings.SECRET_KEY = "another installation"
    with pytest.raises(UnknownCode):
        enter(code)


def test_a_changed_key_is_known_by_its_fallback(code, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"

    assert enter(code)


def test_it_says_nothing_of_persons(code, anna):
    columns = {field.name for field in PupilCode._meta.get_fields()}

    assert columns == {"id", "center", "institution", "media_list", "digest", "made_at", "ends_on", "revoked_at"}


@pytest.mark.parametrize(
    ("day", "ends_on"),
    [("2026-11-23", "2027-07-31"), ("2027-07-31", "2027-07-31"), ("2027-08-01", "2028-07-31")],
)
def test_it_ends_with_the_school_year(day, ends_on):
    assert pupil_codes.end_of_school_year(date.fromisoformat(day)) == date.fromisoformat(ends_on)


def test_on_the_last_day_it_opens_and_then_no_more(code):
    last_minute = datetime(2027, 7, 31, 21, 59, tzinfo=UTC)
    pk = PupilCode.objects.get().pk

    assert enter(code, now=last_minute)
    assert pupil_codes.in_force(pk, now=last_minute)
    with pytest.raises(UnknownCode):
        enter(code, now=last_minute + timedelta(minutes=1))
    assert pupil_codes.in_force(pk, now=last_minute + timedelta(minutes=1)) is None


def test_a_new_code_replaces_the_one_before(code, listed, anna):
    other = pupil_codes.make(listed, by=anna, now=NOW)

    assert enter(other)
    with pytest.raises(UnknownCode):
        enter(code)


def test_a_revoked_code_opens_nothing(code, listed, anna):
    pk = PupilCode.objects.get().pk
    pupil_codes.revoke(listed, by=anna)
    pupil_codes.revoke(listed, by=anna)

    with pytest.raises(UnknownCode):
        enter(code)
    assert pupil_codes.in_force(pk, now=NOW) is None
    assert JournalEntry.objects.filter(verb="pupil_code.revoked").count() == 1


def test_a_centre_that_gives_nothing_out_has_no_codes(code, listed, anna, center, manager):
    own_files.keep_back(center, by=manager)

    with pytest.raises(OwnFilesAreOff):
        enter(code)
    with pytest.raises(OwnFilesAreOff):
        pupil_codes.make(listed, by=anna)
    assert pupil_codes.in_force(PupilCode.objects.get().pk, now=NOW) is None


def test_whoever_guesses_is_stopped_and_others_are_not(code, monkeypatch):
    monkeypatch.setattr(wrong_codes, "MOST_OF_ONE", 3)
    for _ in range(3):
        with pytest.raises(UnknownCode):
            enter("ABCDEFGHJKLM")

    with pytest.raises(TooManyWrongCodes):
        enter(code)
    assert enter(code, address=THERE)
    assert enter(code, now=NOW + timedelta(hours=1)), "after an hour one may again"


def test_from_all_addresses_together_not_more_than_so_many(code, monkeypatch):
    monkeypatch.setattr(wrong_codes, "MOST_IN_ALL", 5)
    for number in range(5):
        with pytest.raises(UnknownCode):
            enter("falsch", address=f"192.0.2.{number}")

    with pytest.raises(TooManyWrongCodes):
        enter(code, address=THERE)


@pytest.mark.parametrize(
    ("others", "refusal"),
    [("2001:db8:1:2::{n}", TooManyWrongCodes), ("::ffff:192.0.2.1", TooManyWrongCodes),
     ("2001:db8:1:{n}::1", UnknownCode), ("192.0.2.{n}", UnknownCode), ("nowhere {n}", UnknownCode)],
)  # fmt: skip
def test_who_has_a_network_of_addresses_is_one_sender(code, monkeypatch, others, refusal):
    """IPv6 gives 18 trillions of them to a flat."""
    monkeypatch.setattr(wrong_codes, "MOST_OF_ONE", 3)
    first = HERE if "ffff" in others else others.format(n=1)
    for n in range(3):
        with pytest.raises(UnknownCode):
            enter("falsch", address=first if "ffff" in others else others.format(n=n + 1))

    with pytest.raises(refusal):
        enter("falsch", address=others.format(n=9))


def test_wrong_codes_are_forgotten_and_name_no_address(code):
    with pytest.raises(UnknownCode):
        enter("falsch")
    with pytest.raises(UnknownCode):
        enter("falsch", now=NOW + timedelta(hours=2))

    (row,) = WrongCode.objects.all()
    assert HERE not in row.sender


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("takes_turns", [True, False])
def test_thirty_two_guesses_at_once_are_no_more_than_one_may(code, monkeypatch, takes_turns):
    """Without turns everybody looks at the number before the others have written theirs."""
    monkeypatch.setattr(wrong_codes, "MOST_OF_ONE", 4)
    if not takes_turns:
        monkeypatch.setattr(wrong_codes, "in_turn", lambda: None)

    seen = outcomes(together(*[lambda: enter("ABCDEFGHJKLM")] * 32))

    assert sum(seen.values()) == 32
    assert seen.keys() <= {"UnknownCode", "TooManyWrongCodes"}
    assert (seen["UnknownCode"] == 4) is takes_turns


def test_what_is_on_the_list_is_asked_as_a_pupil(listed, entitled, north, film):
    entitled(permitted=[Action.STREAM, Action.PUPIL_DOWNLOAD])
    answers = decide_for_pupils(north, [film], at=NOW)[film.pk]

    assert answers[Action.PUPIL_DOWNLOAD].is_allowed
    assert answers[Action.PUPIL_STREAM].reason == "ACTION_NOT_LICENSED"


def test_pupils_take_no_slots(listed, entitled, north, film):
    entitled(permitted=[Action.PUPIL_STREAM], capacity_kind="concurrent", capacity=5)

    assert decide_for_pupils(north, [film], at=NOW)[film.pk][Action.PUPIL_STREAM].reason == "LIST_REQUIRED"


def used(code, film, now=NOW, action=Action.PUPIL_STREAM):
    found = pupil_codes.in_force(enter(code).pk, now=now)
    return links.token_for(use_by_pupils(film, code=found, action=action, session="a browser", now=now), found)


def test_a_use_leads_to_the_film_and_is_counted(code, entitled, film, north):
    entitled(permitted=[Action.PUPIL_STREAM])

    assert links.opened(used(code, film), now=NOW).is_played

    event = UseEvent.objects.get()
    assert (event.institution, event.medium, event.kind, event.is_by_pupil) == (north, film, "request", True)


def test_a_link_ends_with_the_code_and_with_the_list(code, entitled, film, listed, anna):
    entitled(permitted=[Action.PUPIL_STREAM])
    token = used(code, film)
    media_lists.take_off(listed, film, by=anna)
    with pytest.raises(NotLicensed):
        links.opened(token, now=NOW)
    media_lists.put_on(listed, film, by=anna)
    assert links.opened(token, now=NOW)

    pupil_codes.revoke(listed, by=anna)

    with pytest.raises(LinkIsOver):
        links.opened(token, now=NOW)


def test_without_a_code_nobody_gets_the_link_of_pupils(code, entitled, film, north):
    entitled(permitted=[Action.PUPIL_STREAM])
    answer = decide_for_pupils(north, [film], at=NOW)[film.pk][Action.PUPIL_STREAM]

    assert links.token_for(answer) == ""


def test_what_is_not_licensed_is_counted_as_refused(code, film):
    assert used(code, film) == ""

    assert UseEvent.objects.get().kind == "no_license"


def test_a_list_holds_what_is_ours_and_not_too_much(listed, anna, neighbor, film, monkeypatch):
    seller = Provider.objects.create(center=neighbor, name="Fremd")
    foreign = Medium.objects.create(center=neighbor, provider=seller, title="Fremdes", kind="dvd")
    with pytest.raises(OfAnotherCenter):
        media_lists.put_on(listed, foreign, by=anna)
    media_lists.put_on(listed, film, by=anna)
    assert listed.titles.count() == 1

    monkeypatch.setattr(media_lists, "MOST", 1)
    other = Medium.objects.create(center=listed.center, provider=film.provider, title="Zweiter", kind="dvd")

    with pytest.raises(ListIsFull):
        media_lists.put_on(listed, other, by=anna)


def test_a_list_goes_with_its_codes(code, listed, anna):
    media_lists.discard(listed, by=anna)
    media_lists.discard(listed, by=anna)

    assert not PupilCode.objects.exists()
    with pytest.raises(UnknownCode):
        enter(code)


def test_who_comes_too_late_is_told_so(code, listed, film, anna):
    MediaList.objects.filter(pk=listed.pk).delete()

    for late in (
        lambda: media_lists.put_on(listed, film, by=anna),
        lambda: media_lists.take_off(listed, film, by=anna),
        lambda: pupil_codes.make(listed, by=anna),
        lambda: pupil_codes.revoke(listed, by=anna),
    ):
        with pytest.raises(ListIsGone):
            late()


def test_the_wall_a_list_has_one_code(code, listed):
    row = PupilCode.objects.values().get() | {"id": None, "digest": "x"}

    with pytest.raises(IntegrityError, match="list_has_one_code_that_stands"):
        PupilCode.objects.create(**row)
