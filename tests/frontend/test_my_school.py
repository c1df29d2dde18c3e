"""Meine Schule: what it has, what comes next, and what was written about it."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontend.templatetags.german import moment
from lending import handovers
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, at
from lending.reservations import Wish, place
from people.letters import writing
from people.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def loan(north, anna, desk, cases):
    """Anna's; its slip was mailed to her."""
    handover = handovers.open_handover(north, by=desk, responsible=anna)
    loan = handovers.hand_over(handover, cases.items.first(), by=desk)
    handovers.finish(handover, by=desk)
    writing.write(now=timezone.now())
    return loan


@pytest.fixture
def coming(center, north, carla, case):
    """Carla's, in three open days."""
    start = at(add_open_days(timezone.localdate(), 3, calendar_of(center)), time(10))
    wishes = [Wish(case, 1)]
    return place(north, wishes=wishes, starts_at=start, ends_at=start + timedelta(days=7), by=carla, responsible=carla)


def page_of(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("my_school")).text


def test_a_coordinator_sees_what_comes_next_for_the_school(client, carla, loan, coming):
    steps = page_of(client, carla).partition('id="next"')[2].partition("</section>")[0]

    assert moment(coming.starts_at) in steps
    assert steps.index("Abholung: 1\u00a0×\u00a0Bee-Bot Set") < steps.index("Rückgabe: 1\u00a0×\u00a0Calliope")


def test_a_teacher_sees_only_ones_own_steps(client, anna, loan, coming):
    page = page_of(client, anna)

    assert "Rückgabe: 1\u00a0×\u00a0Calliope" in page
    assert "Bee-Bot" not in page


def test_a_loan_leads_to_its_letters(client, anna, carla, loan):
    letter = reverse("letter", args=[Letter.objects.get().pk])

    for user in (anna, carla):
        page = page_of(client, user)
        assert reverse("loan", args=[loan.pk]) in page
        assert letter in page
        assert client.get(letter).status_code == 200


def test_a_colleague_sees_no_letters_of_others(client, newcomer, bert, loan):
    letter = reverse("letter", args=[Letter.objects.get().pk])

    for user in (newcomer, bert):
        assert letter not in page_of(client, user)
        assert client.get(letter).status_code == 404
