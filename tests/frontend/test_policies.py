"""Regeln der Ausleihe: what a rule comes to stands beside it before it holds."""

from datetime import time, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from lending.calendars import calendar_of
from lending.due_dates import at, next_open_day
from lending.models import Policy
from lending.policies import terms, usual_terms
from lending.reservations import Wish, place
from people.models import SchoolHoliday

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client, manager):
    client.force_login(manager)
    return client


def test_the_page_says_what_the_rules_come_to(head, center):
    page = head.get(reverse("policies")).text

    assert "Eine Lehrkraft einer Grundschule, die am" in page
    assert "Grund: 14 Tage" in page


def test_it_says_so_while_one_types_and_keeps_nothing(head, center):
    part = head.post(reverse("policies"), {"loan_days": "7"}, headers={"HX-Request": "true"})

    assert "Grund: 7 Tage" in part.text
    assert "<html" not in part.text
    assert not Policy.objects.exists()


def test_without_scripts_a_button_shows_it(head, center):
    page = head.post(reverse("policies"), {"loan_days": "10", "day_kind": "working", "look": "1"})

    assert page.status_code == 200
    assert "Grund: 10 Arbeitstage" in page.text
    assert not Policy.objects.exists()


def test_the_reason_names_the_holidays(head, center):
    today = timezone.localdate()
    SchoolHoliday.objects.create(
        center=center, name="Herbstferien", starts_on=today + timedelta(days=20), ends_on=today + timedelta(days=33)
    )

    page = head.post(reverse("policies"), {"counts_holidays": "no", "look": "1"}).text

    assert "ohne Herbstferien" in page


def test_a_preset_fills_the_fields_and_keeps_nothing(head, center):
    page = head.get(reverse("policies"), {"preset": "erlangen"})

    assert page.context["form"]["loan_days"].value() == 10
    assert page.context["form"]["day_kind"].value() == "school"
    assert not Policy.objects.exists()


def test_every_field_is_kept(head, center, north):
    said = {
        "loan_days": "10", "day_kind": "school", "counts_holidays": "no", "is_back_before_summer": "yes",
        "lead_days": "2", "max_renewals": "3", "needs_approval": "yes", "remind_days_after": "2, 5,9",
        "pickup_time": "09:30", "return_time": "11:00", "horizon_days": "200", "max_days": "20", "renewal_days": "5",
        "max_items": "4", "needs_briefing": "yes", "answer_days": "3", "preparation_days": "1",
        "turnaround_days": "1", "no_show_days": "3", "remind_days_before": "0", "offer_days": "2",
        "max_notices": "3", "keep": "1",
    }  # fmt: skip

    assert head.post(reverse("policies"), said).status_code == 303

    resolved = usual_terms(north)
    for name, value in said.items() - {("keep", "1")}:
        kept = getattr(resolved, name)
        if isinstance(kept, bool):
            assert kept == (value == "yes"), name
        elif isinstance(kept, list):
            assert kept == [2, 5, 9]
        else:
            assert (f"{kept:%H:%M}" if hasattr(kept, "hour") else str(kept)) == value, name


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"loan_days": "0"}, "Mindestens 1."),
        ({"loan_days": "4000"}, "Höchstens 366."),
        ({"loan_days": "vierzehn"}, "ganze Zahl"),
        ({"remind_days_after": "3; acht"}, "Bitte Zahlen mit Komma dazwischen"),
        ({"remind_days_after": "8, 3"}, "aufsteigende Zahlen"),
        ({"pickup_time": "morgens"}, "geben Sie eine Uhrzeit ein"),
        ({"day_kind": "lunar"}, "steht nicht zur Wahl"),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence(head, center, said, sentence):
    answer = head.post(reverse("policies"), {**said, "keep": "1"})

    assert answer.status_code in {400, 422}
    assert sentence in answer.text
    assert not Policy.objects.exists()


def test_an_exception_for_an_article_is_made_changed_and_dropped(head, center, case, north):
    head.post(reverse("policy_new"), {"product": case.pk, "loan_days": "7", "keep": "1"})
    row = Policy.objects.get(product=case)
    page = head.get(reverse("policies")).text
    assert str(case) in page
    assert "Leihfrist (Tage): 7" in page

    head.post(reverse("policy", args=[row.pk]), {"loan_days": "8", "keep": "1"})
    assert terms(case, north).loan_days == 8

    head.post(reverse("policy_drop", args=[row.pk]))
    assert terms(case, north).loan_days == 14


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"loan_days": "7"}, "wofür die Ausnahme gilt"),
        ({"institution_kind": "kita"}, "mindestens ein Feld"),
        ({"product": "x", "loan_days": "7"}, "steht nicht (mehr) zur Wahl"),
    ],
)
def test_an_exception_needs_a_case_and_a_rule(head, center, said, sentence):
    answer = head.post(reverse("policy_new"), {**said, "keep": "1"})

    assert answer.status_code in {400, 422}
    assert sentence in answer.text


def test_an_article_of_another_centre_cannot_be_named(head, center, foreign_case):
    answer = head.post(reverse("policy_new"), {"product": foreign_case.pk, "loan_days": "7", "keep": "1"})

    assert answer.status_code == 422
    assert not Policy.objects.exists()


def test_who_would_be_short_is_named_before_it_is_kept(head, center, case, north, south, manager):
    calendar = calendar_of(center)
    days = [next_open_day(timezone.localdate() + timedelta(days=7), calendar)]
    for _ in range(2):
        days.append(next_open_day(days[-1], calendar))
    moments = [at(day, time(10)) for day in days]
    for school, (start, end) in zip((north, south), pairwise(moments), strict=True):
        place(school, wishes=[Wish(case, 1)], starts_at=start, ends_at=end, by=manager)

    page = head.post(reverse("policies"), {"turnaround_days": "1", "keep": "1"})
    assert "Danach fehlen Geräte für" in page.text
    assert "Trotzdem speichern" in page.text
    assert not Policy.objects.exists()

    kept = head.post(reverse("policies"), {"turnaround_days": "1", "keep": "1", "confirmed": "1"})
    assert kept.status_code == 303


def test_the_desk_keeps_no_rules(client, desk, center):
    client.force_login(desk)

    assert client.get(reverse("policies")).status_code == 403
