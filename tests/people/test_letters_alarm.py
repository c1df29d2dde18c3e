"""Did anyone remind them? The alarm that does not live in beat."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from people import letters
from people.letters import alarm, writing
from people.models import Letter, Membership, ReminderRun

MORNING = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)  # half past six in Berlin
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)


@pytest.fixture
def reminding(center):
    center.reminders_since = NOON - timedelta(days=10)
    center.save()
    return center


def ran(center, day: int) -> None:
    ReminderRun.objects.create(center=center, day=NOON.replace(day=day).date(), first_at=NOON, last_at=NOON)


def test_a_run_that_did_not_happen_is_told(reminding):
    ran(reminding, 23)

    assert alarm.troubles(NOON) == ["Medienzentrum Musterstadt: Der Erinnerungslauf vom 24.11.2026 ist ausgeblieben."]


def test_before_the_runs_hour_yesterdays_counts(reminding):
    ran(reminding, 23)

    assert alarm.troubles(MORNING) == []


def test_after_todays_run_it_is_quiet(reminding):
    ran(reminding, 24)

    assert alarm.troubles(NOON) == []


def test_a_centre_that_never_switched_reminders_on_is_not_missed(center):
    assert alarm.troubles(NOON) == []


def test_on_the_day_it_is_switched_on_nothing_is_missed(center):
    center.reminders_since = NOON - timedelta(hours=1)
    center.save()

    assert alarm.troubles(NOON) == []


def test_one_centre_does_not_hear_of_the_others(reminding, neighbor):
    assert alarm.troubles(NOON, center=neighbor) == []


def test_a_letter_that_does_not_leave_the_house_is_told(anna):
    letters.intend("activated", Membership.objects.get(user=anna), anna)
    writing.write(now=NOON)

    assert alarm.troubles(NOON + timedelta(hours=1)) == []
    assert alarm.troubles(NOON + timedelta(hours=3)) == ["1 Brief wartet seit mehr als zwei Stunden auf den Versand."]


def test_the_command_fails_with_the_reason(reminding):
    with pytest.raises(CommandError, match="ist ausgeblieben"):
        call_command("check_reminders")


def test_the_command_is_content_when_all_is_well(center, capsys):
    call_command("check_reminders")

    assert "Alle Erinnerungsläufe haben stattgefunden" in capsys.readouterr().out


def test_letters_can_be_sent_without_a_worker(anna, mailoutbox, capsys):
    letters.intend("activated", Membership.objects.get(user=anna), anna)
    call_command("send_letters")

    assert "Geschrieben: 1, gesendet: 1." in capsys.readouterr().out
    assert [mail.to for mail in mailoutbox] == [["anna@nord.example"]]
    assert not Letter.objects.to_mail().exists()
