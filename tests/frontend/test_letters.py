"""Briefe und Erinnerungen: what staff see and do, and what others may not."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lending.handovers import finish, hand_over, open_handover
from lending.models import Loan
from lending.reminders import remind, switch_on
from people import letters
from people.letters import writing
from people.models import Contact, Intent, Letter, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def loan(case, north, anna, desk) -> Loan:
    """Anna's, due tomorrow week."""
    handover = open_handover(north, by=desk, responsible=anna, due_at=timezone.now() + timedelta(days=8))
    loan = hand_over(handover, case.items.get(), by=desk)
    finish(handover, by=desk)
    return loan


@pytest.fixture
def to_anna(anna) -> Letter:
    return written(anna)


def written(person) -> Letter:
    about = Membership.objects.get(user=person)
    letters.intend("part_missing", about, person, product="VR-Koffer", parts=[{"quantity": 1, "name": "Kabel"}])
    writing.write()
    return Letter.objects.get(user=person)


def contact(institution, **facts) -> Contact:
    return Contact.objects.create(center=institution.center, institution=institution, name="Frau Kreide", **facts)


def tell(person: Contact) -> Letter:
    letters.intend("part_missing", person, person, product="VR-Koffer", parts=[{"quantity": 1, "name": "Kabel"}])
    writing.write()
    return Letter.objects.get(contact=person)


@pytest.fixture
def notice(anna) -> Intent:
    """A level three letter to the north school's head, about something of Anna's."""
    about = Membership.objects.get(user=anna)
    intent = letters.intend("overdue_3", about, None, product="VR-Koffer", due_at=timezone.now())
    assert intent
    return intent


def test_the_desk_sees_what_was_sent_to_whom(client, desk, to_anna):
    client.force_login(desk)

    page = client.get(reverse("letters_sent")).text

    assert "Beim Auspacken fehlte etwas: VR-Koffer" in page
    assert "Anna Amsel" in page
    assert "wird gesendet" in page


def test_a_teacher_sees_only_what_was_sent_to_her(client, anna, bert, to_anna):
    to_bert = written(bert)
    client.force_login(anna)

    assert "Beim Auspacken fehlte" in client.get(reverse("letters_sent")).text
    assert client.get(reverse("letter", args=[to_anna.pk])).status_code == 200
    assert client.get(reverse("letter", args=[to_bert.pk])).status_code == 404


def test_a_teacher_who_asks_for_the_overview_gets_her_own_letters(client, anna):
    client.force_login(anna)

    assert client.get(reverse("letters"))["Location"] == reverse("letters_sent")


def test_another_centre_sees_nothing_of_it(client, foreign_desk, to_anna, notice):
    client.force_login(foreign_desk)

    assert client.get(reverse("letter", args=[to_anna.pk])).status_code == 404
    assert client.post(reverse("letter_release", args=[notice.pk])).status_code == 404
    assert "VR-Koffer" not in client.get(reverse("letters_sent")).text


def test_what_comes_next_is_told_day_by_day(client, desk, center, manager, loan):
    switch_on(center, by=manager)
    client.force_login(desk)

    page = client.get(reverse("letters")).text

    assert "Rückgabe steht an" in page
    assert "Bee-Bot Set" in page
    assert "E-Mail" in page


def test_the_fortnight_leads_to_the_list_of_each_day(client, desk, center, manager, loan):
    switch_on(center, by=manager)
    client.force_login(desk)

    page = client.get(reverse("letters")).text

    (anchor,) = re.findall(r'href="#(am-[0-9-]+)"', page)
    assert f'id="{anchor}"' in page
    assert "1 × Rückgabe steht an" in page
    assert page.count("fortnight__day ") + page.count('fortnight__day"') == 14


def test_what_would_be_sent_today_is_shown_and_not_sent(client, desk, notice, to_anna, mailoutbox):
    client.force_login(desk)

    page = client.get(reverse("letters_today")).text

    assert "Beim Auspacken fehlte etwas: VR-Koffer" in page
    assert "Rückgabe offen" not in page, "that waits for a release"
    assert not mailoutbox


def test_the_manager_switches_reminders_on_and_the_desk_may_not(client, manager, desk, center):
    client.force_login(desk)
    assert client.post(reverse("reminders_on")).status_code == 403

    client.force_login(manager)
    client.post(reverse("reminders_on"))

    center.refresh_from_db()
    assert center.reminders_since is not None


def test_level_three_is_read_and_released_by_a_person(client, desk, notice):
    client.force_login(desk)
    page = client.get(reverse("letters")).text
    assert "Rückgabe offen: VR-Koffer, Grundschule Nord" in page
    assert "Sehr geehrte Damen und Herren," in page

    client.post(reverse("letter_release", args=[notice.pk]))

    notice.refresh_from_db()
    assert notice.released_by == desk


def test_or_it_is_held_back(client, desk, notice):
    client.force_login(desk)
    client.post(reverse("letter_hold_back", args=[notice.pk]))
    assert not Intent.objects.to_release().exists()

    assert "hat sich erledigt" in client.post(reverse("letter_release", args=[notice.pk])).text


def test_paper_is_printed_and_noted_as_posted(client, desk, north):
    north.street = "Nordweg 1"
    north.save()
    letter = tell(contact(north))
    client.force_login(desk)

    assert "Frau Kreide" in client.get(reverse("letters_to_print")).text
    assert client.get(reverse("letters_pdf"), {"last": letter.pk}).content.startswith(b"%PDF")
    client.post(reverse("letters_posted"), {"letters": [letter.pk, "nonsense"]})

    letter.refresh_from_db()
    assert letter.done_by == desk
    assert "Nichts zu drucken" in client.get(reverse("letters_to_print")).text


def test_calls_are_noted_with_their_result(client, desk, north):
    letter = tell(contact(north, channel="phone", phone="0214 99"))
    client.force_login(desk)
    assert "0214 99" in client.get(reverse("letters_to_call")).text

    client.post(reverse("letter_called", args=[letter.pk]), {"result": "not_reached"})
    assert "1 Versuch, nicht erreicht" in client.get(reverse("letters_to_call")).text

    client.post(reverse("letter_called", args=[letter.pk]), {"result": "shouted"})
    client.post(reverse("letter_called", args=[letter.pk]), {"result": "reached"})
    assert "Niemand anzurufen" in client.get(reverse("letters_to_call")).text


def test_a_missing_run_is_told_on_the_page(client, desk, manager, center):
    switch_on(center, by=manager, now=timezone.now() - timedelta(days=5))
    client.force_login(desk)

    assert "ist ausgeblieben" in client.get(reverse("letters")).text


def test_the_loans_page_tells_what_was_written_about_it(client, desk, center, manager, loan):
    switched_on = switch_on(center, by=manager)
    remind(switched_on, now=timezone.now() + timedelta(days=7))
    client.force_login(desk)

    page = client.get(reverse("loan", args=[loan.pk])).text

    assert "Rückgabe steht an" in page
    assert "wird geschrieben" in page


def test_a_long_history_costs_no_more_queries(client, desk, north, django_assert_max_num_queries):
    for number in range(12):
        tell(contact(north, email=f"{number}@nord.example", channel="mail"))
    client.force_login(desk)

    with django_assert_max_num_queries(14):
        client.get(reverse("letters_sent"))
