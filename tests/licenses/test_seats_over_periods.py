"""A slot is kept beyond the end of a period where another one goes on: a part in each."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from licenses import amending, contracts, renewals
from licenses.errors import LicenseEndsBefore, NoSlotThen
from licenses.models import Entitlement, Seat
from licenses.seats import keeping
from licenses.seats.keeping import Need

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2028, 7, 20, 9, tzinfo=BERLIN)
END = date(2028, 7, 31)  # of the period
CUT = datetime(2028, 8, 1, tzinfo=BERLIN)


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


@pytest.fixture
def need(film, north):
    def make(claim, start, end, number=1, institution=north):
        return Need(claim, film, institution, number, day(start), day(end))

    return make


@pytest.fixture
def two_at_once(entitled) -> Entitlement:
    return entitled(capacity_kind="concurrent", capacity=2, permitted=["run"])


def held() -> list[tuple]:
    rows = Seat.objects.held().order_by("kept_for", "held_at", "slot")
    return list(rows.values_list("kept_for", "entitlement__period", "slot", "held_at", "expires_at"))


def parts(claim: int, first, later, *, start: datetime, cut: datetime, end: datetime) -> list[tuple]:
    """Both slots in each of two periods."""
    both = ((first, start, cut), (later, cut, end))
    return [(claim, period.pk, slot, begins, ends) for period, begins, ends in both for slot in (1, 2)]


def test_into_the_next_period(two_at_once, need, period, manager):
    coming = renewals.renew(period, by=manager)

    for _again in range(2):
        keeping.keep([need(1, 5, 20, number=2)], now=NOW)
        assert held() == parts(1, period, coming, start=day(5), cut=CUT, end=day(20))
    for days in ((6, 7), (13, 14)):
        with pytest.raises(NoSlotThen), transaction.atomic():
            keeping.keep([need(2, *days)], now=NOW)


def test_what_has_begun_goes_on_in_the_next_period_and_ends_earlier_on_both_sides(two_at_once, need, period, manager):
    coming = renewals.renew(period, by=manager)
    keeping.keep([need(1, 0, 20, number=2)], now=NOW)

    keeping.keep([need(1, 0, 15, number=2)], now=day(13))
    its = parts(1, period, coming, start=NOW, cut=CUT, end=day(15))
    assert held() == its[2:], "the first part is over"
    keeping.keep([need(1, 0, 5)], now=day(4))

    assert [row[1] for row in held()] == [period.pk]
    keeping.let_go([1], now=day(4))
    assert held() == []


def test_a_part_that_is_over_needs_no_slot(two_at_once, need, period, manager):
    coming = renewals.renew(period, by=manager)

    keeping.keep([need(1, 0, 15)], now=day(13))

    assert held() == [(1, coming.pk, 1, day(13), day(15))]


def test_what_is_not_counted_is_permitted_from_one_period_to_the_next(entitled, need, period, manager):
    entitled(permitted=["show"])
    with pytest.raises(LicenseEndsBefore) as refused:
        keeping.check([need(0, 5, 20)])
    assert refused.value.facts["ends_on"] == END

    renewals.renew(period, by=manager)

    keeping.check([need(0, 5, 20)])


def test_a_gap_between_two_periods_is_an_end(entitled, need, contract, film, manager):
    entitled(permitted=["show"])
    later = contracts.begin(contract, starts_on=date(2028, 8, 2), ends_on=date(2029, 7, 31), by=manager)
    Entitlement.objects.create(center=film.center, period=later, medium=film, permitted=["show"])

    with pytest.raises(LicenseEndsBefore):
        keeping.check([need(0, 5, 20)])


def test_a_right_that_is_not_in_the_next_period_ends_with_the_first(two_at_once, need, contract, manager):
    contracts.begin(contract, starts_on=date(2028, 8, 1), ends_on=date(2029, 7, 31), by=manager)

    with pytest.raises(LicenseEndsBefore):
        keeping.keep([need(1, 5, 20)], now=NOW)
    assert held() == []


def test_over_the_day_of_an_amendment(two_at_once, need, contract, period, manager, south):
    """Nobody else gets the slot after that day, nor before, and let go of once it is free on both sides."""
    keeping.keep([need(1, 1, 10, number=2)], now=NOW)

    later = amending.divide(contract, on=day(5).date(), by=manager, now=NOW)

    cut = datetime.combine(day(5).date(), time(), BERLIN)
    its = parts(1, period, later, start=day(1), cut=cut, end=day(10))
    assert held() == its
    for days in ((2, 3), (7, 8)):
        with pytest.raises(NoSlotThen), transaction.atomic():
            keeping.keep([need(2, *days, institution=south)], now=NOW)
    keeping.keep([need(1, 1, 10, number=2)], now=NOW)
    assert held() == its, "whoever keeps it again has it already"
    keeping.let_go([1], now=NOW)
    assert held() == []
