"""The page behind the link in a reminder: without an account, and without harm."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inventory.models import Item
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, local_day
from lending.handovers import hand_over_together
from lending.models import Loan
from lending.replying import token_for
from people.models import JournalEntry

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def loans(center, cases, north, anna, desk) -> list[Loan]:
    """Three units of a class, late since yesterday."""
    now = timezone.now()
    items = list(Item.objects.filter(product=cases)[:3])
    slip = hand_over_together(
        north, items=items, by=desk, responsible=anna, due_at=now - timedelta(days=1), now=now - timedelta(days=7)
    )
    return list(slip.loans.order_by("pk"))


@pytest.fixture
def token(loans) -> str:
    """Of a letter about the first two."""
    return token_for(TODAY, {loan.pk: loan.due_at for loan in loans[:2]})


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)


def page(reader: Client, token: str) -> str:
    return reader.get(reverse("reply", args=[token])).content.decode()


def send(reader: Client, name: str, token: str, **fields):
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page(reader, token))
    assert found
    return reader.post(reverse(name, args=[token]), {"csrfmiddlewaretoken": found.group(1), **fields})


def test_it_says_what_the_letter_says_and_nothing_else(reader, token, loans, anna, north):
    html = page(reader, token)

    assert "Calliope Klassensatz" in html
    assert all(loan.item.asset_number in html for loan in loans[:2])
    for secret in (loans[2].item.asset_number, anna.name, north.name, loans[0].handover.number):
        assert secret not in html


def test_looking_changes_nothing_and_no_machine_keeps_it(reader, token, loans):
    before = list(Loan.objects.values()), JournalEntry.objects.count()
    for method in (reader.get, reader.head, reader.options):
        answer = method(reverse("reply", args=[token]))
    for name in ("reply_bring", "reply_back"):  # a scanner that follows every address
        assert reader.get(reverse(name, args=[token])).status_code == 405
    answer = reader.get(reverse("reply", args=[token]))

    assert (list(Loan.objects.values()), JournalEntry.objects.count()) == before
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_who_posts_from_elsewhere_changes_nothing(reader, token, loans):
    answer = reader.post(reverse("reply_back", args=[token]), {"loans": loans[0].pk})

    assert answer.status_code == 403
    assert not Loan.objects.searched().exists()


def test_one_press_of_a_button_promises_a_day(reader, token, loans, center):
    day = add_open_days(TODAY, 2, calendar_of(center))
    assert f'value="{day}"' in page(reader, token)

    answer = send(reader, "reply_bring", token, loans=[loan.pk for loan in loans[:2]], on=str(day))

    assert answer.status_code == 303
    promised = Loan.objects.filter(expected_back_at__isnull=False)
    assert {(it.pk, local_day(it.expected_back_at)) for it in promised} == {(it.pk, day) for it in loans[:2]}
    assert "Danke. Wir erwarten es am" in page(reader, token)


def test_only_what_is_ticked_is_meant(reader, token, loans):
    send(reader, "reply_back", token, loans=loans[1].pk)

    assert list(Loan.objects.searched()) == [loans[1]]
    assert "Wir suchen danach" in page(reader, token)


def test_a_thing_of_another_letter_is_out_of_reach(reader, token, loans):
    answer = send(reader, "reply_back", token, loans=loans[2].pk)

    assert answer.status_code == 400
    assert "Bitte wählen Sie mindestens ein Gerät" in answer.content.decode()
    assert not Loan.objects.searched().exists()


@pytest.mark.parametrize("typed", [{}, {"on": "morgen"}, {"on": "9999-12-31"}, {"other_on": "2020-01-01"}])
def test_a_day_that_does_not_suit_is_explained_on_the_page(reader, token, loans, typed):
    answer = send(reader, "reply_bring", token, loans=loans[0].pk, **typed)

    assert answer.status_code in (400, 422)
    assert "Wann kommt es zurück?" in answer.content.decode()
    assert not Loan.objects.filter(expected_back_at__isnull=False).exists()


@pytest.mark.parametrize("made_up", ["x", "eyJ:a:b", "ü%00", ".eJ:x", "../../heute"])
def test_a_link_that_is_not_ours_says_nothing(reader, loans, made_up):
    answer = reader.get(f"/antwort/{made_up}/")

    assert answer.status_code in (400, 404)
    assert "Calliope" not in answer.content.decode()


def test_settled_and_too_old_look_alike(reader, loans, desk):
    old = token_for(TODAY - timedelta(days=90), {loans[0].pk: loans[0].due_at})
    settled = token_for(TODAY, {loans[0].pk: loans[0].due_at - timedelta(days=1)})

    for token in (old, settled):
        assert "Hier ist nichts mehr zu beantworten" in page(reader, token)


def test_the_desk_finds_it_on_the_list_and_takes_it_back(client, reader, token, loans, desk):
    send(reader, "reply_back", token, loans=[loan.pk for loan in loans[:2]])
    client.force_login(desk)
    html = client.get(reverse("loans_searched")).content.decode()
    assert all(loan.item.asset_number in html for loan in loans[:2])

    client.post(reverse("loan_found", args=[loans[0].pk]))
    client.post(reverse("loan_not_found", args=[loans[1].pk]))

    found, missed = (Loan.objects.get(pk=loan.pk) for loan in loans[:2])
    assert found.returned_at is not None
    assert (missed.returned_at, missed.not_found_at is None) == (None, False)
    assert "Nichts zu suchen" in client.get(reverse("loans_searched")).content.decode()


def test_the_desk_lets_letters_rest_and_go_on(client, loans, desk):
    client.force_login(desk)
    until = TODAY + timedelta(days=9)
    client.post(reverse("loan_pause", args=[loans[0].pk]), {"until_on": str(until), "reason": "closed"})
    html = client.get(reverse("loan", args=[loans[0].pk])).content.decode()
    assert "Einrichtung geschlossen" in html
    assert "Wieder erinnern" in html

    client.post(reverse("loan_resume", args=[loans[0].pk]))
    assert Loan.objects.get(pk=loans[0].pk).quiet_until_on is None


def test_a_pause_wants_one_of_our_reasons(client, loans, desk):
    client.force_login(desk)
    typed = {"until_on": str(TODAY + timedelta(days=9)), "reason": "Frau Meier ist krank"}
    answer = client.post(reverse("loan_pause", args=[loans[0].pk]), typed, follow=True)

    assert "Bitte wählen Sie einen Tag und einen Grund." in answer.content.decode()
    assert Loan.objects.get(pk=loans[0].pk).quiet_until_on is None


def test_the_letter_on_our_own_page_is_no_key(client, loans, manager, auditor):
    from django.template.loader import render_to_string

    block = {"label": "Ich bringe es am …", "url": "https://mz.example/antwort/geheim/", "is_key": True}
    html = render_to_string("frontend/letters/_body.html", {"letter": {"language": "de", "body": [block]}})

    assert "geheim" not in html
    assert "Ich bringe es am …" in html
