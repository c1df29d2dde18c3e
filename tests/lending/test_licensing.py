"""The licence of a bundle goes with its line: held while the line is, for its period, and free when it is over."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction

import licenses.renewals
from inventory.models import Item, Product
from lending import rules
from lending.bundles import Licensed, compose
from lending.handovers import hand_over, open_handover
from lending.models import Policy, State
from lending.refusals import EarlierPromiseIsGone, ForeignThing
from lending.renewals import renew
from lending.reservations import LineChange, Wish, accept, approve, cancel, change, place, reject, repeat, split
from lending.reservations.lapsing import release_no_shows
from lending.reservations.waiting import offer
from lending.returns import take_back
from licenses.errors import LicenseEndsBefore, NoSlotThen, NotLicensedThen
from licenses.models import Medium, Seat
from people.models import Membership
from tests.lending.shorthand import NEXT_WEEK, NOW, at, broken, reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def slots(entitled):
    """Three at once."""
    return entitled(capacity_kind="concurrent", capacity=3, permitted=["run"])


@pytest.fixture
def room(center, robots) -> Product:
    made = Product.objects.create(center=center, category=robots, name="Medienstudio", kind="room")
    Item.objects.create(center=center, product=made, asset_number="MZ-0090")
    return made


@pytest.fixture
def book(slots, cases, film, north, anna):
    """So many sets, each with one slot."""

    def booked(units=1, days=NEXT_WEEK, *, school=north, by=anna, each=1, **more):
        wishes = [Wish(cases, units, medium=film, slots=each)]
        return place(school, wishes=wishes, starts_at=days[0], ends_at=days[1], by=by, responsible=by, now=NOW, **more)

    return booked


def kept() -> list[tuple[object, object]]:
    return sorted(Seat.objects.held().kept().values_list("held_at", "expires_at"))


def test_each_unit_comes_with_its_slots_for_the_period_of_the_line(book, north):
    reservation = book(1, each=2)

    line = reservation.lines.get()
    assert kept() == [(line.starts_at, line.ends_at)] * 2
    assert set(Seat.objects.values_list("institution", "kept_for")) == {(north.pk, line.pk)}


def test_without_a_slot_nothing_is_reserved(book, cases, south, bert):
    book(3)

    with pytest.raises(NoSlotThen, match="Für „Der Wasserkreislauf“ aus dem Paket ist vom"), transaction.atomic():
        book(1, school=south, by=bert)
    assert reserve(cases, 2, NEXT_WEEK, south, bert).state == State.APPROVED


def test_what_is_not_licensed_all_that_time_is_refused(book, period):
    period.ends_on = at(10).date()
    period.save()

    with pytest.raises(LicenseEndsBefore):
        book()
    with pytest.raises(NotLicensedThen):
        book(days=(at(11), at(12)))
    assert not kept()
    licenses.renewals.renew(period, by=None)
    book()
    assert (len(kept()), broken()) == (2, []), "a part in each period"


def test_what_is_only_asked_for_holds_no_slot_until_it_is_approved(book, anna, north, manager):
    Membership.objects.filter(user=anna, institution=north).update(activated_at=None)

    reservation = book(2)
    assert (reservation.state, kept()) == (State.SUBMITTED, [])

    approve(reservation, by=manager, now=NOW)
    assert len(kept()) == 2


def test_a_request_holds_its_slots_and_a_rejection_frees_them(book, manager, cases):
    Policy.objects.create(center=cases.center, needs_approval=True)
    reservation = book(2)
    assert (reservation.state, len(kept())) == (State.REQUESTED, 2)

    reject(reservation, reason="Diesmal nicht.", by=manager, now=NOW)

    assert not kept()


def test_the_slots_go_along_when_days_and_quantities_change(book, anna):
    reservation = book(2)
    (line,) = reservation.lines.all()

    change(reservation, lines={line.pk: LineChange(quantity=3, ends_at=at(15))}, by=anna, now=NOW)
    assert kept() == [(line.starts_at, at(15))] * 3
    change(reservation, lines={line.pk: LineChange(quantity=1)}, by=anna, now=NOW)
    assert kept() == [(line.starts_at, at(15))]


def test_a_change_without_a_slot_changes_nothing(book, anna, south, bert):
    reservation = book(2)
    book(1, school=south, by=bert)
    (line,) = reservation.lines.all()

    with pytest.raises(NoSlotThen), transaction.atomic():
        change(reservation, lines={line.pk: LineChange(quantity=3)}, by=anna, now=NOW)
    line.refresh_from_db()
    assert (line.quantity, len(kept())) == (2, 3)


def test_a_line_that_is_dropped_frees_its_slots(book, anna, case):
    reservation = book(2)
    (line,) = reservation.lines.all()

    change(reservation, lines={line.pk: LineChange(quantity=0)}, add=[Wish(case, 1)], by=anna, now=NOW)

    assert not kept()


def test_a_rejected_change_has_its_slots_again(book, anna, manager, cases):
    reservation = book(2)
    Policy.objects.create(center=cases.center, needs_approval=True)
    (line,) = reservation.lines.all()
    before = kept()

    change(reservation, lines={line.pk: LineChange(quantity=3)}, by=anna, now=NOW)
    assert len(kept()) == 3
    reject(reservation, reason="Zwei genügen.", by=manager, now=NOW)

    assert kept() == before


def test_a_dropped_line_that_is_promised_again_comes_with_its_licence(book, anna, manager, case, cases, film):
    reservation = book(2)
    Policy.objects.create(center=cases.center, needs_approval=True)
    (line,) = reservation.lines.all()
    before = kept()

    change(reservation, lines={line.pk: LineChange(quantity=0)}, add=[Wish(case, 1)], by=anna, now=NOW)
    assert not kept()
    reservation.refresh_from_db()
    reject(reservation, reason="Bitte so wie zuerst.", by=manager, now=NOW)

    assert reservation.lines.get().medium == film
    assert kept() == before


def test_an_earlier_promise_without_its_slots_cannot_be_kept(book, anna, bert, south, manager, case, cases):
    reservation = book(2)
    Policy.objects.create(center=cases.center, needs_approval=True)
    (line,) = reservation.lines.all()
    change(reservation, lines={line.pk: LineChange(quantity=0)}, add=[Wish(case, 1)], by=anna, now=NOW)
    book(2, school=south, by=bert)
    reservation.refresh_from_db()

    with pytest.raises(EarlierPromiseIsGone, match="Lizenzplatz"):
        reject(reservation, reason="Bitte so wie zuerst.", by=manager, now=NOW)


def test_each_part_of_a_split_reservation_has_its_own(book, anna, film):
    reservation = book(3)
    (line,) = reservation.lines.all()

    new = split(reservation, units={line.pk: 1}, by=anna, now=NOW)

    assert new.lines.get().medium == film
    assert Counter(Seat.objects.held().values_list("kept_for", flat=True)) == {line.pk: 2, new.lines.get().pk: 1}
    cancel(new, by=anna, now=NOW)
    assert len(kept()) == 2


def test_what_is_not_collected_frees_its_slots(book):
    reservation = book(2)

    release_no_shows(reservation, now=at(11))

    assert not kept()


def test_each_unit_that_is_back_frees_its_slots_and_a_renewal_takes_them_along(book, anna, desk, slots, south, bert):
    reservation = book(2)
    first, second = (row.item for row in reservation.lines.get().allocations.all())
    visit = open_handover(reservation.institution, reservation=reservation, by=desk, now=at(8))
    loans = [hand_over(visit, item, by=desk, now=at(8, 10)) for item in (first, second)]
    due = loans[1].due_at

    take_back(first, by=desk, now=at(9))
    assert [end for _, end in kept()] == [due]

    renewed = renew(loans[1], by=desk, now=at(10))
    assert [end for _, end in kept()] == [renewed.due_at]
    assert renewed.due_at > due

    take_back(second, by=desk, now=at(11))
    assert not kept()


def test_who_waits_is_not_told_of_units_without_a_slot(book, cases, anna, bert, south, north):
    Policy.objects.create(center=cases.center, offer_days=0)
    taken = reserve(cases, 5, NEXT_WEEK, south, bert)
    waiting = book(1, NEXT_WEEK, may_wait=True)
    assert waiting.state == State.WAITLISTED
    cancel(taken, by=bert, now=NOW)
    blocking = book(3, NEXT_WEEK, school=south, by=bert)

    with pytest.raises(NoSlotThen):
        offer(waiting, now=NOW)
    with pytest.raises(NoSlotThen):
        accept(waiting, by=anna, now=NOW)
    cancel(blocking, by=bert, now=NOW)
    assert offer(waiting, now=NOW).told_free_at == NOW
    assert not kept()
    accept(waiting, by=anna, now=NOW)
    assert len(kept()) == 1


def test_dates_of_a_series_come_about_where_it_is_licensed(slots, room, film, north, anna, period):
    period.ends_on = at(17).date()
    period.save()
    wish = Wish(room, 1, medium=film)

    made = repeat(
        north, rule="FREQ=WEEKLY;COUNT=3", wishes=[wish], starts_at=at(9, 10), ends_at=at(9, 12), by=anna, now=NOW
    )

    assert (len(made.placed), len(made.missed)) == (2, 1)
    assert len(kept()) == 2


def test_a_foreign_medium_comes_with_nothing(center, neighbor, cases, manager, north, anna):
    foreign = Medium(pk=4711, center=neighbor, number="1", title="Fremd", kind="online_film")

    with pytest.raises(ForeignThing):
        compose(center, name="Fremd", lines={cases: 1}, licensed={cases: Licensed(foreign)}, by=manager)
    with pytest.raises(ForeignThing):
        place(north, wishes=[Wish(cases, 1, medium=foreign)], starts_at=at(8), ends_at=at(9), by=anna, now=NOW)


def test_the_doctor_sees_slots_that_nobody_has_any_more(book):
    reservation = book(2)
    assert broken() == []

    reservation.lines.update(slots=2)
    assert broken() == ["slots_are_kept_for_lines"]
    Seat.objects.update(kept_for=4711)
    assert broken() == ["slots_are_kept_for_lines"]


def test_a_closing_day_takes_the_slots_along_where_it_can(book, case, film, manager, bert, south):
    """The return moves from Tuesday to Wednesday; where somebody else has the slot by then, it stays as it was."""
    moved = book(1, (at(4), at(9)))
    stays = book(2, (at(4), at(9)))
    blocking = place(south, wishes=[Wish(case, 1, medium=film, slots=2)], starts_at=at(9, 11), ends_at=at(12), by=bert,
                     responsible=bert, now=NOW)  # fmt: skip
    assert len(kept()) == 5

    rules.close(moved.center, starts_on=date(2027, 3, 9), ends_on=date(2027, 3, 9), reason="Krankheit", by=manager,
                today=NOW.date())  # fmt: skip
    assert rules.follow(moved.center, now=NOW)

    ends = {it.pk: set(Seat.objects.held().filter(kept_for=it.lines.get().pk).values_list("expires_at", flat=True))
            for it in (moved, stays, blocking)}  # fmt: skip
    assert stays.lines.get().ends_at == at(10)
    assert sorted(map(max, (ends[moved.pk], ends[stays.pk]))) == [at(9), at(10)]
    assert broken() == []


def test_less_is_never_refused_though_the_licence_has_ended(book, anna, desk, period):
    """What is out comes back, and what is given up is free, whatever became of the contract meanwhile."""
    reservation, other = book(2), book(1)
    items = [row.item for row in reservation.lines.get().allocations.all()]
    visit = open_handover(reservation.institution, reservation=reservation, by=desk, now=at(8))
    loans = [hand_over(visit, item, by=desk, now=at(8)) for item in items]
    period.ends_on = at(3).date()
    period.save()

    assert take_back(items[0], by=desk, now=at(9)).returned_at == at(9)
    with pytest.raises(NotLicensedThen), transaction.atomic():
        renew(loans[1], by=desk, now=at(9))
    take_back(items[1], by=desk, now=at(9))
    cancel(other, by=anna, now=NOW)

    assert not kept()
