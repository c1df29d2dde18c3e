"""Series beside series, and a series that is let go while its dates are changed. Real threads, real locks."""

import inspect

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from inventory.models import Product
from lending.gate import gate
from lending.models import Allocation, Reservation, State
from lending.reservations import LineChange, Wish, booking, cancel_series, canceling, change, holding, repeat, repeating
from people import once
from people.once import run
from tests.lending.shorthand import NOW, at, broken
from tests.races import meeting, outcomes, patiently, together

pytestmark = pytest.mark.django_db(transaction=True)

RULE = "FREQ=WEEKLY;COUNT=3"


@pytest.fixture
def room(center, robots) -> Product:
    made = Product.objects.create(center=center, category=robots, name="Medienstudio", kind="room")
    made.items.create(center=center, asset_number="R-1")
    return made


def weekly(product, school, by, *, first=8):
    return repeat(school, rule=RULE, wishes=[Wish(product, 1)], starts_at=at(first), ends_at=at(first, 12), by=by,
                  responsible=by, now=NOW)  # fmt: skip


def test_of_eight_series_each_date_goes_to_one(room, north, south, anna, bert):
    """They begin a week apart: what one leaves over is another's."""
    who = [(north, anna, 8), (south, bert, 15)] * 4

    results = together(*[lambda w=w: patiently(lambda: weekly(room, *w[:2], first=w[2])) for w in who])

    placed = [it.starts_at for made in results if not isinstance(made, Exception) for it in made.placed]
    assert len(placed) == len(set(placed)) == Allocation.objects.holding().count()
    assert {at(8), at(15), at(22)} <= set(placed)
    assert set(outcomes(results)) <= {"Series", "NoDateFree"}
    assert broken() == []


def test_without_the_gate_the_wall_refuses_what_two_series_have_seen(monkeypatch, room, north, south, anna, bert):
    """The negative control."""
    monkeypatch.setattr(holding, "gate", lambda wanted: {room.pk: room})
    monkeypatch.setattr(holding, "admitted", meeting(2, holding.admitted))

    seen = outcomes(together(*[lambda w=w: run(lambda: weekly(room, *w)) for w in [(north, anna), (south, bert)]]))

    assert seen == {"Series": 1, "TryAgain": 1}


@pytest.fixture
def crossed(case, cases, north, south, anna, bert) -> list[list[Reservation]]:
    """Two series whose dates have come to ask for each other's product, in opposite order."""
    ours, theirs = weekly(case, north, anna).placed[:2], weekly(cases, south, bert).placed[:2]
    for reservation, other in ((ours[1], cases), (theirs[1], case)):
        drop = {reservation.lines.get().pk: LineChange(quantity=0)}
        change(reservation, lines=drop, add=[Wish(other, 1)], by=None, now=NOW)
    return [ours, theirs]


def test_two_series_are_let_go_at_once(crossed, anna):
    acts = [lambda it=it: patiently(lambda: cancel_series(it, by=anna, now=NOW)) for it in crossed]

    results = together(*acts * 2)

    assert not [it for it in results if isinstance(it, Exception)]
    assert sum(len(it) for it in results) == 4
    assert {it.state for it in Reservation.objects.filter(pk__in=[it.pk for its in crossed for it in its])} == {
        State.CANCELED
    }
    assert broken() == []


def test_one_date_after_the_other_would_deadlock(crossed, anna):
    """The negative control of the lock order: each date takes its own gate when its turn comes."""
    cancel = meeting(2, canceling.cancel)

    def in_one_transaction(reservations) -> list[Reservation]:
        with transaction.atomic():
            return [cancel(it, by=anna, now=NOW) for it in reservations]

    results = together(*[lambda it=it: in_one_transaction(it) for it in crossed])

    assert outcomes(results) == {"list": 1, OperationalError.__name__: 1}


def test_dates_that_ask_for_more_than_is_locked_are_looked_at_again(monkeypatch, case, cases, north, anna):
    dates = weekly(cases, north, anna).placed
    locks: list[set[int]] = []

    def gate_after_a_change(wanted):
        asked = set(wanted)
        if not locks:
            together(lambda: run(lambda: change(dates[1], add=[Wish(case, 1)], by=None, now=NOW)))
        locks.append(asked)
        return gate(asked)

    monkeypatch.setattr(canceling, "gate", gate_after_a_change)

    run(lambda: cancel_series(dates, by=anna, now=NOW))

    assert locks == [{cases.pk}, {case.pk, cases.pk}]
    assert not Allocation.objects.holding().exists()


def test_a_date_that_comes_to_ask_for_more_meanwhile_is_let_go_whole(case, cases, north, anna):
    for day in (8, 15):
        dates = weekly(cases, north, anna, first=day).placed
        changed, canceled = together(
            lambda it=dates[1]: patiently(lambda: change(it, add=[Wish(case, 1)], by=None, now=NOW)),
            lambda its=dates: patiently(lambda: cancel_series(its, by=anna, now=NOW)),
        )

        assert isinstance(changed, Reservation) or changed.code == "wrong_state"
        assert len(canceled) == len(dates)
        assert not Allocation.objects.holding().exists()
        assert broken() == []


@pytest.fixture
def dying(monkeypatch):
    """The database loses sight of us when the dates are written and have no units yet, as when a process is killed."""

    def written_and_gone(planned):
        booking.write(planned)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(repeating, "write", written_and_gone)


def sent(room, school, by) -> once.Answer:
    """As both doors send it: one key around one series."""

    def answer() -> once.Answer:
        return once.Answer(201, str(len(weekly(room, school, by).placed)).encode())

    return once.answered(once.Key("anna", "series", "asked"), answer)


def test_killed_in_the_middle_nothing_is_left_and_the_same_key_makes_it_whole_once(
    monkeypatch, dying, room, north, anna
):
    (gone,) = together(lambda: sent(room, north, anna))
    assert isinstance(gone, OperationalError)
    assert not Reservation.objects.exists()

    monkeypatch.undo()
    assert [sent(room, north, anna).body for _time in range(2)] == [b"3", b"3"]

    assert Reservation.objects.count() == 3


def test_in_several_transactions_half_of_it_would_be_left(monkeypatch, room, north, anna):
    """The negative control: the dates stand there, and the wall refuses lines that claim units they do not have."""
    monkeypatch.setattr(holding, "gate", lambda wanted: {room.pk: room})
    asked = {"rule": RULE, "wishes": [Wish(room, 1)], "starts_at": at(8), "ends_at": at(8, 12), "by": anna, "now": NOW}

    bit_by_bit = inspect.unwrap(repeat)  # without the transaction around it

    (refused,) = together(lambda: bit_by_bit(north, **asked))
    assert isinstance(refused, IntegrityError)
    assert Reservation.objects.count() == 3
    assert not Allocation.objects.exists()
