"""The daily list for the desk: on open days, once, without anybody's name; ended with one click."""

import pytest
from django.test import Client
from django.urls import reverse

from lending import desk_day, tasks
from lending.desk_day import set_hour, tell_desk
from lending.handovers import hand_over_together
from lending.models import State
from lending.unsubscribing import unsubscribe
from people import letters
from people.letters import alarm, blocks, bounces, sending, unsubscribing, writing
from people.models import Center, Closure, Intent, JournalEntry, Letter
from tests.lending.shorthand import NOW, at, reserve
from tests.people import dsn
from tests.sink import Sink

pytestmark = pytest.mark.django_db
MORNING = at(8, 7)


@pytest.fixture
def mailbox(center) -> Center:
    center.email, center.desk_day_hour = "theke@mz.example", 6
    center.save()
    return center


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "leihwerk.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def list_of(center: Center, now=MORNING) -> str:
    tell_desk(center, now=now)
    writing.write(now=now)
    letter = Letter.objects.get(intents__kind="desk_day", intents__facts__day_on=str(now.date()))
    assert letter.address == "theke@mz.example"
    return blocks.as_text(letter.body)


def test_the_list_says_what_the_day_brings_and_nobodys_name(mailbox, case, cases, north, south, anna, bert, desk):
    reservation = reserve(case, 1, (at(8), at(12)), north, anna)
    out = list(cases.items.all())
    hand_over_together(south, items=out[:2], by=desk, responsible=bert, due_at=at(8, 14), now=NOW)
    hand_over_together(north, items=out[2:3], by=desk, responsible=anna, due_at=at(5), now=NOW)

    text = list_of(mailbox)

    assert "Guten Morgen," in text
    assert (
        f"Abholungen (1)\n--------------\n\n- 10 Uhr, {reservation.number}, Grundschule Nord: 1 × Bee-Bot Set" in text
    )
    assert "Rückgaben (1)" in text
    assert "- Gymnasium Süd: 2 × Calliope Klassensatz" in text
    assert "Überfällig (1)" in text
    assert "- Grundschule Nord: 1 × Calliope Klassensatz" in text
    assert "Amsel" not in text
    assert "Buche" not in text


def test_what_waits_for_a_release_is_counted(mailbox, case, north, anna):
    letters.intend("overdue_3", reserve(case, 1, (at(22), at(24)), north, anna), north, product="Bee-Bot Set")

    assert "Briefe, die auf eine Freigabe warten: 1." in list_of(mailbox)


def test_a_quiet_day_says_so(mailbox):
    assert "Heute steht nichts an." in list_of(mailbox)


def test_a_long_list_is_cut_and_counted(mailbox, cases, north, anna, monkeypatch):
    monkeypatch.setattr("lending.desk_day.listing.LISTED", 2)
    for _ in range(3):
        reserve(cases, 1, (at(8), at(12)), north, anna)

    text = list_of(mailbox)
    assert "Abholungen (3)" in text
    assert "- und 1 weitere" in text


def test_it_comes_once_a_day_however_often_the_timetable_calls(mailbox):
    assert tell_desk(mailbox, now=MORNING) is not None
    assert tell_desk(mailbox, now=at(8, 9)) is None
    assert tell_desk(mailbox, now=at(9, 7)) is not None


@pytest.mark.parametrize("closed", [at(6, 7), at(10, 7)])
def test_nothing_comes_when_the_centre_is_closed(mailbox, closed):
    """A Saturday, and a closing day."""
    Closure.objects.create(center=mailbox, starts_on=at(10).date(), ends_on=at(10).date(), reason="Umzug")

    assert tell_desk(mailbox, now=closed) is None


def test_it_waits_for_its_hour_and_is_no_news_after_noon(mailbox, neighbor):
    hours = [hour for hour in range(24) if desk_day.centers_due(at(8, hour)) == [mailbox]]

    assert hours == [6, 7, 8, 9, 10, 11]


def test_without_a_mailbox_nothing_comes(center):
    set_hour(center, 6, by=None)
    tasks.send_desk_day()

    assert desk_day.centers_due(MORNING) == []
    assert tell_desk(center, now=MORNING) is None


