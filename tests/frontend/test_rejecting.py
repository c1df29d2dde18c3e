"""Whoever rejects sees what: which school asks for what and when, and what it falls back to."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from frontend.templatetags.german import period, times
from lending.calendars import calendar_of
from lending.catalogue import period_of, usual_rules
from lending.due_dates import add_open_days
from lending.models import Policy, Reservation, State
from lending.reservations import LineChange, Wish, change
from tests.lending.shorthand import reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(center):
    day = add_open_days(timezone.localdate(), 5, calendar_of(center))
    last = add_open_days(day, 2, calendar_of(center))
    return period_of(day, last, usual_rules(center), calendar_of(center))


@pytest.fixture
def asked(center, cases, case, north, anna, week) -> Reservation:
    """Two cases were promised; then it was three and something else, which has to be approved."""
    promised = reserve(cases, 2, week, north, anna, now=timezone.now(), purpose="Projektwoche")
    Policy.objects.create(center=center, needs_approval=True)
    line = promised.lines.get()
    return change(promised, lines={line.pk: LineChange(quantity=3)}, add=[Wish(case, 1)], by=anna)


def box(page: str, asked: Reservation) -> str:
    form = page.split(f'action="{reverse("reservation_reject", args=[asked.pk])}"')[1]
    return re.sub(r"[ \n]+", " ", form.split("</form>")[0])


@pytest.mark.parametrize("where", ["today", "reservation"])
def test_the_box_says_what_is_rejected_and_what_holds_again(client, desk, asked, cases, case, week, where):
    client.force_login(desk)

    told = box(client.get(reverse(where, args=[asked.pk] if where == "reservation" else [])).text, asked)

    assert asked.number in told
    assert "Grundschule Nord" in told
    assert "Projektwoche" in told
    now, before = told.split("Vorher zugesagt:")
    for thing in (times(3, cases), times(1, case)):
        assert f"{thing}, {period(*week)}" in now
    assert f"{times(2, cases)}, {period(*week)}" in before
    assert str(case) not in before


def test_in_the_box_of_a_reservation_one_may_let_go_of_the_earlier_promise_too(client, desk, asked):
    """The box to tick stands in the form that is sent."""
    client.force_login(desk)
    page = client.get(reverse("reservation", args=[asked.pk])).text
    assert 'name="lets_go"' in box(page, asked)

    client.post(reverse("reservation_reject", args=[asked.pk]), {"reason": "Zu viel", "lets_go": "1"})

    assert Reservation.objects.get().state == State.REJECTED


def test_what_was_never_promised_has_nothing_to_fall_back_to(client, desk, center, cases, north, anna, week):
    Policy.objects.create(center=center, needs_approval=True)
    wanted = reserve(cases, 2, week, north, anna, now=timezone.now())
    client.force_login(desk)

    told = box(client.get(reverse("today")).text, wanted)

    assert times(2, cases) in told
    assert "Vorher zugesagt" not in told
    assert "lets_go" not in told
