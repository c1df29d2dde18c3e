"""Managers are told of a deadline at each step, once, until somebody has decided."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licenses import contracts, expiring, renewals
from licenses.expiring import STEPS, step_reached
from licenses.models import Period, Renewal
from people.letters import blocks, writing
from people.models import Intent, Letter
from people.roles import Role
from tests.conftest import member

DEADLINE = date(2028, 4, 30)


@given(st.integers(-400, 400))
def test_the_step_is_the_closest_that_has_come(days):
    step = step_reached(DEADLINE, DEADLINE - timedelta(days=days))

    expected = [it for it in sorted(STEPS) if days <= it] if days >= 0 else []
    assert step == (expected[0] if expected else None)


@pytest.fixture
def renewing(contract, period, manager) -> Period:
    """Runs until 31 July 2028, and can be given up until 30 April."""
    contracts.edit(contract, renews_itself=True, renewal_months=12, notice_months=3, by=manager)
    days = {"starts_on": period.starts_on, "ends_on": period.ends_on}
    return contracts.change_period(period, **days, cost=Decimal(420), by=manager)


def tell(center, days_before: int) -> int:
    day = DEADLINE - timedelta(days=days_before)
    return expiring.tell_managers(center, now=at_six(day))


def at_six(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=ZoneInfo("Europe/Berlin"))


def told() -> list[int]:
    return sorted(Intent.objects.current().filter(kind="license_expiring").values_list("step", flat=True), reverse=True)


@pytest.mark.django_db
class TestTelling:
    def test_each_step_is_told_once(self, center, renewing):
        for days in range(200, -5, -1):
            tell(center, days)

        assert told() == list(STEPS)

    def test_a_night_that_was_missed_is_made_up_for(self, center, renewing):
        assert [tell(center, days) for days in (181, 88, 88)] == [0, 1, 1]
        assert told() == [90]

    def test_all_managers_and_nobody_else(self, center, renewing, manager, desk, anna):
        other = member("leitung2@mz.example", "Mona Meister", Role.MANAGER, center)

        tell(center, 30)

        assert set(Intent.objects.values_list("user", flat=True)) == {manager.pk, other.pk}

    def test_the_letter_says_what_happens_when_nobody_decides(self, center, renewing):
        tell(center, 14)
        writing.write(now=datetime(2028, 4, 16, 6, 1, tzinfo=ZoneInfo("Europe/Berlin")))

        letter = Letter.objects.get()
        assert letter.subject == "Bitte entscheiden: Kreis-Online Lehrfilm"
        text = " ".join(blocks.as_text(letter.body).split())
        assert "Kreis-Online Lehrfilm (Vertrag 2023-07) verlängert sich von selbst; kündbar bis 30. April 2028." in text

    def test_what_runs_out_is_told_by_its_last_day(self, center, period, manager):
        assert expiring.tell_managers(center, now=at_six(period.ends_on - timedelta(days=60))) == 1
        assert Intent.objects.get().facts["deadline_on"] == "2028-07-31"

    @pytest.mark.parametrize("renewal", [Renewal.RENEW, Renewal.END])
    def test_once_decided_nobody_is_told(self, center, renewing, manager, renewal):
        tell(center, 30)

        contracts.decide(renewing, renewal=renewal, by=manager)

        assert (told(), tell(center, 14)) == ([], 0)

    def test_who_thinks_again_is_told_again(self, center, renewing, manager):
        tell(center, 30)
        contracts.decide(renewing, renewal=Renewal.END, by=manager)
        contracts.decide(renewing, renewal=Renewal.OPEN, by=manager)

        assert tell(center, 29) == 1
        assert told() == [30]

    def test_other_months_of_notice_begin_anew(self, center, contract, renewing, manager):
        tell(center, 30)

        contracts.edit(contract, notice_months=4, by=manager)

        assert told() == []
        assert tell(center, 38) == 1
        assert told() == [14]

    def test_another_deadline_begins_anew(self, center, renewing, manager):
        tell(center, 30)
        days = {"starts_on": renewing.starts_on, "ends_on": renewing.ends_on + timedelta(days=365)}

        contracts.change_period(renewing, **days, cost=Decimal(420), by=manager)

        assert told() == []

    def test_who_goes_on_month_by_month_hears_of_each_notice(self, center, contract, manager):
        """The month to come can be given up only while the one before it still lasts."""
        contracts.edit(contract, renews_itself=True, renewal_months=1, notice_months=1, by=manager)
        contracts.begin(contract, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), by=manager)

        for night in (date(2027, 11, 1) + timedelta(days=days) for days in range(92)):
            for period in renewals.renewing_themselves(night):
                renewals.renew(period, by=None)
            expiring.tell_managers(center, now=at_six(night))

        facts = Intent.objects.current().filter(kind="license_expiring", step=7).values_list("facts", flat=True)
        assert sorted(it["deadline_on"] for it in facts) == ["2027-11-30", "2027-12-31", "2028-01-31"]
