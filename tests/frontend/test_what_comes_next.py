"""Each open loan says when its next letter goes, of which kind and how: on its page, on the school's, in the list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontend.templatetags.german import long_day
from lending import reminders
from lending.handovers import finish, hand_over, open_handover
from lending.models import Loan
from lending.notices import as_fact
from lending.reminders import switch_on
from people import letters
from people.letters import writing
from people.models import Intent, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def reminding(center, manager):
    switch_on(center, by=manager, now=timezone.now() - timedelta(days=60))
    return center


def lend(case, north, anna, desk, *, days: int) -> Loan:
    """Anna's, due in so many days."""
    handover = open_handover(north, by=desk, responsible=anna, due_at=timezone.now() + timedelta(days=8))
    loan = hand_over(handover, case.items.get(), by=desk)
    finish(handover, by=desk)
    now = timezone.now()
    Loan.objects.update(handed_over_at=now - timedelta(days=30), due_at=now + timedelta(days=days))
    return Loan.objects.get(pk=loan.pk)


@pytest.fixture
def early(reminding, case, north, anna, desk) -> Loan:
    """Due in eight weeks."""
    return lend(case, north, anna, desk, days=56)


@pytest.fixture
def late(reminding, case, north, anna, desk) -> Loan:
    return lend(case, north, anna, desk, days=-1)


def page(client, who, name: str, *args: object) -> str:
    client.force_login(who)
    return client.get(reverse(name, args=args)).text


@pytest.mark.parametrize("who", ["desk", "anna"])
def test_the_page_of_a_loan_says_when_the_next_letter_goes_and_how(client, request, early, who):
    (coming,) = reminders.coming(early.center, today=timezone.localdate(), days=None)

    seen = page(client, request.getfixturevalue(who), "loan", early.pk)

    assert f"<strong>Rückgabe steht an</strong> · {long_day(coming.on)} · E-Mail" in seen


def test_it_says_why_nothing_comes(client, desk, early, center):
    type(center).objects.update(reminders_since=None)

    assert "Nichts: Erinnerungen sind ausgeschaltet." in page(client, desk, "loan", early.pk)


def test_the_pages_of_school_and_contact_name_every_open_loan_however_far_off(client, desk, early, north):
    seen = page(client, desk, "institution", north.pk)

    assert f'<a href="{reverse("loan", args=[early.pk])}">Rückgabe steht an</a>' in seen
    assert "Rückgabe steht an" not in page(client, desk, "letters"), "there it is two weeks"


def test_what_is_written_down_and_has_not_gone_out_is_named_as_such(client, desk, late, north):
    reminders.remind_now(late, by=desk)

    for seen in (page(client, desk, "loan", late.pk), page(client, desk, "institution", north.pk)):
        assert "geht mit dem nächsten Brief hinaus · E-Mail" in seen


def test_what_waits_for_a_release_says_so(client, desk, late, north):
    told_before(late, 1, 2)
    reminders.remind_now(late, by=desk)

    for seen in (page(client, desk, "loan", late.pk), page(client, desk, "institution", north.pk)):
        assert "Schreiben an die Leitung" in seen
        assert "wartet auf Freigabe" in seen


def test_after_the_last_step_nothing_comes(client, desk, late):
    told_before(late, 1, 2, 3)

    assert "Nichts: Es gibt keine weitere Stufe." in page(client, desk, "loan", late.pk)


def test_the_next_letter_is_sent_at_once_from_the_list_of_what_comes(client, desk, late):
    client.force_login(desk)
    assert f'action="{reverse("loan_remind", args=[late.pk])}"' in client.get(reverse("letters")).text

    answer = client.post(reverse("loan_remind", args=[late.pk]), {"back": "letters"})

    assert answer["Location"] == reverse("letters")
    assert Intent.objects.about(late).get().kind == "overdue_1"
    assert "Jetzt senden" not in client.get(reverse("letters")).text, "it is on its way"


def test_what_is_announced_and_not_late_yet_cannot_be_sent_before(client, desk, reminding, case, north, anna):
    loan = lend(case, north, anna, desk, days=2)
    told_before(loan, 0)

    seen = page(client, desk, "letters")

    assert "Erinnerung" in seen
    assert "Jetzt senden" not in seen


def told_before(loan: Loan, *steps: int) -> None:
    """These steps have gone out long ago."""
    due_at = as_fact(loan.due_at)
    for step in steps:
        letters.intend(f"overdue_{step}" if step else "due_soon", loan, loan.responsible, step=step, due_at=due_at)
    Intent.objects.update(needs_release=False)
    writing.write()
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=20))
