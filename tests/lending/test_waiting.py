"""Whoever finds nothing free is put down, and told or offered it as soon as it is."""

import pytest

from lending import upkeep
from lending.models import Allocation, Policy, Reservation, State
from lending.refusals import NotAvailable, OfferIsOver, WrongState
from lending.reservations import accept, cancel, expire, forget_told, offer
from people.models import Intent
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(case, south, bert):
    """Somebody else has the only case next week."""
    return reserve(case, 1, NEXT_WEEK, south, bert)


@pytest.fixture
def waiting(taken, case, north, anna):
    return reserve(case, 1, NEXT_WEEK, north, anna, may_wait=True)


@pytest.fixture
def with_offers(center):
    Policy.objects.create(center=center, offer_days=1)


def told(reservation, kind: str) -> bool:
    return Intent.objects.about(reservation).current().filter(kind=f"reservation_{kind}").exists()


def test_what_is_not_free_is_put_down_and_holds_nothing(waiting):
    assert (waiting.state, waiting.lines.get().claimed) == (State.WAITLISTED, 0)
    assert not Allocation.objects.filter(line__reservation=waiting).exists()
    assert told(waiting, "waitlisted")


def test_without_the_wish_to_wait_it_is_refused(taken, case, north, anna):
    with pytest.raises(NotAvailable):
        reserve(case, 1, NEXT_WEEK, north, anna)
    assert not Reservation.objects.filter(state=State.WAITLISTED).exists()


def test_whoever_may_wait_gets_at_once_what_is_free(case, north, anna):
    assert reserve(case, 1, NEXT_WEEK, north, anna, may_wait=True).state == State.APPROVED


def test_units_that_come_free_are_held_for_whoever_waits(with_offers, waiting, taken, case, carla, north, bert, south):
    assert upkeep.turns(now=NOW).free == []
    cancel(taken, by=bert, now=NOW)
    assert upkeep.turns(now=NOW).free == [waiting]

    offered = offer(waiting, now=NOW)

    assert (offered.state, offered.offer_ends_at) == (State.OFFERED, at(4, 16))
    assert told(waiting, "offered")
    with pytest.raises(NotAvailable):
        reserve(case, 1, NEXT_WEEK, south, bert)
    assert accept(offered, by=carla, now=at(4, 15)).state == State.APPROVED
    assert waiting.lines.get().claimed == 1


def test_an_offer_never_lasts_beyond_the_pickup(with_offers, waiting, taken, bert):
    cancel(taken, by=bert, now=NOW)
    assert offer(waiting, now=at(5, 17)).offer_ends_at == NEXT_WEEK[0]


def test_an_offer_that_nobody_takes_is_free_for_the_next(with_offers, waiting, taken, case, anna, bert, south):
    cancel(taken, by=bert, now=NOW)
    offered = offer(waiting, now=NOW)
    with pytest.raises(WrongState):
        expire(offered, now=at(4, 15))
    with pytest.raises(OfferIsOver):
        accept(offered, by=anna, now=at(4, 16))

    assert [it.pk for it in upkeep.unanswered(now=at(4, 16))] == [offered.pk]
    assert expire(offered, now=at(4, 16)).state == State.EXPIRED
    assert told(waiting, "expired")
    reserve(case, 1, NEXT_WEEK, south, bert, now=at(4, 16))


def test_without_offers_whoever_waits_is_told_once(waiting, taken, case, anna, bert):
    cancel(taken, by=bert, now=NOW)

    first, second = offer(waiting, now=NOW), offer(waiting, now=at(4))

    assert (first.state, second.told_free_at) == (State.WAITLISTED, NOW)
    assert Intent.objects.about(waiting).filter(kind="reservation_free").count() == 1
    assert accept(waiting, by=anna, now=NOW).state == State.APPROVED


def test_when_somebody_was_quicker_it_is_news_again_later(waiting, taken, case, south, anna, bert):
    cancel(taken, by=bert, now=NOW)
    offer(waiting, now=NOW)
    quicker = reserve(case, 1, NEXT_WEEK, south, bert)
    with pytest.raises(NotAvailable):
        accept(waiting, by=anna, now=NOW)

    assert upkeep.turns(now=NOW).in_vain == [waiting]
    forget_told(waiting)
    assert not told(waiting, "free")
    cancel(quicker, by=bert, now=NOW)
    assert offer(waiting, now=at(4)).told_free_at == at(4)
    assert told(waiting, "free")


def test_who_waits_longest_is_asked_first(with_offers, waiting, taken, case, south, bert):
    later = reserve(case, 1, NEXT_WEEK, south, bert, may_wait=True)
    assert upkeep.turns(now=NOW).free == []
    cancel(taken, by=bert, now=NOW)
    assert upkeep.turns(now=NOW).free == [waiting, later]

    offer(waiting, now=NOW)
    with pytest.raises(NotAvailable):
        offer(later, now=NOW)


def test_a_place_on_the_list_lapses_when_its_time_begins(waiting):
    assert not upkeep.unanswered(now=at(7)).exists()
    assert expire(waiting, now=NEXT_WEEK[0]).state == State.EXPIRED


def test_what_needs_an_approval_still_needs_it(center, waiting, taken, anna, bert):
    Policy.objects.create(center=center, needs_approval=True)
    cancel(taken, by=bert, now=NOW)

    assert accept(waiting, by=anna, now=NOW).state == State.REQUESTED


def test_only_who_waits_or_was_offered_can_accept(taken, bert):
    with pytest.raises(WrongState):
        accept(taken, by=bert, now=NOW)
