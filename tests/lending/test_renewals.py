"""How long a renewal is: by the centre's own rule, which a school does not exceed."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError

from lending.due_dates import Rules, due_at
from lending.handovers import hand_over_together
from lending.models import Loan, Policy
from lending.policies import terms
from lending.refusals import RenewTooLong
from lending.renewals import longest_renewal, renew
from lending.rulebook import Rulebook
from people.models import SchoolHoliday
from tests.lending.shorthand import NOW, at, reserve
from tests.lending.test_due_dates import NRW, moment


@pytest.fixture
def loan(case, north, anna, desk) -> Loan:
    """Due on Wednesday, 10 March."""
    return hand_over_together(
        north, items=list(case.items.all()), by=desk, responsible=anna, due_at=at(10), now=NOW
    ).loans.get()


def test_erlangen_ten_school_days_and_five_more():
    """Erlangen: 10 Schultage, verlängerbar um 5, wenn nicht vorbestellt."""
    rules = Rules(loan_days=10, day_kind="school", renewal_days=5)

    first = due_at(date(2026, 11, 23), rules, NRW)
    renewed = due_at(first.at.date(), rules.of_renewal, NRW)

    assert (first.at, renewed.at) == (moment(date(2026, 12, 7)), moment(date(2026, 12, 14)))
    assert renewed.reasons[0].facts == {"days": 5, "kind": "school"}


def test_where_nobody_says_otherwise_a_renewal_is_as_long_as_the_loan(loan):
    assert terms(loan.item.product).renewal_days is None
    assert Rulebook.of(loan.center).renewed_due_at(loan, NOW) == at(24)


def test_a_renewal_follows_the_most_particular_rule(loan, case, north, center):
    Policy.objects.create(center=center, loan_days=14, renewal_days=7)
    assert Rulebook.of(loan.center).renewed_due_at(loan, NOW) == at(17)

    Policy.objects.create(center=center, product=case, renewal_days=2)
    assert Rulebook.of(loan.center).renewed_due_at(loan, NOW) == at(12)


def test_it_is_counted_as_the_loan_is(loan, center):
    Policy.objects.create(center=center, loan_days=10, renewal_days=5, day_kind="school")
    SchoolHoliday.objects.create(center=center, name="Ferien", starts_on=date(2027, 3, 15), ends_on=date(2027, 3, 17))

    assert Rulebook.of(loan.center).renewed_due_at(loan, NOW) == at(22)


def test_the_loan_is_renewed_by_so_much(loan, center, anna):
    Policy.objects.create(center=center, renewal_days=5)
    assert longest_renewal(loan, NOW) == at(15)

    assert renew(loan, by=anna, now=NOW).due_at == at(15)


def test_a_shorter_renewal_goes_where_a_longer_one_would_not(loan, center, case, south, anna, bert):
    reserve(case, 1, (at(16), at(19)), south, bert)
    assert longest_renewal(loan, NOW) is None

    Policy.objects.create(center=center, renewal_days=5)

    assert longest_renewal(loan, NOW) == at(15)


def test_a_school_keeps_it_no_longer_than_the_rules_say_and_the_desk_may(loan, center, anna, desk):
    Policy.objects.create(center=center, renewal_days=5)

    with pytest.raises(RenewTooLong) as refusal:
        renew(loan, until=at(16), by=anna, now=NOW)

    assert "15.3." in str(refusal.value) or "15. März" in str(refusal.value)
    assert renew(loan, until=datetime(2027, 3, 31, 10, tzinfo=NOW.tzinfo), by=desk, now=NOW).renewals == 1


def test_a_renewal_by_no_day_is_none(center):
    with pytest.raises(IntegrityError, match="policy_renews_by_a_day_or_more"):
        Policy.objects.create(center=center, renewal_days=0)
