"""The next period of a contract: by a click, by itself, and never by saying so alone."""

from datetime import date
from decimal import Decimal

import pytest

from licenses import contracts, renewals, seats
from licenses.deadlines import Next, standings
from licenses.errors import RenewedByHand
from licenses.models import Contract, Renewal

pytestmark = pytest.mark.django_db


def test_the_next_period_permits_the_same_and_who_has_a_seat_keeps_it(entitled, contract, anna, manager, town):
    contracts.edit(contract, renewal_months=12, by=manager)
    former = entitled(capacity_kind="named", capacity=3, permitted=["run"], prohibited=["lend"])
    seats.assign(former, to=anna, by=manager)

    coming = renewals.renew(former.period, by=manager)

    assert (coming.starts_on, coming.ends_on) == (date(2028, 8, 1), date(2029, 7, 31))
    entitlement = coming.entitlements.get()
    assert (entitlement.permitted, entitlement.prohibited) == (["run"], ["lend"])
    assert [*entitlement.scopes.all()] == [town]
    assert [(seat.user, seat.slot, seat.capacity) for seat in entitlement.seats.held()] == [(anna, 1, 3)]
    assert renewals.renew(former.period, by=manager) == coming, "once is enough"


@pytest.mark.parametrize(
    ("on", "renewal", "is_due"),
    [
        (date(2028, 4, 30), "open", False),
        (date(2028, 5, 1), "open", True),
        (date(2028, 5, 1), "renew", True),
        (date(2028, 5, 1), "end", False),
    ],
)
def test_it_goes_on_by_itself_once_notice_is_too_late(contract, period, manager, on, renewal, is_due):
    contracts.edit(contract, renews_itself=True, renewal_months=12, notice_months=3, by=manager)
    period = contracts.change_period(
        period, starts_on=period.starts_on, ends_on=period.ends_on, cost=Decimal(0), by=manager
    )
    contracts.decide(period, renewal=Renewal(renewal), by=manager)

    assert [*renewals.renewing_themselves(on)] == [period] * is_due


def test_what_does_not_renew_itself_is_not_renewed_by_saying_so(contract, period, manager):
    """Else letters stop, and after its end nobody is asked to delete."""
    with pytest.raises(RenewedByHand):
        contracts.decide(period, renewal=Renewal.RENEW, by=manager)


def test_who_said_so_while_it_did_is_asked_again_when_it_does_not(contract, period, manager):
    contracts.edit(contract, renews_itself=True, renewal_months=12, by=manager)
    contracts.decide(period, renewal=Renewal.RENEW, by=manager)
    contracts.edit(contract, renews_itself=False, by=manager)

    (found,) = standings(Contract.objects.all(), period.ends_on)
    assert found.next == Next.DECIDE


def test_what_has_gone_on_already_does_not_again(contract, period, manager):
    contracts.edit(contract, renews_itself=True, renewal_months=12, by=manager)

    coming = renewals.renew(period, by=None)

    assert [*renewals.renewing_themselves(date(2028, 8, 2))] == []
    assert [*renewals.renewing_themselves(date(2029, 8, 1))] == [coming]
