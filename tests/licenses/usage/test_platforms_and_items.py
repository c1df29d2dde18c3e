"""What a source tells of its whole platform (PR) stands beside what it tells of items (IR), and neither is added up."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from licenses import deciding
from licenses.models import Period, ReportedFigure, ReportedTitle, Source
from licenses.models.source import ReportedFigureQuerySet
from licenses.taking_in import reports, sources, writing
from licenses.usage.overview import Breakdown, Wanted, lines
from tests.licenses.usage.test_taking_in import report

JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def source(provider, manager) -> Source:
    return sources.add(provider, name="Filmportal", by=manager)


def of_platform(numbers, **header) -> bytes:
    told = json.loads(report(numbers, **{"Report_ID": "PR", **header}))
    ((item,),) = [wrapper["Items"] for wrapper in told["Report_Items"]]
    told["Report_Items"] = [{"Platform": item["Platform"], "Attribute_Performance": item["Attribute_Performance"]}]
    return json.dumps(told).encode()


def take(source, content, by):
    return writing.take_in(source, reports.read(content), by=by)


def standing(source) -> set[tuple[str, int]]:
    rows = ReportedFigure.objects.filter(source=source, metric="Total_Item_Requests", month=JANUARY)
    return set(rows.values_list("title__title", "number"))


BOTH = {("", 12), ("Der Wasserkreislauf", 7)}


@pytest.mark.parametrize("order", [(report, of_platform), (of_platform, report)])
def test_they_stand_beside_each_other_whichever_comes_first(source, manager, film, order):
    numbers = {report: {"2026-01": 7}, of_platform: {"2026-01": 12}}

    for make in order:
        told = take(source, make(numbers[make]), manager)
        assert [change.subject for change in told.new] == ["2026-01"]

    assert standing(source) == BOTH


def test_each_again_changes_nothing_and_anew_replaces_its_own(source, manager, film):
    for again in range(2):
        for content in (report({"2026-01": 7}), of_platform({"2026-01": 12})):
            assert take(source, content, manager).has_changes is (again == 0)
    assert standing(source) == BOTH

    take(source, of_platform({"2026-01": 13}), manager)
    assert standing(source) == {("", 13), ("Der Wasserkreislauf", 7)}
    take(source, of_platform({}, Report_ID="PR_P1"), manager)

    assert standing(source) == {("Der Wasserkreislauf", 7)}, "it says that there was nothing, of the platform"


def test_who_tells_less_than_before_is_told_what_would_be_gone(source, manager, film):
    """As a view (IR_M1) does after the whole report: it tells of fewer metrics."""
    take(source, report({"2026-01": 7}), manager)
    titles = json.loads(report({"2026-01": 7}, item="Ein anderer", number="fp:7"))

    found = writing.check(source, reports.read(json.dumps(titles).encode()))

    lost = ReportedFigure.objects.filter(source=source).count()
    assert f"Zahlen, die da sind und in dieser Datei nicht mehr vorkommen: {lost}. Sie fallen weg." in found.notes
    assert not any("fallen weg" in note for note in writing.check(source, reports.read(report({"2026-01": 8}))).notes)


def test_an_item_without_a_title_is_no_platform(source, manager):
    take(source, of_platform({"2026-01": 12}), manager)

    take(source, report({"2026-01": 7}, item=""), manager)
    take(source, report({"2026-01": 7}, item="", number=""), manager)

    assert standing(source) == {("", 12), ("–", 7)}
    assert {title.title for title in ReportedTitle.objects.unassigned()} == {"fp:5500001", "–"}


def test_nothing_is_counted_twice(source, manager, film, center, entitled, period, monkeypatch):
    """Not in the table by any breakdown, nor in what one use costs."""
    entitled()
    Period.objects.update(cost=Decimal(365), starts_on=JANUARY, ends_on=date(2026, 12, 31))
    take(source, report({"2026-01": 7}), manager)
    take(source, of_platform({"2026-01": 12}), manager)

    def told(breakdown):
        found = lines(Wanted(center, JANUARY, DECEMBER), breakdown, seen_by=manager)
        return {(line.teller, line.uses) for line in found}

    for breakdown in Breakdown:
        assert told(breakdown) == {((source.pk, False), 7), ((source.pk, True), 12)}
    (line,) = [it for it in lines(Wanted(center, JANUARY, DECEMBER), Breakdown.CONTRACT, seen_by=manager) if it.cost]
    assert line.uses == 7
    ReportedTitle.objects.filter(title="").update(medium=film)  # whoever says so by mistake
    assert deciding._use([period.pk], DECEMBER)[period.pk] == {"Filmportal": 7}

    monkeypatch.setattr(ReportedFigureQuerySet, "of_items", lambda rows: rows)
    assert deciding._use([period.pk], DECEMBER)[period.pk] == {"Filmportal": 19}, "the negative control"


def test_pages_name_them_apart(client, source, manager, film):
    take(source, report({"2026-01": 7}), manager)
    take(source, of_platform({"2026-01": 12}), manager)
    client.force_login(manager)

    for by in Breakdown:
        page = client.get(reverse("usage"), {"by": by, "time": "2026"}).text
        assert "Filmportal (ganze Plattform)" in page
    assert "ganze Plattform" in client.get(reverse("usage_source", args=[source.pk])).text
    table = client.get(reverse("usage_table"), {"by": "month", "time": "2026", "format": "csv"}).content.decode(
        "utf-8-sig"
    )
    assert "Filmportal (ganze Plattform);12;" in table
