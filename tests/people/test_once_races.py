"""The same key twice at once, and deadlocks: with real threads on real connections."""

from threading import Barrier, Event

import pytest
from django.db import OperationalError, connection, transaction

from people.errors import KeyInProgress, TryAgain
from people.models import Center
from people.once import Answer, Key, answered, run
from tests.races import PATIENCE, together

pytestmark = pytest.mark.django_db(transaction=True)

KEY = Key(caller="user:1", value="a-key", fingerprint="the-question")


def test_of_two_at_once_one_acts_and_the_other_is_told_to_wait():
    is_acting, may_finish = Event(), Event()

    def first() -> Answer:
        def act() -> Answer:
            center = Center.objects.create(slug="eins", name="Eins")
            is_acting.set()
            assert may_finish.wait(PATIENCE)
            return Answer(201, str(center.pk).encode())

        return answered(KEY, act)

    def second() -> Answer:
        assert is_acting.wait(PATIENCE)
        try:
            return answered(KEY, found_another)
        finally:
            may_finish.set()

    given, refused = together(first, second)

    assert isinstance(refused, KeyInProgress)
    assert answered(KEY, found_another) == given
    assert Center.objects.count() == 1


def test_of_sixteen_at_once_exactly_one_acts():
    def act() -> Answer:
        return Answer(201, str(Center.objects.create(slug="eins", name="Eins").pk).encode())

    outcomes = together(*[lambda: answered(KEY, act)] * 16)

    given = answered(KEY, found_another)
    assert Center.objects.count() == 1
    assert all(outcome == given or isinstance(outcome, KeyInProgress) for outcome in outcomes)
    assert given in outcomes


def test_without_the_key_all_sixteen_act():
    outcomes = together(*[lambda n=n: run(lambda: Center.objects.create(slug=f"c{n}", name="C")) for n in range(16)])

    assert Center.objects.count() == len(outcomes) == 16


def test_a_deadlock_is_tried_again_and_both_succeed(center, neighbor):
    attempts: list[int] = []

    outcomes = together(*crossing(center, neighbor, attempts, run))

    assert outcomes == ["done", "done"]
    assert len(attempts) > 2, "there was no deadlock to survive"


def test_without_the_retry_a_deadlock_kills_one_of_them(center, neighbor):
    def only_once(act):
        with transaction.atomic():
            return act()

    outcomes = together(*crossing(center, neighbor, [], only_once))

    assert sum(isinstance(outcome, OperationalError) for outcome in outcomes) == 1


def test_who_waits_too_long_for_a_lock_is_asked_to_try_again(center):
    is_locked, may_finish = Event(), Event()

    def holder() -> None:
        with transaction.atomic():
            lock(center)
            is_locked.set()
            assert may_finish.wait(PATIENCE)

    def waiter() -> None:
        assert is_locked.wait(PATIENCE)
        try:
            run(lambda: lock(center))
        finally:
            may_finish.set()

    _, refused = together(holder, waiter)

    assert isinstance(refused, TryAgain)


def test_serialization_failures_are_tried_again(center):
    """Two read, then both write: under REPEATABLE READ the second must start again."""
    attempts: list[int] = []

    def act() -> str:
        attempts.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        version = Center.objects.get(pk=center.pk).calendar_version
        if len(attempts) <= 2:
            both_have_read.wait()
        Center.objects.filter(pk=center.pk).update(calendar_version=version + 1)
        return "done"

    both_have_read = Barrier(2, timeout=PATIENCE)
    outcomes = together(lambda: run(act), lambda: run(act))

    assert outcomes == ["done", "done"]
    assert Center.objects.get(pk=center.pk).calendar_version == 3
    assert len(attempts) == 3


def crossing(one, other, attempts, runner):
    """Two acts that lock the same rows in opposite order, and meet in the middle at their first attempt."""
    meeting = Barrier(2, timeout=PATIENCE)

    def act(first, second):
        def locking() -> str:
            attempts.append(1)
            lock(first)
            if len(attempts) <= 2:
                meeting.wait()
            lock(second)
            return "done"

        return lambda: runner(locking)

    return act(one, other), act(other, one)


def lock(center: Center) -> None:
    Center.objects.select_for_update(no_key=True).get(pk=center.pk)


def found_another() -> Answer:
    Center.objects.create(slug="zwei", name="Zwei")
    return Answer(201, b"zwei")
