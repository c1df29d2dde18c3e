"""GET /metrics: figures for monitoring, for whoever knows the token; no names, no words."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from people import letters, task_runs
from people.letters import writing
from people.models import Membership, ReminderRun, User

pytestmark = pytest.mark.django_db

TOKEN = {"HTTP_AUTHORIZATION": "Bearer s3cret"}
LINE = re.compile(r'(# (HELP|TYPE) .+|[a-z_]+(\{[a-z]+="[^"\n]*"\})? -?[0-9.e+]+)')


@pytest.fixture(autouse=True)
def token(settings) -> None:
    settings.METRICS_TOKEN = "s3cret"


def test_without_a_token_there_is_no_such_page(client, settings):
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 404


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer s3cre", "s3cret", "Bearer s3crét"])
def test_who_does_not_know_the_token_learns_nothing(client, said):
    answer = client.get("/metrics", HTTP_AUTHORIZATION=said)

    assert (answer.status_code, answer.content) == (401, b"")


def test_being_signed_in_is_not_enough(client, operator):
    client.force_login(operator)

    assert client.get("/metrics").status_code == 401


def test_every_line_is_one_that_prometheus_reads(client, anna, center):
    letters.intend("activated", Membership.objects.get(user=anna), anna)
    writing.write()
    task_runs.note("people.tasks.deliver", "w1@host", is_good=True)

    lines = client.get("/metrics", **TOKEN).text.splitlines()

    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_the_figures_are_those_of_the_tables(client, anna, center):
    now = timezone.now()
    letters.intend("activated", Membership.objects.get(user=anna), anna)
    writing.write(now=now - timedelta(hours=3))
    center.reminders_since = now - timedelta(days=9)
    center.save()
    ReminderRun.objects.create(center=center, day=now.date(), first_at=now, last_at=now - timedelta(seconds=50))
    User.objects.filter(pk=anna.pk).update(mail_refused_at=now, mail_refused_with="5.1.1")
    task_runs.note("people.tasks.deliver", "w1@host", is_good=False)
    task_runs.note("people.tasks.deliver", "gone@host", is_good=True, now=now - timedelta(hours=1))

    figures = dict(line.rsplit(" ", 1) for line in client.get("/metrics", **TOKEN).text.splitlines() if line[0] != "#")

    assert figures['leihwerk_mails{state="waiting"}'] == "1"
    assert figures['leihwerk_mails{state="stuck"}'] == "1"
    assert 3 * 3600 <= float(figures["leihwerk_oldest_waiting_mail_seconds"]) < 3 * 3600 + 60
    assert 50 <= float(figures['leihwerk_reminder_run_age_seconds{center="musterstadt"}']) < 110
    assert figures['leihwerk_task_failed{task="people.tasks.deliver"}'] == "1"
    assert figures["leihwerk_workers"] == "1"
    assert figures["leihwerk_refused_addresses"] == "1"
    assert figures["leihwerk_alarms"] == "1"


def test_nobody_is_named(client, anna, north):
    letters.intend("activated", Membership.objects.get(user=anna), anna)
    writing.write()

    text = client.get("/metrics", **TOKEN).text

    assert not [word for word in ("Anna", "Amsel", "nord.example", "Grundschule") if word in text]
