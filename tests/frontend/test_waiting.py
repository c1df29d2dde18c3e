"""Nothing free: put down by one button, and taken by another as soon as it is free."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from frontend.selection import Choice, Selection
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.models import Policy, Reservation, State
from lending.reservations import cancel
from lending.tasks import serve_who_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client, center):
    """Send the reserve page as somebody, with more fields than usual."""
    start = add_open_days(timezone.localdate(), 5, calendar_of(center))

    def sent(user, school, product, **more):
        client.force_login(user)
        selection = Selection(start, start + timedelta(days=7)).with_choice(Choice(product.pk, 1))
        return client.post(selection.address("reserve"), {"institution": school.pk, "delivery": "pickup", **more})

    return sent


@pytest.fixture
def waiting(send, anna, bert, north, south, case) -> Reservation:
    send(bert, south, case)
    send(anna, north, case, may_wait="1")
    return Reservation.objects.get(institution=north)


@pytest.fixture
def program_of():
    def acting_for(user):
        made = APIClient()
        made.force_authenticate(user)
        return made

    return acting_for


def test_the_refusal_offers_to_wait(send, anna, bert, north, south, case):
    send(bert, south, case)

    answer = send(anna, north, case)

    assert answer.status_code == 409
    instead = re.search(r'name="instead" value="([^"]*)">Benachrichtigen, wenn frei<', answer.text)
    assert send(anna, north, case, instead=unescape(instead[1])).status_code == 303
    assert Reservation.objects.get(institution=north).state == State.WAITLISTED


def test_whoever_waits_sees_how_it_stands(client, waiting, anna):
    client.force_login(anna)

    page = client.get(reverse("reservation", args=[waiting.pk])).text

    assert waiting.state == State.WAITLISTED
    assert "Vorgemerkt" in page
    assert "Sie müssen nichts tun." in page
    assert "zusagen/" not in page


@pytest.mark.parametrize(("offer_days", "button"), [(0, "Reservieren"), (2, "Zusagen")])
def test_what_came_free_is_taken_by_one_button(client, waiting, center, anna, bert, south, offer_days, button):
    Policy.objects.create(center=center, offer_days=offer_days)
    cancel(Reservation.objects.get(institution=south), by=bert)
    serve_who_waits()
    client.force_login(anna)

    page = client.get(reverse("reservation", args=[waiting.pk])).text
    assert f">{button}</button>" in page
    assert "wir melden uns, sobald" not in page, "it is free"
    answer = client.post(reverse("reservation_accept", args=[waiting.pk]))

    assert answer.status_code == 303
    assert Reservation.objects.get(pk=waiting.pk).state == State.APPROVED


def test_programs_wait_as_well(waiting, program_of, north, anna, bert, case):
    place = {
        "institution": north.pk,
        "starts_at": waiting.starts_at,
        "ends_at": waiting.ends_at,
        "lines": [{"product": case.pk, "quantity": 1}],
    }
    refused = program_of(anna).post("/api/v1/reservations/", place, format="json")
    put_down = program_of(anna).post("/api/v1/reservations/", {**place, "may_wait": True}, format="json")

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "not_available")
    assert (put_down.status_code, put_down.json()["state"]) == (201, "waitlisted")
    cancel(Reservation.objects.get(institution=bert.memberships.get().institution), by=bert)
    taken = program_of(anna).post(f"/api/v1/reservations/{put_down.json()['id']}/accept/")
    assert (taken.status_code, taken.json()["state"]) == (200, "approved")
