"""What has to be decided soon stands together with what it costs, and how often it is used."""

from datetime import date
from decimal import Decimal

import pytest

from licenses import contracts, packages
from licenses.counter.metrics import Metric
from licenses.deciding import cases
from licenses.models import (
    Contract,
    Medium,
    MonthlyUse,
    Package,
    Period,
    Renewal,
    ReportedFigure,
    ReportedTitle,
    Source,
)
from licenses.periods import months_of

TODAY = date(2026, 11, 23)


def found(center, on: date = TODAY):
    return cases(Contract.objects.filter(center=center), on)


@pytest.fixture
def running(period) -> Period:
    """Two school years for 960 euros, which end on 31 January."""
    Period.objects.update(starts_on=date(2025, 2, 1), ends_on=date(2027, 1, 31), cost=960)
    period.refresh_from_db()
    return period


def counted(medium, institution, number, month=date(2026, 10, 1), column="total_requests"):
    MonthlyUse.objects.create(
        center=medium.center, medium=medium, institution=institution, month=month, **{column: number}
    )


def told(medium, name, number, month=date(2026, 10, 1)):
    source, _ = Source.objects.get_or_create(center=medium.center, provider=medium.provider, name=name)
    title = ReportedTitle.objects.create(
        center=medium.center, source=source, digest=f"{name}{month}"[:64], platform="P", title="W", medium=medium
    )
    ReportedFigure.objects.create(
        center=medium.center, source=source, title=title, month=month, metric=Metric.TOTAL_ITEM_REQUESTS, number=number
    )


def test_cost_is_that_of_a_year_and_of_one_request(center, running, entitled, film, north):
    entitled()
    counted(film, north, 30)
    counted(film, north, 18, month=date(2025, 11, 1))

    (case,) = found(center)

    assert (case.by, case.yearly) == (date(2027, 1, 31), Decimal(480))
    assert [(use.source, use.requests, use.cost) for use in case.uses] == [("", 48, Decimal(10))]


def test_each_source_is_told_by_its_name_and_never_added_up(center, running, entitled, film, north):
    entitled()
    counted(film, north, 10)
    told(film, "Mediathek", 240)
    told(film, "Antares", 96)

    (case,) = found(center)

    assert [(use.source, use.requests, use.cost) for use in case.uses] == [
        ("", 10, Decimal(48)), ("Antares", 96, Decimal(5)), ("Mediathek", 240, Decimal(2)),
    ]  # fmt: skip


def test_only_requests_of_the_last_twelve_whole_months_count(center, running, entitled, film, north, south):
    entitled()
    for month in (date(2025, 10, 1), date(2026, 11, 1)):
        counted(film, north, 100, month=month)
    counted(film, south, 100, column="total_investigations")

    assert [(use.requests, use.cost) for use in found(center)[0].uses] == [(0, None)]


def test_titles_of_a_package_count_and_those_of_others_do_not(
    center, running, entitled, film, provider, north, manager
):
    package: Package = packages.add(center, provider=provider, name="Naturfilme", by=manager)
    packages.put_in(package, film, starts_on=date(2025, 1, 1), by=manager)
    gone = Medium.objects.create(center=center, provider=provider, title="Vorbei", kind="dvd")
    packages.put_in(package, gone, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1), by=manager)
    other = Medium.objects.create(center=center, provider=provider, title="Anderer", kind="dvd")
    entitled(medium=None, package=package)
    for medium in (film, gone, other):
        counted(medium, north, 7)

    assert found(center)[0].uses[0].requests == 7


def test_what_is_far_away_or_past_or_lasts_is_left_out(center, running):
    assert [it.period for it in found(center, date(2026, 8, 4))] == [running]
    assert found(center, date(2026, 8, 3)) == []
    assert found(center, date(2027, 2, 1)) == []
    Period.objects.update(ends_on=None)
    assert found(center) == []


def test_what_renews_itself_comes_by_its_day_of_notice(center, contract, running, manager):
    contracts.edit(contract, by=manager, renews_itself=True, renewal_months=12, notice_months=1)
    contracts.change_period(running, starts_on=running.starts_on, ends_on=running.ends_on, cost=Decimal(1), by=manager)

    assert found(center)[0].by == date(2026, 12, 31)
    assert found(center, date(2027, 1, 1)) == [], "nobody can give notice any more"


def test_what_was_to_renew_itself_and_does_not_any_more_is_open_again(center, contract, running, manager):
    contracts.edit(contract, by=manager, renews_itself=True, renewal_months=12)
    contracts.decide(running, renewal=Renewal.RENEW, by=manager)
    assert found(center)[0].is_decided

    contracts.edit(contract, by=manager, renews_itself=False)

    assert not found(center)[0].is_decided


def test_notice_may_be_due_long_before_the_end(center, contract, running, manager):
    contracts.edit(contract, by=manager, renews_itself=True, renewal_months=12, notice_months=6)
    contracts.change_period(
        running, starts_on=running.starts_on, ends_on=date(2027, 7, 31), cost=Decimal(1), by=manager
    )

    assert [case.by for case in found(center)] == [date(2027, 1, 31)]


def test_a_decision_stands_there_until_the_end(center, contract, running, manager):
    contracts.decide(running, renewal=Renewal.END, by=manager)

    (case,) = found(center)

    assert case.is_decided
    assert case.period.decided_at is not None


def test_earlier_periods_are_told_the_latest_first(center, contract, running, manager):
    for year in (2021, 2022, 2023, 2024):
        contracts.begin(contract, starts_on=date(year, 2, 1), ends_on=date(year + 1, 1, 31), by=manager)

    assert [it.starts_on.year for it in found(center)[0].earlier] == [2024, 2023, 2022]


def test_ten_contracts_ask_as_often_as_one(center, provider, film, town, manager, django_assert_max_num_queries):
    for number in range(10):
        contract = contracts.sign(center, provider=provider, number=f"N-{number}", title="Film", by=manager)
        contracts.begin(contract, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), by=manager)

    with django_assert_max_num_queries(5):
        assert len(found(center)) == 10


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 8, 1), date(2027, 7, 31), 12),
        (date(2026, 2, 1), date(2026, 2, 28), 1),
        (date(2026, 1, 1), date(2026, 1, 3), 1),
        (date(2023, 8, 1), date(2028, 7, 31), 60),
    ],
)
def test_a_school_year_is_twelve_months(first, last, months):
    assert months_of(first, last) == months
