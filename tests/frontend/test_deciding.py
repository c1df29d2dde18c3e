"""The page of what has to be decided: each contract with cost and use, and its buttons."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from licenses import contracts
from licenses.models import Contract, MonthlyUse, Period, Renewal
from licenses.periods import months_later


@pytest.fixture
def soon(contract, period, entitled, film, north, manager) -> Period:
    """A year for 600 euros that ends in two months; last month it was used fifty times."""
    entitled()
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=305), "ends_on": today + timedelta(days=59)}
    Contract.objects.update(funding="Schulträger")
    MonthlyUse.objects.create(
        center=film.center,
        medium=film,
        institution=north,
        month=months_later(today.replace(day=1), -1),
        total_requests=50,
    )
    return contracts.change_period(period, **days, cost=Decimal(600), by=manager)


def read(client, user) -> str:
    client.force_login(user)
    answer = client.get(reverse("deciding"))
    assert answer.status_code == 200
    return answer.text


def test_cost_and_use_stand_side_by_side(client, auditor, soon):
    text = read(client, auditor)

    for told in ("Kreis-Online Lehrfilm", "600,00", "Schulträger", "eigene Zählung: 50 Aufrufe, 12,00 € je Aufruf"):
        assert told in text
    assert "Auslaufen lassen" not in text, "an auditor decides nothing"


def test_the_desk_sees_no_use(client, desk, soon):
    text = read(client, desk)

    assert "600,00" in text
    assert "Aufruf" not in text


def test_a_button_renews_and_leads_back(client, manager, soon):
    client.force_login(manager)

    answer = client.post(reverse("period_renew", args=[soon.pk]), {"next": reverse("deciding")})

    assert answer["Location"] == reverse("deciding")
    assert Period.objects.count() == 2
    assert "nichts zu entscheiden" in read(client, manager)


def test_notice_is_noted_with_its_day_and_can_be_thought_over(client, manager, contract, soon):
    contracts.edit(contract, by=manager, renews_itself=True, renewal_months=12, notice_months=1)
    soon = contracts.change_period(soon, starts_on=soon.starts_on, ends_on=soon.ends_on, cost=Decimal(600), by=manager)
    assert "Kündigung vermerken" in read(client, manager)
    address, back = reverse("period_decide", args=[soon.pk]), {"next": reverse("deciding")}

    client.post(address, {"renewal": "end", **back})

    today = timezone.localdate()
    assert f"gekündigt am {today.day}.{today.month}.{today.year}" in read(client, manager)
    client.post(address, {"renewal": "open", **back})
    assert Period.objects.get().renewal == Renewal.OPEN
    assert "Kündigung vermerken" in read(client, manager)


def test_a_school_does_not_open_it(client, anna):
    client.force_login(anna)

    assert client.get(reverse("deciding")).status_code == 403


def test_elsewhere_is_never_led_to(client, manager, soon):
    client.force_login(manager)

    answer = client.post(reverse("period_renew", args=[soon.pk]), {"next": "https://anderswo.example/"})

    assert answer["Location"] == reverse("contract", args=[soon.contract_id])