def test_one_click_of_a_mail_program_ends_it(mailbox, sink):
    tell_desk(mailbox, now=MORNING)
    writing.write(now=MORNING)
    sending.send(now=MORNING)
    (mail,) = sink.mails
    address = mail["List-Unsubscribe"].strip(" <>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = address.removeprefix("http://localhost:8000")

    program = Client(enforce_csrf_checks=True)
    assert program.get(path).status_code == 200
    assert Center.objects.get(pk=mailbox.pk).desk_day_hour == 6, "looking changes nothing"
    answer = program.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Center.objects.get(pk=mailbox.pk).desk_day_hour is None
    assert JournalEntry.objects.get(verb="desk_day.set").by is None


def test_a_link_of_ones_own_making_ends_nothing(mailbox):
    intent = tell_desk(mailbox, now=MORNING)
    token = unsubscribing.token_for([intent.pk])

    for wrong in (str(intent.pk), f"{token}x", f"9{token}"):
        assert Client().post(reverse("unsubscribe", args=[wrong])).status_code == 404
    assert Center.objects.get(pk=mailbox.pk).desk_day_hour == 6


@pytest.mark.parametrize(("state", "ends"), [(State.WAITLISTED, State.CANCELED), (State.APPROVED, State.APPROVED)])
def test_who_waits_stops_waiting_and_what_is_promised_stays(case, north, anna, state, ends):
    reservation = reserve(case, 1, (at(8), at(12)), north, anna)
    if state == State.WAITLISTED:
        reservation = reserve(case, 1, (at(8), at(12)), north, anna, may_wait=True)
    intent = letters.intend("reservation_free", reservation, anna)

    assert unsubscribe(intent) is (state == State.WAITLISTED)

    reservation.refresh_from_db()
    assert reservation.state == ends


def test_a_letter_of_the_business_itself_cannot_be_ended(case, north, anna):
    told = letters.intend("due_soon", reserve(case, 1, (at(8), at(12)), north, anna), anna)

    assert unsubscribing.way_out([told]) == []
    assert list(unsubscribing.read(unsubscribing.token_for([told.pk]))) == []
    assert Intent.objects.filter(pk=told.pk).exists()


def test_a_mailbox_of_our_own_that_refuses_is_an_alarm_and_nobody_calls_themselves(mailbox, sink, desk, client):
    sink.refused = {"theke@mz.example": "550 5.1.1 no such user"}
    tell_desk(mailbox, now=MORNING)
    writing.write(now=MORNING)

    assert sending.send(now=MORNING) == 0

    assert not Letter.objects.to_call().exists()
    assert not Letter.objects.to_print().exists()
    told = "Medienzentrum Musterstadt: Das eigene Postfach nimmt keine Mails an."
    (trouble,) = alarm.troubles(MORNING)
    assert trouble.startswith(told)
    assert alarm.troubles(at(8, 11)) == [trouble], "and not once more as a letter that is stuck"
    client.force_login(desk)
    for page in ("today", "letters"):
        assert told in client.get(reverse(page)).text


def test_once_the_mailbox_takes_mail_again_the_list_arrives_and_the_alarm_ends(mailbox, sink):
    sink.refused = {"theke@mz.example": "550 5.1.1 no such user"}
    tell_desk(mailbox, now=MORNING)
    writing.write(now=MORNING)
    sending.send(now=MORNING)
    sink.refused.clear()

    assert sending.send(now=at(8, 9)) == 1
    assert alarm.troubles(at(8, 9)) == []


def test_a_list_that_never_arrived_does_not_arrive_with_the_next_one(mailbox, sink):
    sink.refused = {"theke@mz.example": "550 5.1.1 no such user"}
    tell_desk(mailbox, now=MORNING)
    writing.write(now=MORNING)
    sending.send(now=MORNING)
    sink.refused.clear()

    tell_desk(mailbox, now=at(9, 7))
    writing.write(now=at(9, 7))
    sending.send(now=at(9, 7))

    assert [mail["Subject"] for mail in sink.mails] == ["Heute, Dienstag, 9. März"]


def test_a_bounce_of_the_list_is_the_same_alarm(mailbox, sink):
    tell_desk(mailbox, now=MORNING)
    writing.write(now=MORNING)
    sending.send(now=MORNING)

    assert bounces.take(dsn.postfix(sink.message_ids[0], "theke@mz.example"), now=at(8, 8)) == 1

    assert not Letter.objects.to_call().exists()
    assert len(alarm.troubles(at(8, 8))) == 1


def test_the_page_says_what_ends_and_nothing_of_what_does_not(mailbox, case, north, anna):
    """The list of the day gives up no place in a queue."""
    waiting = letters.intend("reservation_free", reserve(case, 1, (at(8), at(12)), north, anna), anna)
    list_of_day = tell_desk(mailbox, now=MORNING)

    pages = [
        Client().get(reverse("unsubscribe", args=[unsubscribing.token_for([intent.pk])])).text
        for intent in (list_of_day, waiting)
    ]

    assert ["Wieder einschalten kann sie die Leitung" in page for page in pages] == [True, False]
    assert ["fällt die Vormerkung weg" in page for page in pages] == [False, True]
    assert all("Medienzentrum Musterstadt" in page for page in pages)
