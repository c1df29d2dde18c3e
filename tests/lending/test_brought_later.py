"""A missing part turns up: whoever was asked for it is thanked, whoever was not yet is not asked any more."""

import pytest
from django.db import connection

from inventory.models import Item, Part
from lending import findings
from lending.handovers import hand_over_together
from lending.models import Finding
from lending.returns import take_back
from people.letters import blocks, writing
from people.models import Intent, Letter
from tests.lending.shorthand import NOW, at
from tests.lock_order import LockOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(case) -> Item:
    return case.items.get()


@pytest.fixture
def charger(case) -> Part:
    return Part.objects.create(center=case.center, product=case, name="Ladegerät", quantity=2)


@pytest.fixture
def cable(case) -> Part:
    return Part.objects.create(center=case.center, product=case, name="Kabel", quantity=4)


@pytest.fixture
def back(unit, north, anna, desk, charger, cable):
    """The case came back without a charger and two cables."""
    hand_over_together(north, items=[unit], by=desk, responsible=anna, due_at=at(5), now=NOW)
    return take_back(unit, by=desk, missing={charger: 1, cable: 2}, now=at(5))


def asked() -> None:
    """What is due goes out."""
    writing.write(now=at(5))
    Letter.objects.update(sent_at=at(5))


LATER = at(8)


def bring(part: Part, desk, *, now=LATER) -> None:
    findings.bring_later(Finding.objects.get(part=part), by=desk, now=now)


def thanks() -> list[str]:
    """The thank-you letters that wait."""
    writing.write(now=at(8))
    letters = Letter.objects.filter(intents__kind="later_delivered", sent_at=None)
    return [" ".join(blocks.as_text(letter.body).split()) for letter in letters.order_by("pk").distinct()]


def test_who_was_asked_is_thanked_and_told_what_is_still_missing(back, desk, charger, cable):
    asked()

    bring(charger, desk)

    (letter,) = thanks()
    assert "Danke fürs Nachreichen: 1 × Ladegerät aus Bee-Bot Set MZ-0001 ist bei uns angekommen." in letter
    assert "Es fehlt noch: 2 × Kabel." in letter
    assert "alles wieder da" not in letter
    assert Intent.objects.current().filter(kind="part_missing").exists()


def test_with_the_last_part_nothing_is_open_any_more(back, desk, charger, cable):
    asked()
    bring(charger, desk)
    bring(cable, desk)

    (letter,) = thanks()
    assert "Danke fürs Nachreichen: 1 × Ladegerät, 2 × Kabel aus Bee-Bot Set MZ-0001" in letter
    assert "fehlt noch" not in letter
    assert "Damit ist alles wieder da." in letter
    assert not Intent.objects.current().filter(kind="part_missing").exists()


def test_who_was_not_asked_yet_is_asked_for_the_rest_only(back, desk, charger, cable):
    writing.write(now=at(5))  # written, and not sent

    bring(charger, desk, now=at(5))

    waiting = Intent.objects.current().get(kind="part_missing")
    assert waiting.facts["parts"] == [{"name": "Kabel", "quantity": 2}]
    assert waiting.letter is None
    assert thanks() == []


def test_what_turned_up_before_anybody_was_asked_is_not_mentioned(back, desk, charger, cable):
    bring(charger, desk, now=at(5))
    bring(cable, desk, now=at(5))

    assert not Intent.objects.current().filter(kind="part_missing").exists()
    assert thanks() == []


def test_saying_it_twice_thanks_once(back, desk, charger, cable):
    asked()
    finding = Finding.objects.get(part=charger)
    for _ in range(2):
        findings.bring_later(finding, by=desk, now=at(8))

    assert len(thanks()) == 1


def test_the_gate_is_asked_before_the_finding_is_locked(back, desk, charger):
    order = LockOrder()
    with connection.execute_wrapper(order):
        bring(charger, desk)

    assert (order.verbs, order.offences) == (1, [])


def test_an_id_beyond_a_small_number_still_makes_a_letter(back, desk, charger, cable):
    """A step may be an id; a smallint ended the thanks of a busy centre at 32,767 findings."""
    asked()
    Finding.objects.filter(part=charger).update(id=40_000)

    bring(charger, desk)

    assert Intent.objects.get(kind="later_delivered").step == 40_000
