"""What was written down wrongly is put right on a page: the days of a period, and what an entitlement says of slots."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from licenses.models import Deletion, Entitlement, Period
from licenses.tasks import ask_to_delete

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, manager):
    client.force_login(manager)
    return client


def send(page, view, pk, **fields):
    return page.post(reverse(view, args=[pk]), fields)


def test_a_period_is_put_right(page, period):
    shown = page.get(reverse("period_edit", args=[period.pk])).text
    assert 'value="2028-07-31"' in shown
    assert reverse("period_edit", args=[period.pk]) in page.get(reverse("contract", args=[period.contract_id])).text

    answer = send(page, "period_edit", period.pk, starts_on="2023-08-01", ends_on="2027-07-31", cost="1680,00")

    assert answer.status_code == 303
    period.refresh_from_db()
    assert (period.ends_on, period.cost) == (date(2027, 7, 31), Decimal(1680))


@pytest.mark.parametrize(
    ("said", "meant"),
    [("1.680,00", "1680"), ("1.234.567,80", "1234567.80"), ("420,5", "420.5"), ("1680", "1680"), (" 9.300 ", "9300")],
)
def test_amounts_are_written_as_people_do(page, period, said, meant):
    send(page, "period_edit", period.pk, starts_on="2023-08-01", ends_on="2028-07-31", cost=said)

    assert Period.objects.get().cost == Decimal(meant)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"ends_on": "2022-07-31"}, "endet, bevor sie beginnt"),
        ({"ends_on": "9999-12-31"}, "Bitte prüfen Sie das Jahr."),
        ({"starts_on": ""}, 'href="#id_starts_on"'),
        ({"cost": "1.68.000"}, 'href="#id_cost"'),
        ({"cost": "1.680.00"}, 'href="#id_cost"'),
    ],
)
def test_nonsense_is_told_and_changes_nothing(page, period, said, told):
    answer = send(page, "period_edit", period.pk, **{"starts_on": "2023-08-01", "cost": "1"} | said)

    assert answer.status_code in {400, 422}
    assert told in answer.text
    assert Period.objects.get() == period
    assert Period.objects.get().ends_on == date(2028, 7, 31)


def test_a_period_that_was_too_long_is_over_and_copies_are_asked_about(page, period, entitled, north):
    entitled(permitted=["show", "download"])

    send(
        page,
        "period_edit",
        period.pk,
        starts_on="2023-08-01",
        ends_on=f"{timezone.localdate() - timedelta(days=1)}",
        cost="0",
    )
    ask_to_delete()

    assert Deletion.objects.get().institution == north


def test_how_long_a_slot_is_leased_is_said_and_stays(page, entitled, town):
    its = entitled(capacity_kind="concurrent", capacity=1, permitted=["run"], lease_minutes=45)
    said = {"scopes": [town.pk], "permitted": ["run"], "capacity_kind": "concurrent", "capacity": 1}

    send(page, "entitlement", its.pk, **said)
    assert Entitlement.objects.get().lease_minutes == 45

    send(page, "entitlement", its.pk, **said, lease_minutes=90)
    assert Entitlement.objects.get().lease_minutes == 90


@pytest.mark.parametrize("ends", [True, False])
def test_whether_it_ends_with_the_disc_is_said_by_hand(page, entitled, town, ends):
    its = entitled(preset="voe", permitted=["lend", "show"], ends_with_copy=not ends)
    said = {"scopes": [town.pk], "preset": "voe", "permitted": ["lend", "show"], "capacity_kind": "unlimited"}

    send(page, "entitlement", its.pk, **said, **({"ends_with_copy": "on"} if ends else {}))

    assert Entitlement.objects.get().ends_with_copy is ends


def test_a_preset_says_so_where_nothing_is_ticked(page, period, film, town):
    said = {"medium": film.number, "preset": "voe", "scopes": [town.pk], "capacity_kind": "unlimited"}

    send(page, "entitlement_new", period.pk, **said)

    its = Entitlement.objects.get()
    assert (its.ends_with_copy, its.lease_minutes) == (True, 60)


def test_numbers_of_portals_are_long(page, period, film, town):
    film.number = "SODIX-0001-4d3c-9f00-abcdef0123456789"
    film.save()
    said = {"medium": film.number, "preset": "open", "scopes": [town.pk], "capacity_kind": "unlimited"}

    assert send(page, "entitlement_new", period.pk, **said).status_code == 303
