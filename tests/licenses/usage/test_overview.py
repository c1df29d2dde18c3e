"""Sums by contract, school, form, medium and month: each with its source, costs by the day, nothing of few pupils."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from licenses import deciding
from licenses.models import (
    Contract,
    MonthlyUse,
    Package,
    PackageTitle,
    Period,
    ReportedFigure,
    ReportedTitle,
    Source,
)
from licenses.usage import hiding, reports
from licenses.usage.customers import Whose
from licenses.usage.overview import Breakdown, Wanted, lines

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY, DECEMBER = date(2026, 1, 1), date(2026, 2, 1), date(2026, 12, 1)


@pytest.fixture
def used(films, schools):
    """Write uses down: ``used(film=0, school=1, requests=3)``."""

    def write(film: int = 0, school: int = 0, requests: int = 10, **facts: Any) -> MonthlyUse:
        usual = {"month": JANUARY, "medium": films[film], "institution": schools[school], "total_requests": requests}
        return MonthlyUse.objects.create(center=films[film].center, **usual | facts)

    return write


@pytest.fixture
def told(center, manager):
    """What is told by a breakdown: ``told(Breakdown.MEDIUM)`` is a list of key, source and uses."""

    def ask(by: Breakdown, first: date = JANUARY, last: date = DECEMBER, who=manager, **more: Any):
        found = lines(Wanted(center, first, last, **more), by, seen_by=who)
        return [(line.key, line.source, line.uses) for line in found]

    return ask


def test_sums_by_medium_school_form_and_month(used, told, films, schools):
    schools[0].school_form = "02"
    schools[0].save()
    used()
    used(month=FEBRUARY)
    used(film=1, school=1, requests=7)

    assert told(Breakdown.MEDIUM) == [(films[0].pk, None, 20), (films[1].pk, None, 7)]
    assert told(Breakdown.INSTITUTION) == [(schools[0].pk, None, 20), (schools[1].pk, None, 7)]
    assert told(Breakdown.SCHOOL_FORM) == [("02", None, 20), ("", None, 7)]
    assert told(Breakdown.MONTH) == [(JANUARY, None, 17), (FEBRUARY, None, 10)]


def test_it_is_narrowed_to_one_of_each(used, told, films, schools):
    used()
    used(film=1, school=1, requests=7)

    assert told(Breakdown.MEDIUM, institution=schools[1]) == [(films[1].pk, None, 7)]
    assert told(Breakdown.INSTITUTION, medium=films[0]) == [(schools[0].pk, None, 10)]
    assert told(Breakdown.MONTH, first=FEBRUARY) == []


def test_what_a_provider_tells_stands_beside_and_is_not_added(used, told, films, schools, center, provider):
    source = Source.objects.create(center=center, provider=provider, name="Lehrfilm, COUNTER")
    title = ReportedTitle.objects.create(
        center=center, source=source, digest="1", title="Wasser", platform="Lehrfilm", medium=films[0]
    )
    used()
    ReportedFigure.objects.create(
        center=center, source=source, title=title, month=JANUARY, metric="Total_Item_Requests", number=40
    )

    assert told(Breakdown.MEDIUM) == [(films[0].pk, source.pk, 40), (films[0].pk, None, 10)]


def test_uses_belong_to_the_contract_that_covered_the_month(used, told, entitled, center, provider, films):
    entitled()  # from August 2023 to July 2028
    used()
    used(film=1, requests=3)

    (contract,) = Contract.objects.all()
    assert told(Breakdown.CONTRACT) == [(contract.pk, None, 10), (None, None, 3)]
    assert told(Breakdown.MEDIUM, contract=contract) == [(films[0].pk, None, 10)]


def test_a_package_covers_its_titles_while_they_are_in_it(used, told, entitled, center, provider, films, contract):
    package = Package.objects.create(center=center, provider=provider, name="Portal")
    PackageTitle.objects.create(
        center=center, package=package, medium=films[1], starts_on=date(2026, 1, 20), ends_on=date(2026, 1, 31)
    )
    entitled(medium=None, package=package)
    used(film=1, requests=3)
    used(film=1, requests=5, month=FEBRUARY)

    assert told(Breakdown.CONTRACT) == [(None, None, 5), (contract.pk, None, 3)]
    assert told(Breakdown.MONTH, contract=contract) == [(JANUARY, None, 3)]


def test_a_contract_costs_by_the_day_and_by_use(used, entitled, contract, period, center, manager):
    Period.objects.filter(pk=period.pk).update(
        starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31), cost=Decimal("730.00")
    )
    entitled()
    used(requests=50)

    (line,) = lines(Wanted(center, JANUARY, DECEMBER), Breakdown.CONTRACT, seen_by=manager)

    assert (line.key, line.cost, line.cost_per_use) == (contract.pk, Decimal("365.00"), Decimal("7.30"))


def test_a_contract_that_nobody_used_is_there_with_its_cost(period, contract, center, manager):
    Period.objects.filter(pk=period.pk).update(cost=Decimal(100))

    (line,) = lines(Wanted(center, JANUARY, DECEMBER), Breakdown.CONTRACT, seen_by=manager)

    assert (line.key, line.uses, line.cost_per_use) == (contract.pk, 0, None)
    assert line.cost == Decimal("19.98"), "365 of 1827 days"


@pytest.mark.parametrize(("pupils", "uses"), [(4, 10), (5, 18)])
def test_uses_by_few_pupils_are_not_told(used, told, films, pupils, uses):
    """Eight uses by as many sessions as there are pupils; whoever judged by the uses would tell of four pupils."""
    used()
    used(is_by_pupils=True, requests=8, unique_requests=pupils)

    assert told(Breakdown.MEDIUM) == [(films[0].pk, None, uses)]


def test_nobody_finds_few_pupils_by_taking_one_sum_from_another(
    used, told, films, schools, center, period, entitled, monkeypatch
):  # fmt: skip
    """Three pupils here and twenty there: all but those there, or the year but a month, would be the three."""
    entitled()
    entitled(medium=films[1])

    def pupils(number, **facts):
        used(is_by_pupils=True, requests=number, unique_requests=number, **facts)

    pupils(20, school=0)
    pupils(3, school=1)
    pupils(3, school=0, month=FEBRUARY)
    pupils(3, school=0, film=1)

    for breakdown in Breakdown:
        assert sum(uses for _, _, uses in told(breakdown)) == 20
    assert sum(uses for _, _, uses in told(Breakdown.MONTH, institution=schools[1])) == 0
    whole, one = Whose(center), Whose(center, schools[0])
    for whose in (whole, one):
        (row,) = reports.figures(whose, JANUARY, DECEMBER)
        assert row.numbers["Total_Item_Requests"] == {JANUARY: 20}
    assert deciding._use([period.pk], DECEMBER)[period.pk] == {"": 20}
    monkeypatch.setattr(hiding, "FEWEST", 0)
    assert told(Breakdown.MONTH) == [(JANUARY, None, 26), (FEBRUARY, None, 3)], "the negative control"


def test_a_line_says_that_something_is_left_out(used, center, manager):
    used()
    used(is_by_pupils=True, requests=4)

    (line,) = lines(Wanted(center, JANUARY, DECEMBER), Breakdown.MEDIUM, seen_by=manager)

    assert line.is_partial


def test_a_school_sees_its_own_figures_only(used, told, carla, anna, foreign_desk, films, schools):
    used()
    used(film=1, school=1)

    assert told(Breakdown.MEDIUM, who=carla) == [(films[0].pk, None, 10)]
    assert told(Breakdown.MEDIUM, who=anna) == told(Breakdown.MEDIUM, who=foreign_desk) == []


def test_it_asks_as_often_for_many_as_for_few(used, center, manager, entitled, django_assert_max_num_queries):
    entitled()
    for month in range(1, 13):
        for film in range(2):
            used(film=film, month=date(2026, month, 1))
    list(manager.memberships_in_force)

    with django_assert_max_num_queries(5):
        lines(Wanted(center, JANUARY, DECEMBER), Breakdown.CONTRACT, seen_by=manager)
