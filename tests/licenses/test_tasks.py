"""What happens by itself, with the tasks called as the timetable calls them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from leihwerk.timetable import TIMETABLE
from licenses import contracts, renewals, seats, tasks
from licenses.models import Period, Seat
from people.models import Membership

pytestmark = pytest.mark.django_db


def test_seats_of_people_who_left_are_free(entitled, anna, bert, manager):
    entitlement = entitled(capacity_kind="named", capacity=2)
    for who in (anna, bert):
        seats.assign(entitlement, to=who, by=manager)
    Membership.objects.filter(user=anna).update(ended_at=timezone.now())

    tasks.reclaim_seats()

    assert [seat.user for seat in Seat.objects.held()] == [bert]


def test_a_contract_goes_on_by_itself_and_only_once(contract, manager):
    contracts.edit(contract, renews_itself=True, renewal_months=6, by=manager)
    today = timezone.localdate()
    contracts.begin(contract, starts_on=today - timedelta(days=90), ends_on=today - timedelta(days=1), by=manager)
    manual = contracts.sign(contract.center, provider=contract.provider, number="8", title="Von Hand", by=manager)
    contracts.begin(manual, starts_on=today - timedelta(days=90), ends_on=today - timedelta(days=1), by=manager)

    for _ in range(2):
        tasks.renew_what_renews_itself()

    assert Period.objects.filter(contract=contract).count() == 2
    assert Period.objects.filter(contract=manual).count() == 1


def test_an_old_contract_is_brought_to_today_in_one_night(contract, manager):
    contracts.edit(contract, renews_itself=True, renewal_months=12, by=manager)
    contracts.begin(contract, starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31), by=manager)

    tasks.renew_what_renews_itself()

    last = contract.periods.last()
    assert last.starts_on <= timezone.localdate() <= last.ends_on
    assert not renewals.renewing_themselves(timezone.localdate()).exists()


def test_the_timetable_calls_them():
    called = {entry["task"] for entry in TIMETABLE.values()}

    assert {"licenses.tasks.reclaim_seats", "licenses.tasks.renew_what_renews_itself"} <= called
