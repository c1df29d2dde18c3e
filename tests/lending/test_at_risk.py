"""What is promised and cannot be kept stands on the worklist, with what helps; it heals by itself."""

import pytest

from inventory.models import Item, Part, Product
from lending import counting
from lending.at_risk import at_risk, help_out, prepare_letter, proposals, swap
from lending.models import Allocation, Line
from lending.outages import return_to_service, take_out_of_service
from lending.refusals import NoLongerPlanned, UnitIsNeeded
from lending.reservations import Wish, make_ready, place
from people.models import Intent, JournalEntry
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def headsets(center, robots) -> Product:
    """Three cases of eight headsets each, lendable from six."""
    made = Product.objects.create(center=center, category=robots, name="VR-Koffer", kind="kit")
    Part.objects.create(center=center, product=made, name="VR-Brillen", quantity=8, minimum=6)
    Part.objects.create(center=center, product=made, name="Ladegerät", quantity=1, minimum=0)
    for number in range(1, 4):
        made.items.create(center=center, asset_number=f"VR-{number}")
    return made


def risks(now=NOW):
    return at_risk(Line.objects.all(), now)


def helps(now=NOW) -> list[str]:
    (risk,) = risks(now)
    return [it.kind for it in proposals(risk, now)]


def choose(kind: str, by, now=NOW):
    (risk,) = risks(now)
    found = next(it for it in proposals(risk, now) if it.kind == kind)
    return help_out(risk.line, found, by=by, now=now)


def broken(product, number: int, by, **more):
    items = list(Item.objects.filter(product=product, outage__isnull=True).order_by("pk")[:number])
    return [take_out_of_service(item, reason="repair", by=by, now=NOW, **more) for item in items]


def test_as_long_as_all_is_well_nothing_is_at_risk(cases, north, anna):
    reserve(cases, 2, NEXT_WEEK, north, anna)
    assert risks() == []


def test_a_shortfall_is_at_risk_with_its_reason_and_heals_by_itself(cases, north, anna, desk):
    reserve(cases, 4, NEXT_WEEK, north, anna)
    outages = broken(cases, 2, desk)

    (risk,) = risks()
    assert (risk.missing, risk.reason) == (1, "in Reparatur")
    return_to_service(outages[0], by=desk, now=NOW)
    assert risks() == []


def test_fewer_is_one_click(cases, north, anna, desk):
    reservation = reserve(cases, 4, NEXT_WEEK, north, anna)
    broken(cases, 2, desk)

    choose("fewer", desk)

    line = reservation.lines.get()
    assert (line.quantity, line.shortfall, Allocation.objects.filter(line=line).count()) == (3, 0, 3)
    assert risks() == []


def test_other_days_are_one_click(cases, north, anna, desk):
    reservation = reserve(cases, 5, NEXT_WEEK, north, anna)
    broken(cases, 1, desk, expected_end_at=at(10))

    choose("later", desk)

    assert reservation.lines.get().starts_at >= at(10)
    assert risks() == []


def test_something_similar_takes_the_place_of_what_is_missing(case, cases, north, anna, desk):
    reservation = reserve(cases, 5, NEXT_WEEK, north, anna)
    broken(cases, 1, desk)

    choose("similar", desk)

    assert sorted(reservation.lines.values_list("product", "quantity")) == sorted([(cases.pk, 4), (case.pk, 1)])
    assert risks() == []


def test_seven_of_eight_is_at_risk_only_for_who_needs_eight(headsets, north, south, anna, bert, desk):
    two = [(NEXT_WEEK, north, anna, None), (WEEK_AFTER, south, bert, 8)]
    for period, school, person, pieces in two:
        wishes = [Wish(headsets, 1, pieces=pieces)]
        place(school, wishes=wishes, starts_at=period[0], ends_at=period[1], by=person, responsible=person, now=NOW)
    unit = Item.objects.get(asset_number="VR-1")
    counting.count(unit, {headsets.parts.get(name="VR-Brillen"): 7}, by=desk, now=NOW)

    (risk,) = risks()
    assert risk.line.reservation.institution == south
    assert str(risk.too_few[0][1]) == "7 von 8 VR-Brillen"
    assert [it.name for it in proposals(risk, NOW)] == ["VR-2 (8 von 8 VR-Brillen)"]

    choose("swap", desk)
    assert risks() == []
    row = Allocation.objects.get(line=risk.line)
    assert (row.item.asset_number, row.pinned) == ("VR-2", True)


def test_a_spare_headset_heals_it(headsets, south, bert, desk):
    wishes = [Wish(headsets, 1, pieces=8)]
    place(south, wishes=wishes, starts_at=NEXT_WEEK[0], ends_at=NEXT_WEEK[1], by=bert, now=NOW)
    part = headsets.parts.get(name="VR-Brillen")
    for item in headsets.items.all():
        counting.count(item, {part: 7}, by=desk, now=NOW)
    assert helps() == []

    counting.count(Item.objects.get(asset_number="VR-1"), {part: 8}, by=desk, now=NOW)
    assert risks() == []


def test_a_unit_that_somebody_has_packed_is_not_taken_away(headsets, north, south, anna, bert, desk):
    packed = reserve(headsets, 2, NEXT_WEEK, north, anna)
    make_ready(packed, by=desk, now=NOW)
    mine = reserve(headsets, 1, NEXT_WEEK, south, bert).lines.get()
    row = Allocation.objects.get(line=mine)

    with pytest.raises(UnitIsNeeded):
        swap(mine, row.pk, Allocation.objects.filter(line__reservation=packed).first().item, by=desk, now=NOW)
    with pytest.raises(NoLongerPlanned):
        swap(mine, row.pk + 1000, row.item, by=desk, now=NOW)
    assert Allocation.objects.get(pk=row.pk).item == row.item


def test_a_swap_moves_whoever_is_planned_there(headsets, north, south, anna, bert, desk):
    mine, other = reserve(headsets, 1, NEXT_WEEK, north, anna), reserve(headsets, 1, NEXT_WEEK, south, bert)
    row, theirs = (Allocation.objects.get(line__reservation=it) for it in (mine, other))

    swap(mine.lines.get(), row.pk, theirs.item, by=desk, now=NOW)

    row.refresh_from_db()
    assert row.item == theirs.item
    assert Allocation.objects.get(pk=theirs.pk).item not in (theirs.item, None)
    assert JournalEntry.objects.filter(verb="allocation.swapped").exists()


def test_the_letter_waits_for_a_person_and_is_withdrawn_when_it_heals(cases, north, anna, desk):
    reserve(cases, 5, NEXT_WEEK, north, anna)
    (outage,) = broken(cases, 1, desk)
    (risk,) = risks()

    intent = prepare_letter(risk.line, by=desk)
    assert (intent.kind, intent.needs_release, intent.released_at) == ("cannot_be_kept", True, None)

    return_to_service(outage, by=desk, now=NOW)
    assert not Intent.objects.current().filter(kind="cannot_be_kept").exists()
