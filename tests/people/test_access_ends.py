"""Whom a school did not tick hears of it while there is time to put it right."""

from datetime import UTC, date, datetime, timedelta

import pytest

from people import year_checks
from people.letters import blocks, sending, writing
from people.memberships import leave
from people.models import Intent, Letter, Membership, YearCheck
from tests.sink import Sink

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 8, 31, 7, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
ENDS_ON = date(2026, 9, 30)


@pytest.fixture
def check(center, north, anna, carla, manager) -> YearCheck:
    (asked,) = year_checks.ask(center, ends_on=ENDS_ON, by=manager, now=NOW)
    return asked


def of(*people) -> set[int]:
    return set(Membership.objects.filter(user__in=people).values_list("pk", flat=True))


def only_stays(check: YearCheck, *people, now: datetime = NOW) -> None:
    shown = set(Membership.objects.filter(institution=check.institution).values_list("pk", flat=True))
    year_checks.answer(check, shown=shown, staying=of(*people), is_certain=True, now=now)


def told(now: datetime) -> list[Letter]:
    writing.write(now=now)
    return list(Letter.objects.filter(intents__kind="access_ends"))


def test_who_is_not_ticked_is_told_until_when_and_whom_to_ask(check, center, anna, carla):
    center.phone = "0214 406-0"
    center.save()
    only_stays(check, carla)

    (letter,) = told(TOMORROW)

    assert letter.address == anna.email
    assert letter.subject == "Ihr Zugang für Grundschule Nord endet am 30. September"
    text = " ".join(blocks.as_text(letter.body).split())
    assert "können Sie nur noch bis zum 30. September für Grundschule Nord ausleihen" in text
    assert "bitten Sie das Sekretariat, Sie bis zum 30. September auf unserer Liste anzukreuzen" in text
    assert "rufen Sie uns an: 0214 406-0" in text
    assert "Was ausgeliehen ist, bleibt der Schule zugeordnet." in text


def test_in_english_for_who_reads_english(check, anna, carla):
    anna.language = "en"
    anna.save()
    only_stays(check, carla)

    (letter,) = told(TOMORROW)

    assert letter.subject == "Your access for Grundschule Nord ends on 30 September"
    assert "please ask the school office" in " ".join(blocks.as_text(letter.body).split())


def test_it_arrives_once(check, anna, carla, settings):
    only_stays(check, carla)
    only_stays(check, carla)
    with Sink() as sink:
        settings.EMAIL_BACKEND = "leihwerk.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        for now in (TOMORROW, TOMORROW + timedelta(days=1)):
            told(now)
            sending.send(now=now)

    assert sorted(mail["To"] for mail in sink.mails) == ["100001@schule.example", "anna@nord.example"]


def test_a_slip_that_is_put_right_the_same_day_frightens_nobody(check, anna, carla):
    only_stays(check, carla)
    assert told(NOW + timedelta(hours=9)) == []

    only_stays(check, anna, carla, now=NOW + timedelta(hours=9))

    assert told(TOMORROW) == []


def test_who_is_ticked_hears_nothing(check, anna, carla):
    only_stays(check, anna, carla)

    assert not Intent.objects.filter(kind="access_ends").exists()


def test_an_answer_on_the_last_day_is_told_on_the_last_day(check, carla):
    last = datetime(2026, 9, 30, 8, tzinfo=UTC)
    only_stays(check, carla, now=last)

    assert len(told(last)) == 1


def test_who_has_left_meanwhile_is_not_told(check, anna, carla, desk):
    only_stays(check, carla)
    leave(Membership.objects.get(user=anna), by=desk, now=NOW)

    assert told(TOMORROW) == []


def test_the_next_school_year_tells_again(check, center, anna, carla, manager):
    only_stays(check, carla)
    told(TOMORROW)
    Letter.objects.update(sent_at=TOMORROW)
    only_stays(check, anna, carla, now=TOMORROW)
    later = NOW + timedelta(days=365)
    (again,) = year_checks.ask(center, ends_on=later.date() + timedelta(days=30), by=manager, now=later)
    only_stays(again, carla, now=later)

    assert len(told(later + timedelta(days=1))) == 2
