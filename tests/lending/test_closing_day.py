"""The centre stays closed for a day: what was to be collected or brought back moves, and everybody is told once."""

from datetime import date

import pytest

from inventory.models import Item
from lending import rules
from lending.handovers import hand_over, hand_over_together, open_handover
from lending.models import Allocation, Edition, Line, Loan, Policy, Postponement
from lending.reservations import cancel
from people.calendar import Hours
from people.letters import writing
from people.models import Institution, Intent, JournalEntry, Letter, OpeningHours
from tests.conftest import product
from tests.lending.shorthand import NOW, at, reserve

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY = date(2027, 3, 9), date(2027, 3, 10)
SEVEN_TWENTY = at(9, 7)


def close(center, by, day=TUESDAY, until=None, now=SEVEN_TWENTY):
    closure = rules.close(
        center, starts_on=day, ends_on=until or day, reason="Krankheit", by=by, today=min(day, now.date())
    )
    assert rules.follow(center, now=now)
    return closure


def open_again(closure, by, now):
    rules.open_again(closure, by=by, today=now.date())
    assert rules.follow(closure.center, now=now)


def lent(unit, to, by, due_at, **more) -> Loan:
    return hand_over_together(to, items=[unit], by=by, due_at=due_at, now=NOW, **more).loans.get()


def test_a_pickup_moves_to_the_next_open_day_and_its_return_stays(case, north, anna, manager):
    reservation = reserve(case, 1, (at(9), at(12)), north, anna)

    close(north.center, manager)

    reservation.refresh_from_db()
    assert (reservation.starts_at, reservation.ends_at) == (at(10), at(12))
    row = Allocation.objects.holding().get(line__reservation=reservation)
    assert (row.blocked.lower, row.blocked.upper) == (at(10), at(12))


def test_a_return_moves_and_nobody_is_overdue(case, north, anna, manager, desk):
    loan = lent(Item.objects.get(product=case), north, desk, at(9), responsible=anna)

    close(north.center, manager)

    loan.refresh_from_db()
    assert loan.due_at == at(10)
    assert not Loan.objects.overdue(at(9, 15)).exists()
    assert loan.allocation.blocked.upper == at(10)


def test_who_follows_on_the_same_unit_moves_along(case, north, south, anna, bert, manager, desk):
    """One unit: it comes back on Tuesday and goes out on Tuesday again. Both move, and nobody is short."""
    lent(Item.objects.get(product=case), north, desk, at(9), responsible=anna)
    following = reserve(case, 1, (at(9), at(12)), south, bert)

    close(north.center, manager)

    line = following.lines.get()
    assert (line.starts_at, line.shortfall) == (at(10), 0)


def test_who_comes_on_the_next_morning_is_short_when_the_return_moves_into_it(case, north, south, bert, manager, desk):
    """A conflict is listed with its reason, never an exception."""
    Policy.objects.create(center=case.center, product=case, turnaround_days=1)
    lent(Item.objects.get(product=case), north, desk, at(9))
    following = reserve(case, 1, (at(10), at(12)), south, bert)

    close(north.center, manager)

    line = following.lines.get()
    assert (line.shortfall, line.shortfall_reason) == (1, "calendar")


def test_the_courier_comes_on_the_next_tour_day(case, north, manager, desk):
    Institution.objects.filter(pk=north.pk).update(tour_day=1)
    north.refresh_from_db()
    reservation = reserve(case, 1, (at(9), at(23)), north, desk, delivery="courier")

    close(north.center, manager)

    reservation.refresh_from_db()
    assert reservation.starts_at == at(16)


def test_a_room_for_an_hour_goes_where_there_is_room(center, robots, north, south, anna, bert, manager):
    """Wednesday at the same hour is taken, so it is Thursday."""
    studio = product(center, robots, "Studio", units=1, first=90)
    reserve(studio, 1, (at(10, 10), at(10, 12)), south, bert)
    booked = reserve(studio, 1, (at(9, 10), at(9, 12)), north, anna)

    close(center, manager)

    line = booked.lines.get()
    assert (line.starts_at, line.ends_at, line.shortfall) == (at(11, 10), at(11, 12), 0)


def test_what_was_agreed_for_a_closed_day_stays_on_it(case, north, desk, manager):
    """Staff may promise a Saturday; another closure has nothing to do with it."""
    saturday = reserve(case, 1, (at(13), at(15)), north, desk)

    close(north.center, manager)

    saturday.refresh_from_db()
    assert saturday.starts_at == at(13)


def test_days_without_hours_any_more_move_what_falls_on_them(case, north, anna, manager):
    reservation = reserve(case, 1, (at(9), at(12)), north, anna)
    rows = OpeningHours.objects.filter(center=north.center).exclude(weekday=1)
    rules.keep_hours(north.center, [Hours(it.weekday, it.opens, it.closes) for it in rows], by=manager)
    rules.follow(north.center, now=NOW)

    reservation.refresh_from_db()
    assert reservation.starts_at == at(10)


def test_following_twice_changes_nothing(case, north, anna, manager):
    reserve(case, 1, (at(9), at(12)), north, anna)
    close(north.center, manager)
    known = [list(model.objects.values()) for model in (Line, Allocation, Postponement, Intent)]

    assert rules.follow(north.center, now=SEVEN_TWENTY)

    assert [list(model.objects.values()) for model in (Line, Allocation, Postponement, Intent)] == known
    assert not Edition.objects.exists()


