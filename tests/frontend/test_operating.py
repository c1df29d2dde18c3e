"""Betrieb: the operator sees whether everything runs, and nothing of what is written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontend.views.operating import TASKS
from leihwerk.celery import app
from leihwerk.timetable import TIMETABLE
from people import letters, task_runs
from people.letters import writing
from people.models import Membership, TaskRun
from people.tasks import deliver

pytestmark = pytest.mark.django_db


def page(client, operator) -> str:
    client.force_login(operator)
    return client.get(reverse("operating")).text


def test_stuck_mail_is_seen_and_its_words_are_not(client, operator, anna):
    letters.intend("activated", Membership.objects.get(user=anna), anna)
    writing.write(now=timezone.now() - timedelta(hours=3))

    seen = page(client, operator)

    assert "1 Brief wartet seit mehr als zwei Stunden auf den Versand." in seen
    assert not [word for word in ("Anna", "nord.example", "freigeschaltet") if word in seen]


def test_when_all_is_well_it_says_so(client, operator):
    assert "Kein Alarm" in page(client, operator)


def test_workers_and_what_they_did_last(client, operator):
    now = timezone.now()
    task_runs.note("people.tasks.deliver", "eins@rechner", is_good=True)
    task_runs.note("lending.tasks.remind", "zwei@rechner", is_good=False, now=now - timedelta(hours=2))

    seen = page(client, operator)

    assert (
        seen.index("eins@rechner") < seen.index("arbeitet") < seen.index("zwei@rechner") < seen.index("nicht mehr da")
    )
    assert seen.index("An Rückgaben erinnern") < seen.index("gescheitert") < seen.index("Briefe schreiben und senden")


def test_every_task_of_the_timetable_has_a_name_there():
    assert {entry["task"] for entry in TIMETABLE.values()} <= TASKS.keys()


def test_a_task_leaves_word_and_keeps_one_line(settings):
    for _ in range(2):
        deliver.apply()

    assert TaskRun.objects.get().is_good
    assert issubclass(app.Task, task_runs.NotedTask)


def test_a_task_that_fails_leaves_word_too():
    @app.task(shared=False)  # type: ignore[untyped-decorator]  # celery has no types
    def broken() -> None:
        raise ZeroDivisionError

    broken.apply()

    assert not TaskRun.objects.get().is_good


def test_workers_that_are_gone_for_a_week_are_forgotten():
    now = timezone.now()
    task_runs.note("a", "old", is_good=True, now=now - timedelta(days=8))
    task_runs.note("a", "new", is_good=True, now=now)

    assert (task_runs.forget_old(now=now), TaskRun.objects.get().worker) == (1, "new")


@pytest.mark.parametrize("who", ["manager", "desk", "anna"])
def test_nobody_else_is_let_in(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("operating")).status_code == 403
