"""The slip on paper: two copies that say what was given along, until when, and why until then."""

from datetime import date

import pytest

from inventory import items, labels, products
from inventory.fitness import count_parts
from inventory.products import PackingLine
from leihwerk.tokens import spoken
from lending import slips
from lending.handovers import add_extra, hand_over, open_handover, undo
from lending.models import Handover, Loan
from lending.reasons import why_due
from lending.renewals import renew
from lending.scanning import resolve
from people.models import Closure, Contact
from tests import pages
from tests.lending.shorthand import NEXT_WEEK, at, reserve

MONDAY = at(8)


@pytest.fixture
def packed(case, manager):
    return products.edit(case, by=manager, quick_guide="Zuerst laden.\nDann den grünen Knopf drücken.", packing_list=[
        PackingLine("Bee-Bot", 6, 4), PackingLine("Ladestation"),
    ])  # fmt: skip


@pytest.fixture
def handover(packed, center, north, desk) -> Handover:
    """A phone call's case for Frau Meier, with two cables, collected by somebody else."""
    contact = Contact.objects.create(center=center, institution=north, name="Frau Meier", phone="0214 77")
    handover = open_handover(north, by=desk, contact=contact, collected_by="Herr Kurz", identity_shown=True, now=MONDAY)
    hand_over(handover, packed.items.get(), by=desk, now=MONDAY)
    add_extra(handover, name="Verlängerungskabel", quantity=2, by=desk)
    return handover


def test_both_copies_say_who_has_what_until_when(handover, desk):
    item = handover.loans.get().item
    number = spoken(str(labels.issue(item, by=desk).number))

    copies = pages.texts(slips.pdf(handover))

    assert len(copies) == 2
    for text in copies:
        for said in (
            handover.number, number, "Bee-Bot Set", "MZ-0001", "6 × Bee-Bot", "1 × Ladestation",
            "Grundschule Nord", "Schulnummer 100001", "Frau Meier", "0214 77", "Herr Kurz", "Ausweis gesehen",
            "Montag, 8. März 2027, 10:00 Uhr", "2 × Verlängerungskabel",
            "Zurück bis Montag, 22. März 2027, 10:00 Uhr", "14 Tage", "Unterschrift", "Medienzentrum Musterstadt",
        ):  # fmt: skip
            assert said in text, said
    assert "grünen Knopf" in copies[0]
    assert "für die Einrichtung" in copies[0]
    assert "für das Medienzentrum" in copies[1]


def test_its_code_is_the_slip(handover, desk):
    for picture in pages.pictures(slips.pdf(handover)):
        [code] = pages.codes(picture)
        assert resolve(code.says, user=desk).object == handover


def test_what_is_missing_from_a_case_is_not_promised(handover, desk):
    item = handover.loans.get().item
    count_parts(item, {item.product.parts.get(name="Bee-Bot"): 5}, by=desk)

    assert "5 von 6 × Bee-Bot" in pages.texts(slips.pdf(handover))[0]


def test_an_undone_scan_is_not_on_the_slip(handover, desk):
    undo(handover.loans.get(), by=desk, now=MONDAY)

    assert "Bee-Bot" not in pages.texts(slips.pdf(handover))[0]


def test_thirty_cases_with_long_lists_run_over_several_pages(center, robots, north, desk, manager):
    product = products.add(
        center, by=manager, category=robots, name="Robotik-Koffer " * 8, quick_guide="Zeile\n" * 40,
        packing_list=[PackingLine(f"Bauteil {number}", number) for number in range(1, 30)],
    )  # fmt: skip
    handover = open_handover(north, by=desk, now=MONDAY)
    for item in items.add(product, count=12, first_number="RK-01", by=manager):
        hand_over(handover, item, by=desk, now=MONDAY)

    texts = pages.texts(slips.pdf(handover))

    assert all(f"RK-{number:02}" in " ".join(texts) for number in range(1, 13))
    assert sum("Ausfertigung für die Einrichtung" in text for text in texts) > 2


def test_a_due_date_tells_its_reason(handover, cases, center, north, anna, desk):
    loan = handover.loans.get()
    assert why_due(loan) == "14 Tage"

    Closure.objects.create(center=center, starts_on=date(2027, 3, 22), ends_on=date(2027, 3, 23), reason="Inventur")
    closed = _lend(cases, 0, north, desk)
    assert closed.due_at == at(24)
    assert why_due(closed) == "14 Tage; am Mo, 22.3. haben wir geschlossen (Inventur)"
    assert why_due(_lend(cases, 1, north, desk, due_at=at(10))) == "so vereinbart"
    reservation = reserve(cases, 1, NEXT_WEEK, north, anna)
    assert why_due(_lend(cases, 2, north, desk, reservation=reservation)) == f"wie reserviert, {reservation.number}"
    assert why_due(renew(loan, until=at(25), by=desk, now=MONDAY)) == "verlängert"


def test_a_courier_tour_is_a_reason(cases, north, desk):
    north.tour_day = 2
    north.save()

    assert why_due(_lend(cases, 0, north, desk)) == "14 Tage; der Kurier kommt am Mi, 24.3."


def _lend(product, position, institution, desk, **more) -> Loan:
    handover = open_handover(institution, by=desk, now=MONDAY, **more)
    return hand_over(handover, product.items.all()[position], by=desk, now=MONDAY)