def test_killed_after_the_edit_the_next_run_goes_on(case, cases, north, anna, manager):
    one, other = (reserve(it, 1, (at(9), at(12)), north, anna) for it in (case, cases))
    rules.close(north.center, starts_on=TUESDAY, ends_on=TUESDAY, reason="Sturm", by=manager, today=TUESDAY)
    rules.follow_product(min(case.pk, cases.pk), now=SEVEN_TWENTY)  # and then the power fails

    assert rules.centers_behind() == [north.center]
    assert not Intent.objects.filter(kind="closing_day").exists()
    for center in rules.centers_behind():
        rules.follow(center, now=SEVEN_TWENTY)

    assert {line.starts_at for line in Line.objects.all()} == {at(10)}
    assert Intent.objects.filter(kind="closing_day").count() == 2
    assert {it.subject_id for it in Intent.objects.filter(kind="closing_day")} == {one.pk, other.pk}
    assert rules.centers_behind() == []


def test_another_unit_is_taken_when_that_helps(cases, north, south, bert, manager, desk):
    """The return of one unit moves into a promise, and four others are there."""
    Policy.objects.create(center=cases.center, product=cases, turnaround_days=1)
    loan = lent(cases.items.first(), north, desk, at(9))
    promised = reserve(cases, 4, (at(10), at(12)), south, bert)
    row = Allocation.objects.holding().filter(line__reservation=promised).first()
    Allocation.objects.filter(pk=row.pk).update(item=loan.item)

    close(cases.center, manager)

    assert promised.lines.get().shortfall == 0
    assert not Allocation.objects.holding().filter(line__reservation=promised, item=loan.item).exists()


def test_opening_again_takes_back_what_nobody_was_told_of(case, cases, north, south, anna, bert, manager, desk):
    """North's letter has gone out, South's has not."""
    told = reserve(case, 1, (at(9), at(12)), north, anna)
    untold = reserve(cases, 1, (at(9), at(12)), south, bert)
    loan = lent(cases.items.last(), south, desk, at(9), responsible=bert)
    closure = close(north.center, manager)
    writing.write_to(Intent.objects.get(kind="closing_day", user=anna).recipient, now=SEVEN_TWENTY)
    Letter.objects.filter(user=anna).update(sent_at=SEVEN_TWENTY)

    open_again(closure, manager, now=at(9, 12))

    for row in (told, untold, loan):
        row.refresh_from_db()
    assert [told.starts_at, untold.starts_at, loan.due_at] == [at(10), at(9), at(9)]
    assert not Intent.objects.current().filter(kind="closing_day", user=bert).exists()
    assert Intent.objects.current().filter(kind="closing_day", user=anna).exists()


def test_what_cannot_move_back_stays_where_it_is(case, north, south, anna, bert, manager, desk):
    """Meanwhile the unit is out on the old day."""
    reservation = reserve(case, 1, (at(9), at(12)), north, anna)
    closure = close(north.center, manager, now=NOW)
    lent(Item.objects.get(product=case), south, desk, at(9, 15))

    open_again(closure, manager, now=NOW)

    assert (reservation.lines.get().starts_at, reservation.lines.get().shortfall) == (at(10), 0)


def test_a_second_closed_day_moves_it_once_more_and_back(case, north, anna, manager):
    reservation = reserve(case, 1, (at(9), at(12)), north, anna)
    first = close(north.center, manager)
    second = close(north.center, manager, day=WEDNESDAY)
    reservation.refresh_from_db()
    assert reservation.starts_at == at(11)

    open_again(second, manager, now=SEVEN_TWENTY)
    reservation.refresh_from_db()
    assert reservation.starts_at == at(10)

    open_again(first, manager, now=SEVEN_TWENTY)
    reservation.refresh_from_db()
    assert reservation.starts_at == at(9)


def test_what_is_canceled_is_not_told_of(case, north, anna, manager):
    reservation = reserve(case, 1, (at(9), at(12)), north, anna)
    rules.close(north.center, starts_on=TUESDAY, ends_on=TUESDAY, reason="Sturm", by=manager, today=TUESDAY)
    rules.follow_product(case.pk, now=SEVEN_TWENTY)
    cancel(reservation, by=anna, now=SEVEN_TWENTY)

    rules.follow(north.center, now=SEVEN_TWENTY)

    assert not Intent.objects.current().filter(kind="closing_day").exists()


def test_it_is_in_the_journal(case, north, anna, manager):
    reservation = reserve(case, 1, (at(9), at(12)), north, anna)
    closure = close(north.center, manager)
    open_again(closure, manager, now=SEVEN_TWENTY)

    assert set(JournalEntry.objects.about(reservation).values_list("verb", flat=True)) >= {
        "reservation.postponed",
        "reservation.moved_back",
    }
    assert JournalEntry.objects.about(north.center).filter(verb="calendar.closed", by=manager).exists()


def test_what_is_scanned_on_an_open_slip_is_due_when_the_centre_is_open(cases, north, manager, desk):
    first, second = Item.objects.filter(product=cases)[:2]
    slip = open_handover(north, by=desk, due_at=at(9), now=NOW)
    hand_over(slip, first, by=desk, now=NOW)

    close(north.center, manager, now=at(3, 10))

    assert {hand_over(slip, second, by=desk, now=at(3, 10)).due_at, *slip.loans.values_list("due_at", flat=True)} == {
        at(10)
    }
    assert JournalEntry.objects.about(slip).filter(verb="handover.postponed").exists()


def test_a_slip_for_a_day_that_was_closed_already_stays(cases, north, manager, desk):
    """Staff may agree on any day: only what an edit has closed moves."""
    slip = open_handover(north, by=desk, due_at=at(13), now=NOW)

    close(north.center, manager, now=at(3, 10))

    slip.refresh_from_db()
    assert slip.due_at == at(13)
