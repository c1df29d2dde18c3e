"""A change that has to be approved is rejected: what was promised before holds again, or the desk hears why not."""

from datetime import datetime

import pytest

from lending.models import Allocation, Policy, Reservation, State
from lending.refusals import EarlierPromiseIsGone, NotAvailable
from lending.reservations import LineChange, Wish, approve, change, place, reject, split
from people.models import Closure, Intent, JournalEntry
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, broken, reserve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def approved_first(center) -> None:
    Policy.objects.create(center=center, needs_approval=True)


@pytest.fixture
def two_cases(cases, north, anna, desk) -> Reservation:
    """Promised for next week."""
    return approve(reserve(cases, 2, NEXT_WEEK, north, anna), by=desk, now=NOW)


def shape(reservation) -> list[tuple[object, ...]]:
    lines = Reservation.objects.get(pk=reservation.pk).lines.all()
    return [(it.product.name, it.quantity, it.starts_at, it.ends_at, it.shortfall) for it in lines]


def move(reservation, by, period=WEEK_AFTER) -> Reservation:
    return change(reservation, starts_at=period[0], ends_at=period[1], by=by, now=NOW)


def refuse(reservation, desk, **more) -> Reservation:
    return reject(reservation, reason="Betriebsausflug", by=desk, now=NOW, **more)


def test_what_is_asked_for_again_was_promised_until_it_is_promised_again(two_cases, cases, anna, desk):
    assert not two_cases.was_promised

    asked = move(two_cases, anna)

    assert (asked.state, asked.was_promised) == (State.REQUESTED, True)
    assert not approve(asked, by=desk, now=NOW).was_promised
    assert shape(two_cases) == [(cases.name, 2, *WEEK_AFTER, 0)]


def test_a_rejected_move_leaves_what_was_promised(two_cases, cases, anna, desk):
    kept = refuse(move(two_cases, anna), desk)

    assert (kept.state, kept.was_promised) == (State.APPROVED, False)
    assert shape(kept) == [(cases.name, 2, *NEXT_WEEK, 0)]
    assert (kept.starts_at, kept.ends_at) == NEXT_WEEK
    assert {row.blocked.lower for row in Allocation.objects.holding()} == {at(8)}
    assert JournalEntry.objects.filter(verb="reservation.change_rejected").count() == 1
    assert broken() == []


def test_the_school_is_told_that_it_stays_and_not_that_it_changed(two_cases, anna, desk):
    refuse(move(two_cases, anna), desk)

    told = Intent.objects.current().filter(withdrawn_at=None).exclude(kind="reservation_approved")
    assert [it.kind for it in told] == ["reservation_kept"]
    assert told[0].facts["reason"] == "Betriebsausflug"
    assert datetime.fromisoformat(told[0].facts["starts_at"]) == NEXT_WEEK[0]


def test_lines_that_came_go_again_and_lines_that_went_come_back(two_cases, case, cases, north, anna, desk):
    dropped = {two_cases.lines.get().pk: LineChange(quantity=0)}

    kept = refuse(change(two_cases, lines=dropped, add=[Wish(case, 1)], by=anna, now=NOW), desk)

    assert shape(kept) == [(cases.name, 2, *NEXT_WEEK, 0)]


def test_one_change_after_the_other_falls_back_to_what_was_promised(two_cases, case, cases, anna, desk):
    line = two_cases.lines.get().pk
    change(two_cases, lines={line: LineChange(quantity=3)}, add=[Wish(case, 1)], by=anna, now=NOW)
    move(two_cases, anna)
    change(two_cases, lines={line: LineChange(quantity=1)}, by=desk, now=NOW)

    assert shape(refuse(two_cases, desk)) == [(cases.name, 2, *NEXT_WEEK, 0)]


def test_more_of_it_never_loses_the_promise_however_full_it_is(two_cases, cases, north, south, anna, bert, desk):
    """The change holds what the promise held."""
    line = two_cases.lines.get().pk
    change(two_cases, ends_at=at(15), lines={line: LineChange(quantity=3)}, by=anna, now=NOW)
    with pytest.raises(NotAvailable):
        reserve(cases, 3, NEXT_WEEK, south, bert)

    assert shape(refuse(two_cases, desk)) == [(cases.name, 2, *NEXT_WEEK, 0)]


@pytest.fixture
def taken(two_cases, cases, north, south, anna, bert) -> Reservation:
    """Moved, and somebody else has its earlier units."""
    moved = move(two_cases, anna)
    reserve(cases, 4, NEXT_WEEK, south, bert)
    return moved


def test_a_promise_that_is_gone_is_not_lost_in_silence(taken, cases, desk):
    with pytest.raises(EarlierPromiseIsGone) as refusal:
        refuse(taken, desk)

    assert "nicht mehr zu halten" in str(refusal.value)
    assert Reservation.objects.get(pk=taken.pk).state == State.REQUESTED
    assert shape(taken) == [(cases.name, 2, *WEEK_AFTER, 0)]


def test_the_desk_may_let_go_of_all_of_it(taken, desk):
    assert refuse(taken, desk, lets_go=True).state == State.REJECTED
    assert not Allocation.objects.holding().filter(line__reservation=taken).exists()


@pytest.mark.parametrize("day", [8, 12])
def test_a_day_that_is_closed_now_is_not_promised_again(two_cases, center, anna, desk, day):
    move(two_cases, anna)
    Closure.objects.create(center=center, starts_on=at(day).date(), ends_on=at(day).date(), reason="Inventur")

    with pytest.raises(EarlierPromiseIsGone, match="Geschlossen: Inventur"):
        refuse(two_cases, desk)


def test_days_that_are_over_are_not_promised_again(two_cases, anna, desk):
    move(two_cases, anna)

    with pytest.raises(EarlierPromiseIsGone):
        reject(two_cases, reason="zu spät", by=desk, now=at(13))


def test_a_request_that_never_stood_promised_is_rejected_as_ever(cases, north, anna, desk):
    asked = change(reserve(cases, 1, NEXT_WEEK, north, anna), ends_at=at(15), by=anna, now=NOW)

    assert refuse(asked, desk).state == State.REJECTED


def test_of_a_split_one_the_promise_stays_with_the_old_one(two_cases, case, cases, anna, desk):
    change(two_cases, add=[Wish(case, 1)], by=anna, now=NOW)
    asked = Reservation.objects.get(pk=two_cases.pk)
    new = split(asked, units={asked.lines.get(product=case).pk: 1}, by=anna, now=NOW)

    assert refuse(new, desk).state == State.REJECTED
    assert shape(refuse(two_cases, desk)) == [(cases.name, 2, *NEXT_WEEK, 0)]


def test_pieces_that_a_line_must_have_come_back_with_it(cases, case, north, anna, desk):
    wishes = [Wish(cases, 1, pieces=6)]
    promised = approve(place(north, wishes=wishes, starts_at=at(8), ends_at=at(12), by=anna, now=NOW), by=desk, now=NOW)
    dropped = {promised.lines.get().pk: LineChange(quantity=0)}

    kept = refuse(change(promised, lines=dropped, add=[Wish(case, 1)], by=anna, now=NOW), desk)

    assert kept.lines.get().pieces == 6
