"""Several dates are let go at once: all or none of them, in a handful of statements, and everybody is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.models import Product
from lending.handovers import hand_over_together
from lending.models import Allocation, Line, Policy, Reservation, State
from lending.reservations import Wish, cancel, cancel_series, canceling, repeat
from people.letters.writing import write
from people.models import Intent, JournalEntry, Letter
from tests.lending.shorthand import NOW, at, broken, reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(center, robots) -> Product:
    made = Product.objects.create(center=center, category=robots, name="Medienstudio", kind="room")
    made.items.create(center=center, asset_number="R-1")
    return made


def daily(product, school, by, *, times=4, hour=10) -> list[Reservation]:
    rule = f"FREQ=DAILY;COUNT={times}"
    return repeat(school, rule=rule, wishes=[Wish(product, 1)], starts_at=at(8, hour), ends_at=at(8, hour + 1), by=by,
                  responsible=by, now=NOW).placed  # fmt: skip


def states(dates) -> list[str]:
    return [Reservation.objects.get(pk=it.pk).state for it in dates]


def test_this_and_those_to_come_are_canceled(room, north, anna):
    dates = daily(room, north, anna)

    canceled = cancel_series(dates[1:], by=anna, now=NOW)

    assert [it.pk for it in canceled] == [it.pk for it in dates[1:]]
    assert states(dates) == [State.APPROVED, *[State.CANCELED] * 3]
    assert cancel_series(dates, by=anna, reason="Krank", now=NOW) == [dates[0]]
    assert [it.reason for it in Reservation.objects.order_by("pk")] == ["Krank", "", "", ""]
    assert not Allocation.objects.exists()
    assert broken() == []


def test_the_journal_tells_of_each_date(room, north, anna):
    dates = daily(room, north, anna)

    cancel_series(dates, by=anna, now=NOW)

    told = JournalEntry.objects.filter(verb="reservation.canceled")
    assert [(it.subject_id, it.by, it.facts) for it in told.order_by("pk")] == [
        (it.pk, anna, {"was_collected": False}) for it in dates
    ]


def test_what_was_to_be_told_is_withdrawn_and_whoever_has_each_date_now_is_told(room, north, anna, bert):
    """A letter that is written already, and one date that is another teacher's by now."""
    dates = daily(room, north, anna)
    Reservation.objects.filter(pk=dates[3].pk).update(responsible=bert)
    assert write(now=NOW)

    cancel_series(dates, by=anna, now=NOW)

    assert not Letter.objects.exists()
    left = Intent.objects.current().order_by("subject_id")
    assert [(it.kind, it.subject_id, it.user) for it in left] == [
        ("reservation_canceled", it.pk, bert if it == dates[3] else anna) for it in dates
    ]


def test_what_is_out_stays_and_only_the_rest_is_given_up(cases, north, anna, desk):
    (first, second) = repeat(
        north, rule="FREQ=WEEKLY;COUNT=2", wishes=[Wish(cases, 2)], starts_at=at(8), ends_at=at(9), by=anna, now=NOW
    ).placed
    rows = list(Allocation.objects.filter(line__reservation=first).select_related("item"))
    hand_over_together(north, items=[rows[0].item], by=desk, reservation=first, now=at(8))

    cancel_series([first, second], by=anna, now=at(8, 11))

    assert states([first, second]) == [State.APPROVED, State.CANCELED]
    assert list(Line.objects.order_by("pk").values_list("claimed", "given_up")) == [(2, 1), (2, 2)]
    assert Allocation.objects.holding().get().item == rows[0].item
    assert {it.facts["was_collected"] for it in JournalEntry.objects.filter(verb="reservation.canceled")} == {
        True,
        False,
    }
    assert broken() == []


def test_if_anything_goes_wrong_none_of_it_has_happened(monkeypatch, room, north, anna):
    dates = daily(room, north, anna)

    def broken_off(*_args):
        raise RuntimeError

    monkeypatch.setattr(canceling, "tell_of_canceled", broken_off)
    with pytest.raises(RuntimeError):
        cancel_series(dates, by=anna, now=NOW)

    assert set(states(dates)) == {State.APPROVED}
    assert Allocation.objects.holding().count() == 4
    assert not JournalEntry.objects.filter(verb="reservation.canceled").exists()


def test_whoever_was_short_has_what_came_free(case, north, south, anna, bert):
    (mine,) = daily(case, north, anna, times=1)
    theirs = reserve(case, 1, (at(8, 11), at(8, 12)), south, bert)
    Allocation.objects.filter(line__reservation=theirs).delete()
    Line.objects.filter(reservation=theirs).update(shortfall=1, shortfall_reason="repair")

    cancel_series([mine], by=anna, now=NOW)

    assert list(theirs.lines.values_list("shortfall", "shortfall_reason")) == [(0, "")]
    assert Allocation.objects.holding().get().line.reservation == theirs


def statements_of(act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def let_go_of(dates, by) -> None:
    cancel_series(dates, by=by, now=NOW)


def one_by_one(dates, by) -> None:
    for it in dates:
        cancel(it, by=by, now=NOW)


@pytest.fixture
def few_and_many(center, room, north, anna) -> list[list[Reservation]]:
    """Five dates and forty, with letters that are written already."""
    Policy.objects.create(center=center, max_items=100)
    dates = [daily(room, north, anna, times=7), daily(room, north, anna, times=56, hour=12)]
    assert write(now=NOW)
    assert len(dates[1]) >= 7 * len(dates[0])
    return dates


def test_forty_dates_take_no_more_statements_than_five(few_and_many, anna):
    five, forty = [statements_of(lambda it=it: let_go_of(it, anna)) for it in few_and_many]

    assert forty <= five <= 30


def test_one_date_after_the_other_would_take_more_with_each(few_and_many, anna):
    """The negative control: what is counted grows where it is not done at once."""
    five, forty = [statements_of(lambda it=it: one_by_one(it, anna)) for it in few_and_many]

    assert forty > 5 * five
