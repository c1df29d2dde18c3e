"""S6: a Kita without e-mail borrows by phone, gets its things by courier on Wednesdays, and is three days late.

That figures count the Kita under its Träger and its kind is for when there are figures.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inventory.models import Item
from lending.due_dates import local_day
from lending.handovers import hand_over_together
from lending.models import BookingChannel, Delivery, Loan, Reservation, State
from lending.reasons import facts_of_loans, words_of
from lending.reminders import remind, switch_on
from lending.reservations import Wish, make_ready, place, release_no_shows
from lending.rulebook import Rulebook
from lending.upkeep import not_collected
from people.letters import paper, writing
from people.models import Contact, Institution, Intent, Letter
from people.models.institution import Channel
from tests.lending.shorthand import at

pytestmark = pytest.mark.django_db

WEDNESDAY = 2
CALLED, DELIVERED = at(1, 9), at(3, 10)  # in March 2027 the 1st is a Monday
DUE_ON = at(17).date()


@pytest.fixture
def owner(center) -> Institution:
    """The Träger, with its houses."""
    return Institution.objects.create(center=center, kind="association", name="Kita-Verbund Musterstadt")


@pytest.fixture
def kita(center, owner) -> Institution:
    return Institution.objects.create(
        center=center, kind="kita", name="Kita Löwenzahn", parent=owner, street="Wiesenweg 3", postal_code="51373",
        city="Musterstadt", phone="0214 77", channel="print", tour_day=WEDNESDAY,
    )  # fmt: skip


@pytest.fixture(params=[Channel.PRINT, Channel.PHONE])
def contact(kita, request) -> Contact:
    return Contact.objects.create(
        center=kita.center, institution=kita, name="Frau Sommer", channel=request.param, phone="0214 78"
    )


@pytest.fixture
def booked(center, kita, contact, cases, desk, manager) -> Reservation:
    switch_on(center, by=manager, now=at(1, 8))
    center.refresh_from_db()
    return place(
        kita, wishes=[Wish(cases, 1)], starts_at=DELIVERED, ends_at=at(17), by=desk, contact=contact,
        delivery=Delivery.COURIER, channel=BookingChannel.PHONE, now=CALLED,
    )  # fmt: skip


@pytest.fixture
def lent(booked, desk) -> Loan:
    make_ready(booked, by=desk, now=at(2, 9))
    items = [Item.objects.get(allocation__line__reservation=booked)]
    due_at = Rulebook.of(booked.center).due_at(booked.institution, DELIVERED).at
    return hand_over_together(
        booked.institution, items=items, by=desk, reservation=booked, due_at=due_at, now=DELIVERED
    ).loans.get()


def go_through(center, contact, days: range) -> None:
    """Each morning the run, and at noon somebody does what lies there."""
    for day in days:
        remind(center, now=at(day, 7))
        writing.write(now=at(day, 7))


def waiting(contact: Contact) -> list[Letter]:
    letters = Letter.objects.to_print() if contact.channel == Channel.PRINT else Letter.objects.to_call()
    return list(letters.order_by("pk"))


def kinds(letters: list[Letter]) -> list[str]:
    return [intent.kind for letter in letters for intent in letter.intents.order_by("pk")]


def do(contact: Contact, desk, letters: list[Letter]) -> None:
    """On the pages of the desk: printed and posted, or called."""
    client = Client()
    client.force_login(desk)
    if contact.channel == Channel.PRINT:
        assert client.get(reverse("letters_pdf"))["Content-Type"] == "application/pdf"
        client.post(reverse("letters_posted"), {"letters": [letter.pk for letter in letters]})
    else:
        for letter in letters:
            client.post(reverse("letter_called", args=[letter.pk]), {"result": "reached"})


def test_the_confirmation_lies_there_once_and_what_is_done_says_who_and_when(booked, contact, desk):
    writing.write(now=CALLED)
    writing.write(now=CALLED)
    (letter,) = waiting(contact)
    assert kinds([letter]) == ["reservation_approved"]
    assert not Letter.objects.to_mail().exists()

    do(contact, desk, [letter])

    letter.refresh_from_db()
    assert waiting(contact) == []
    assert letter.done_by == desk
    assert letter.done_at is not None
    assert timezone.now() - letter.done_at < timedelta(minutes=1)


def test_it_is_addressed_for_the_window_of_an_envelope(booked, contact):
    writing.write(now=CALLED)
    (letter,) = waiting(contact)

    if contact.channel == Channel.PRINT:
        assert letter.address.splitlines() == ["Kita Löwenzahn", "Frau Sommer", "Wiesenweg 3", "51373 Musterstadt"]
        assert paper.pdf([letter, letter]).startswith(b"%PDF")  # one for all
    else:
        assert letter.address == "0214 78"


def test_it_is_due_on_the_day_of_the_tour_and_says_why(lent):
    assert local_day(lent.due_at) == DUE_ON
    assert DUE_ON.weekday() == WEDNESDAY
    assert words_of(facts_of_loans([lent], Rulebook.of(lent.center)))


def test_before_and_after_the_day_of_return_it_is_told_once_each(lent, center, contact, desk):
    writing.write(now=DELIVERED)
    do(contact, desk, waiting(contact))

    told = []
    for day in range(4, 23):
        go_through(center, contact, range(day, day + 1))
        letters = waiting(contact)
        told += [(day, kind) for kind in kinds(letters)]
        do(contact, desk, letters)
        Letter.objects.filter(done_at__isnull=False).update(done_at=at(day, 12))

    assert told == [(15, "due_soon"), (22, "overdue_1")]
    assert not Letter.objects.to_mail().exists()


def test_what_waits_is_not_doubled_by_the_days_on_which_nobody_prints(lent, center, contact):
    Letter.objects.all().delete()
    go_through(center, contact, range(15, 20))

    assert kinds(waiting(contact)).count("due_soon") <= 1


def test_it_is_never_not_collected(booked, desk):
    make_ready(booked, by=desk, now=at(2, 9))

    assert not_collected(now=at(16, 12)) == []  # eight open days after the tour that did not come
    release_no_shows(booked, now=at(30, 12))  # long after its whole period
    booked.refresh_from_db()
    assert booked.state == State.EXPIRED
    assert "reservation_no_show" not in Intent.objects.values_list("kind", flat=True)


def test_who_fetches_things_oneself_would_not_have_collected_them(booked, desk):
    Reservation.objects.update(delivery=Delivery.PICKUP)
    make_ready(booked, by=desk, now=at(2, 9))

    assert not_collected(now=at(16, 12)) == [booked]
    assert release_no_shows(booked, now=at(16, 12)).state == State.NO_SHOW
