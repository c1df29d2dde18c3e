"""Following up a reservation: how it stands, letting it go, keeping things longer."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontend.templatetags.german import day
from lending import handovers, returns
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, at
from lending.models import Policy, Reservation, State
from lending.reservations import Wish, make_ready, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(center):
    start = at(add_open_days(timezone.localdate(), 5, calendar_of(center)), time(10))
    return start, start + timedelta(days=7)


@pytest.fixture
def reservation(north, anna, cases, week):
    return place(north, wishes=[Wish(cases, 2)], starts_at=week[0], ends_at=week[1], by=anna, responsible=anna)


@pytest.fixture
def loan(reservation, cases, desk):
    handover = handovers.open_handover(reservation.institution, reservation=reservation, by=desk)
    return handovers.hand_over(handover, cases.items.first(), by=desk)


def test_my_reservations_show_how_each_stands(client, anna, desk, reservation):
    make_ready(reservation, by=desk)
    client.force_login(anna)

    page = client.get(reverse("my_reservations")).text

    assert reservation.number in page
    assert "Abholbereit" in page


def test_a_request_says_by_when_it_is_answered(client, anna, center, north, cases, week):
    Policy.objects.create(center=center, needs_approval=True)
    asked = place(north, wishes=[Wish(cases, 1)], starts_at=week[0], ends_at=week[1], by=anna, responsible=anna)
    client.force_login(anna)

    assert f"wir antworten bis {day(asked.answer_on)}" in client.get(reverse("reservation", args=[asked.pk])).text
    Reservation.objects.update(answer_on=timezone.localdate() - timedelta(days=1))
    assert "wir antworten bald" in client.get(reverse("reservation", args=[asked.pk])).text


def test_what_is_out_says_until_when(client, anna, loan):
    client.force_login(anna)

    page = client.get(reverse("my_reservations")).text

    assert "Ausgeliehen" in page
    assert "zurück bis" in page


def test_an_overdue_loan_says_so(client, anna, loan):
    loan.due_at = timezone.now() - timedelta(days=1)
    loan.handed_over_at = timezone.now() - timedelta(days=9)
    loan.save()
    client.force_login(anna)

    assert "Überfällig" in client.get(reverse("my_reservations")).text


def test_what_came_back_is_past(client, anna, desk, reservation, cases, week):
    handover = handovers.open_handover(reservation.institution, reservation=reservation, by=desk)
    for item in cases.items.all()[:2]:
        handovers.hand_over(handover, item, by=desk)
        returns.take_back(item, by=desk)
    client.force_login(anna)

    assert reservation.number not in client.get(reverse("my_reservations")).text
    assert "Zurückgegeben" in client.get(reverse("my_reservations"), {"show": "past"}).text


def test_a_teacher_cancels(client, anna, reservation):
    client.force_login(anna)

    answer = client.post(reverse("reservation_cancel", args=[reservation.pk]))

    reservation.refresh_from_db()
    assert answer.status_code == 303
    assert reservation.state == State.CANCELED


def test_a_loan_is_renewed_by_the_button(client, anna, loan):
    client.force_login(anna)
    page = client.get(reverse("reservation", args=[loan.allocation.line.reservation_id])).text
    assert "Verlängern bis" in page

    client.post(reverse("loan_renew", args=[loan.pk]))

    due_at = loan.due_at
    loan.refresh_from_db()
    assert loan.due_at > due_at


def test_htmx_gets_the_renewed_row_and_its_message(client, anna, loan):
    client.force_login(anna)

    part = client.post(reverse("loan_renew", args=[loan.pk]), headers={"HX-Request": "true"}).text

    assert part.lstrip().startswith("<li")
    assert "hx-swap-oob" in part


def test_another_school_sees_nothing_of_it(client, bert, reservation, loan):
    client.force_login(bert)

    assert client.get(reverse("reservation", args=[reservation.pk])).status_code == 404
    assert client.post(reverse("reservation_cancel", args=[reservation.pk])).status_code == 404
    assert client.post(reverse("loan_renew", args=[loan.pk])).status_code == 404


def test_an_auditor_reads_but_does_not_cancel(client, auditor, reservation):
    client.force_login(auditor)

    assert client.get(reverse("reservation", args=[reservation.pk])).status_code == 200
    assert client.post(reverse("reservation_cancel", args=[reservation.pk])).status_code == 403


def test_the_desk_sees_all_of_its_centre_in_tabs(client, desk, reservation, foreign_desk):
    client.force_login(desk)
    assert reservation.number in client.get(reverse("reservations")).text

    client.force_login(foreign_desk)
    assert reservation.number not in client.get(reverse("reservations")).text
