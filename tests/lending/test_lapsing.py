"""What nobody collected is free again, and what nobody answered lapses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.models import Item
from lending import upkeep
from lending.handovers import hand_over, open_handover
from lending.models import Delivery, Line, Policy, Reservation, State
from lending.outages import take_out_of_service
from lending.refusals import WrongState
from lending.reservations import Wish, expire, place, release_no_shows
from lending.tasks import let_lapse
from people.models import Intent
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, reserve

pytestmark = pytest.mark.django_db

GRACE_OVER = at(10, 17)  # two open days after Monday the 8th, at closing time


def state(reservation) -> str:
    return Reservation.objects.get(pk=reservation.pk).state


def test_what_nobody_collects_is_free_again(case, north, south, anna, bert):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    assert upkeep.not_collected(now=at(9)) == []

    (waiting,) = upkeep.not_collected(now=GRACE_OVER)
    assert release_no_shows(waiting, now=GRACE_OVER).state == State.NO_SHOW
    assert reserve(case, 1, (at(12), at(15)), south, bert, now=GRACE_OVER).number != reservation.number
    assert Intent.objects.about(reservation).filter(kind="reservation_no_show").exists()


def test_it_does_not_lapse_twice(case, north, anna):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    release_no_shows(reservation, now=GRACE_OVER)

    with pytest.raises(WrongState):
        release_no_shows(reservation, now=GRACE_OVER)


def test_a_line_that_begins_later_is_still_kept(case, cases, north, anna):
    wishes = [Wish(case, 1), Wish(cases, 2, *WEEK_AFTER)]
    reservation = place(
        north, wishes=wishes, starts_at=NEXT_WEEK[0], ends_at=WEEK_AFTER[1], by=anna, responsible=anna, now=NOW
    )

    assert release_no_shows(reservation, now=GRACE_OVER).state == State.APPROVED
    first, second = reservation.lines.order_by("pk")
    assert (first.given_up, second.given_up) == (1, 0)

    assert release_no_shows(reservation, now=at(17, 17)).state == State.NO_SHOW


def test_what_is_left_of_a_pickup_is_free_again_and_the_rest_stays_out(cases, north, south, anna, bert, desk):
    reservation = reserve(cases, 3, NEXT_WEEK, north, anna)
    slip = open_handover(north, reservation=reservation, by=desk, now=at(8))
    hand_over(slip, Item.objects.filter(product=cases).first(), by=desk, now=at(8))

    assert release_no_shows(reservation, now=GRACE_OVER).state == State.APPROVED
    assert reservation.lines.get().given_up == 2
    reserve(cases, 4, (at(12), at(15)), south, bert, now=GRACE_OVER)
    assert not Intent.objects.about(reservation).filter(kind="reservation_no_show").exists()


def test_the_courier_never_makes_a_no_show(case, north, anna):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna, delivery=Delivery.COURIER)
    with pytest.raises(WrongState):
        release_no_shows(reservation, now=GRACE_OVER)

    assert release_no_shows(reservation, now=at(15)).state == State.EXPIRED
    assert not Intent.objects.about(reservation).filter(kind="reservation_no_show").exists()


def test_whom_we_had_nothing_for_is_no_no_show(case, north, anna, desk):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    take_out_of_service(Item.objects.get(product=case), reason="repair", by=desk, now=NOW)
    with pytest.raises(WrongState):
        release_no_shows(reservation, now=GRACE_OVER)

    assert release_no_shows(reservation, now=at(15)).state == State.EXPIRED


def test_what_nobody_answered_lapses_when_its_time_is_over(center, case, north, south, anna, bert):
    Policy.objects.create(center=center, needs_approval=True)
    wanted = reserve(case, 1, NEXT_WEEK, north, anna)
    with pytest.raises(WrongState):
        expire(wanted, now=at(11))

    assert [it.pk for it in upkeep.unanswered(now=at(12))] == [wanted.pk]
    assert expire(wanted, now=at(12)).state == State.EXPIRED
    assert wanted.lines.get().given_up == 1


def test_the_task_does_both_and_can_run_twice(center, case, cases, north, anna):
    uncollected = reserve(case, 1, NEXT_WEEK, north, anna)
    Policy.objects.create(center=center, needs_approval=True)
    unanswered = reserve(cases, 1, NEXT_WEEK, north, anna)
    long_ago = {"starts_at": timezone.now() - timedelta(days=20), "ends_at": timezone.now() - timedelta(days=10)}
    Reservation.objects.update(**long_ago)
    Line.objects.update(**long_ago)

    let_lapse()
    let_lapse()

    assert (state(uncollected), state(unanswered)) == (State.NO_SHOW, State.EXPIRED)
