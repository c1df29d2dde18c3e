"""What the verbs of lending tell, and to whom."""

from datetime import timedelta

import pytest

from inventory.models import Part
from lending.handovers import finish, hand_over, open_handover
from lending.models import Policy
from lending.reservations import change
from lending.returns import take_back
from people.letters import writing
from people.models import Closure, Intent, Letter
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve


def written(now=NOW) -> list[str]:
    writing.write(now=now)
    subjects = list(Letter.objects.filter(sent_at=None).order_by("pk").values_list("subject", flat=True))
    Letter.objects.update(sent_at=now)
    return subjects


@pytest.fixture
def reservation(case, north, anna):
    return reserve(case, 1, NEXT_WEEK, north, anna)


def test_a_reservation_is_confirmed_at_once(reservation):
    assert written() == [f"Reservierung {reservation.number} ist bestätigt"]


def test_every_change_is_told(reservation, anna):
    written()
    for days in (3, 4):
        change(reservation, ends_at=NEXT_WEEK[1] + timedelta(days=days), by=anna, now=NOW)
        assert written() == [f"Reservierung {reservation.number} ist geändert"]


def test_a_slip_is_sent_with_everything_on_it(cases, north, anna, desk):
    handover = open_handover(north, by=desk, responsible=anna, now=NOW)
    for item in cases.items.all()[:2]:
        hand_over(handover, item, by=desk, now=NOW)
    finish(handover, by=desk, now=NOW)

    assert written() == [f"Ausgeliehen: Leihschein {handover.number}"]
    listed = next(block["list"] for block in Letter.objects.get().body if "list" in block)
    assert listed == ["Calliope Klassensatz MZ-0011", "Calliope Klassensatz MZ-0012"]


def test_a_missing_part_is_asked_for_with_a_day(case, north, anna, desk):
    charger = Part.objects.create(center=case.center, product=case, name="Ladegerät")
    handover = open_handover(north, by=desk, responsible=anna, now=NOW)
    hand_over(handover, case.items.get(), by=desk, now=NOW)
    finish(handover, by=desk, now=NOW)
    written()

    take_back(case.items.get(), missing={charger: 1}, by=desk, now=at(8))

    assert written(at(8)) == ["Beim Auspacken fehlte etwas: Bee-Bot Set"]
    assert Intent.objects.get(kind="part_missing").facts["until_on"] == "2027-03-15"


def test_a_confirmation_says_why_it_is_due_then(case, north, anna):
    reserve(case, 1, (at(8), at(22)), north, anna)
    assert reasons_told("reservation_approved") == ["period"]


def test_who_chose_the_day_is_told_so(reservation):
    assert reasons_told("reservation_approved") == ["wished"]


def test_a_slip_says_why_it_is_due_then(cases, reservation, north, anna, desk):
    handover = open_handover(north, by=desk, responsible=anna, now=NOW)
    hand_over(handover, cases.items.first(), by=desk, now=NOW)
    finish(handover, by=desk, now=NOW)

    assert reasons_told("handed_over") == ["period"]


def test_a_request_names_the_open_day_of_the_answer(case, center, north, anna):
    Policy.objects.create(center=center, needs_approval=True)
    Closure.objects.create(center=center, starts_on=at(4).date(), ends_on=at(4).date(), reason="Betriebsausflug")

    asked = reserve(case, 1, NEXT_WEEK, north, anna)

    assert asked.answer_on == at(5).date()
    assert Intent.objects.get(kind="reservation_requested").facts["answer_on"] == "2027-03-05"


def test_the_centre_says_how_long_an_answer_takes(case, center, north, anna):
    Policy.objects.create(center=center, needs_approval=True, answer_days=3)

    assert reserve(case, 1, NEXT_WEEK, north, anna).answer_on == at(8).date()


def test_what_is_promised_at_once_needs_no_answer(reservation):
    assert reservation.answer_on is None


def reasons_told(kind: str) -> list[str]:
    return [reason["code"] for reason in Intent.objects.get(kind=kind).facts["due_reasons"]]
