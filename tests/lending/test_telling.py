"""What the verbs of lending tell, and to whom."""

from datetime import timedelta

import pytest

from inventory.models import Part
from lending.handovers import finish, hand_over, open_handover
from lending.reservations import extend
from lending.returns import take_back
from people.letters import writing
from people.models import Intent, Letter
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
    for days in (1, 2):
        extend(reservation, until=NEXT_WEEK[1] + timedelta(days=days), by=anna, now=NOW)
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
