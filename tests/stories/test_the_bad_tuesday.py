"""S7: at 7:20 the head closes the centre for today on her phone; at noon it opens again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from inventory.models import Item, Product
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, is_open, local_day
from lending.handovers import hand_over_together
from lending.models import Loan, Postponement, Reservation
from lending.reservations import Wish, place
from office import doctor
from people.letters import claiming, sending, writing
from people.models import Center, Closure, Institution, Intent, Letter, OpeningHours
from tests.conftest import product

pytestmark = pytest.mark.django_db

PICKUPS, RETURNS, WITHOUT_MAIL = 6, 9, 3


@pytest.fixture
def today(center):
    """Open on every day of the week, so that the story can happen on any."""
    for weekday in (5, 6):
        OpeningHours.objects.create(center=center, weekday=weekday, opens="08:00", closes="16:00")
    day = timezone.localdate()
    if not is_open(day, calendar_of(center)):
        Center.objects.update(land="NW")
        pytest.skip("a public holiday")
    return timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def schools(center) -> list[Institution]:
    """Fifteen, three of them without mail: two by print, one by phone."""
    made = []
    for number in range(PICKUPS + RETURNS):
        has_mail = number >= WITHOUT_MAIL
        made.append(
            Institution.objects.create(
                center=center,
                kind="school" if has_mail else "kita",
                name=f"Einrichtung {number}",
                email=f"s{number}@schule.example" if has_mail else "",
                channel="mail" if has_mail else ("print" if number else "phone"),
                street="Weg 1",
                phone=f"0214 {number}00",
            )
        )
    return made


@pytest.fixture
def tuesday(center, robots, schools, desk, today) -> Product:
    """Six pickups and nine returns of today."""
    things = product(center, robots, "Bee-Bot Set", units=20)
    items = list(Item.objects.filter(product=things).order_by("pk"))
    before = today - timedelta(days=7)
    for school, item in zip(schools[:RETURNS], items, strict=False):
        hand_over_together(school, items=[item], by=desk, due_at=today, now=before)
    for school in schools[RETURNS:]:
        place(
            school,
            wishes=[Wish(things, 1)],
            starts_at=today,
            ends_at=today + timedelta(days=4),
            by=desk,
            now=before,
        )
    Intent.objects.all().delete()
    return things


@pytest.fixture
def close(client, django_capture_on_commit_callbacks):
    """What follows the commit happens as it does outside of a test."""

    def act() -> Closure:
        day = timezone.localdate()
        fields = {"starts_on": day, "ends_on": day, "reason": "Krankheit", "confirmed": "1"}
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("closing"), fields).status_code == 303
        return Closure.objects.get()

    return act


def test_she_sees_first_what_it_moves(client, manager, tuesday):
    client.force_login(manager)
    assert reverse("closing") in client.get(reverse("today")).text

    page = client.get(reverse("closing")).text

    assert "6 Abholungen verschieben sich" in page
    assert "9 Rückgaben verschieben sich" in page
    assert not Closure.objects.exists()
    assert not Postponement.objects.exists()


def test_closing_moves_everything_and_tells_everybody_once(client, close, manager, tuesday, center, today):
    client.force_login(manager)

    closure = close()

    next_day = add_open_days(local_day(today), 1, calendar_of(center))
    assert {local_day(it.starts_at) for it in Reservation.objects.all()} == {next_day}
    assert {local_day(it.due_at) for it in Loan.objects.open()} == {next_day}
    assert not Loan.objects.overdue(today.replace(hour=23)).exists()
    writing.write()
    while letter := claiming.claim(now=timezone.now()):
        sending.hand_to(mail.get_connection(), letter, now=timezone.now())
    assert len(mail.outbox) == PICKUPS + RETURNS - WITHOUT_MAIL
    assert all("bleibt unsere Ausleihe geschlossen" in it.body for it in mail.outbox)
    assert Letter.objects.to_print().count() == 2
    assert Letter.objects.to_call().count() == 1
    page = client.get(reverse("closure", args=[closure.pk])).text
    assert page.count("tel:0214") >= PICKUPS + RETURNS
    assert doctor.examine() == []


def test_opening_at_noon_takes_back_what_was_not_sent(
    client, close, manager, tuesday, today, django_capture_on_commit_callbacks
):
    """Five mails have gone out by then."""
    client.force_login(manager)
    closure = close()
    writing.write()
    for _ in range(5):
        letter = claiming.claim(now=timezone.now())
        sending.hand_to(mail.get_connection(), letter, now=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("closure_end", args=[closure.pk]), follow=True)

    assert "5 Termine bleiben" in answer.text
    stays = sum(1 for it in Reservation.objects.all() if local_day(it.starts_at) != local_day(today))
    stays += sum(1 for it in Loan.objects.open() if local_day(it.due_at) != local_day(today))
    assert stays == 5
    assert Letter.objects.filter(claimed_until=None, sent_at=None, done_at=None).count() == 0
    assert Intent.objects.current().filter(kind="closing_day").count() == 5


def test_the_desk_cannot_close(client, desk, tuesday):
    client.force_login(desk)

    assert client.get(reverse("closing")).status_code == 403
    assert reverse("closing") not in client.get(reverse("today")).text


def test_a_day_that_cannot_be_is_answered_on_the_form(client, manager, center):
    client.force_login(manager)

    answer = client.post(
        reverse("closing"), {"starts_on": "2026-13-45", "ends_on": "", "reason": "x" * 200, "confirmed": "1"}
    )

    assert answer.status_code == 422
    assert not Closure.objects.exists()
