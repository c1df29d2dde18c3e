"""Files of providers become figures beside their source: month by month, once, all or nothing."""

import json
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import IntegrityError

from leihwerk.tables import ColumnsAreMissing
from licenses.errors import NobodySaysWhichMonth, OfAnotherCenter
from licenses.models import Medium, Provider, ReportedFigure, ReportedTitle, Source
from licenses.models.source import SourceQuerySet
from licenses.taking_in import reports, sources, tables, titles, writing
from people.models import JournalEntry
from tests.races import meeting, outcomes, together

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def source(provider, manager) -> Source:
    return sources.add(provider, name="Filmportal", by=manager)


ONE, TWO = {"item": "Eins", "number": "fp:1"}, {"item": "Zwei", "number": "fp:2"}


def report(numbers, *, item="Der Wasserkreislauf", number="fp:5500001", until="2026-02-28", **header) -> bytes:
    """A report of COUNTER 5.1: ``{"2026-01": 7}`` requests."""
    performance = dict.fromkeys(("Total_Item_Requests", "Unique_Item_Requests"), numbers)
    content = {"Item": item, "Platform": "Filmportal", "Item_ID": {"Proprietary": number}}
    told = {
        "Report_Header": {
            "Report_ID": "IR",
            "Release": "5.1",
            "Report_Filters": {"Begin_Date": "2026-01-01", "End_Date": until},
            **header,
        },
        "Report_Items": [{"Items": [{**content, "Attribute_Performance": [{"Performance": performance}]}]}],
    }
    return json.dumps(told).encode()


def take(source, content, by, **columns):
    if reports.is_report(content):
        return writing.take_in(source, reports.read(content), by=by)
    _opened, matched = tables.look(content, columns)
    return writing.take_in(source, tables.lines(matched, platform=source.name), by=by)


def figures(source, metric="Total_Item_Requests") -> dict[tuple[str, str], int]:
    rows = ReportedFigure.objects.filter(source=source, metric=metric).select_related("title")
    return {(f"{row.month:%Y-%m}", row.title.title): row.number for row in rows}


def test_a_report_becomes_figures_of_the_medium_it_means(source, manager, film):
    told = take(source, report({"2026-01": 7, "2026-02": 9}), manager)

    assert figures(source) == {("2026-01", film.title): 7, ("2026-02", film.title): 9}
    assert {row.title.medium for row in ReportedFigure.objects.all()} == {film}
    assert (len(told.new), len(told.changed), told.is_applied) == (2, 0, True)
    entry = JournalEntry.objects.get(verb="usage.taken_in")
    assert entry.facts == {"months": ["2026-01", "2026-02"], "figures": 4}


def test_the_same_file_again_changes_nothing(source, manager, film):
    take(source, report({"2026-01": 7}), manager)
    before = list(ReportedFigure.objects.values())

    again = take(source, report({"2026-01": 7}), manager)

    assert list(ReportedFigure.objects.values()) == before
    assert (again.has_changes, again.unchanged) == (False, 2)
    assert JournalEntry.objects.filter(verb="usage.taken_in").count() == 1


def test_a_month_told_anew_takes_the_place_of_the_old_one_and_others_stay(source, manager, film):
    take(source, report({"2026-01": 7, "2026-02": 9}), manager)

    told = take(source, report({"2026-02": 4}, item="Vulkane", number="fp:1"), manager)

    assert figures(source) == {("2026-02", "Vulkane"): 4}, "the report speaks of January, and says nothing of it"
    assert [change.subject for change in told.changed] == ["2026-01", "2026-02"]


def test_a_month_that_is_not_ready_keeps_what_it_had(source, manager, film):
    take(source, report({"2026-01": 7, "2026-02": 9}), manager)
    caveat = {"Code": 3031, "Message": "Usage Not Ready"}

    take(source, report({"2026-01": 8}, Exceptions=[caveat]), manager)

    assert figures(source) == {("2026-01", film.title): 8, ("2026-02", film.title): 9}


def test_to_look_at_it_writes_nothing(source, film):
    told = writing.check(source, reports.read(report({"2026-01": 7})))

    assert (len(told.new), told.is_applied) == (1, False)
    assert not ReportedFigure.objects.exists()
    assert not ReportedTitle.objects.exists()


TABLE = "Film;Mediennummer;Schulnummer;Monat;Abrufe\n"


def test_a_table_says_which_school_it_was(source, manager, film, north):
    rows = "Wasser;5500001;100001;01/2026;1.200\nWasser;5500001;;Januar 2026;3\nWasser;5500001;999999;2026-01;5\n"

    told = take(source, f"{TABLE}{rows}".encode(), manager)

    found = ReportedFigure.objects.values_list("institution", "number", "month", "title__medium")
    assert set(found) == {(north.pk, 1200, JANUARY, film.pk), (None, 3, JANUARY, film.pk)}
    assert [str(remark) for remark in told.errors] == [
        "Zeile 4, Schulnummer: „999999“ ist keine Schulnummer Ihres Medienzentrums"
    ]


def test_a_table_may_have_a_column_for_each_month(source, manager, film):
    book = openpyxl.Workbook()
    for row in (["Titel", "Jan 2026", "Feb 2026", "Hinweis"], ["Wasser", 3, None, "x"], ["Vulkane", 0, 4, ""]):
        book.active.append(row)
    book.save(content := BytesIO())

    take(source, content.getvalue(), manager)

    assert figures(source) == {("2026-01", "Wasser"): 3, ("2026-02", "Vulkane"): 4}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [("Was;Anzahl\nA;3\n", ColumnsAreMissing), ("Titel;Anderes\nWasser;3\n", NobodySaysWhichMonth)],
)
def test_a_table_that_does_not_say_what_it_must_is_refused(source, manager, content, refusal):
    with pytest.raises(refusal):
        take(source, content.encode(), manager)


@pytest.mark.parametrize("row", ["A;;;2026;3", "A;;;;3", "A;;;01/2026;", "A;;;01/2026;viele", "A;;x;01/2026;3"])
def test_a_row_that_is_wrong_stays_out_and_is_named(source, manager, row):
    told = take(source, f"{TABLE}{row}\nB;;;01/2026;1\n".encode(), manager)

    assert figures(source) == {("2026-01", "B"): 1}
    assert [remark.line for remark in told.errors] == [2]


@pytest.mark.parametrize(
    ("number", "link", "told"),
    [
        ("5500002", "", "5500002"),
        ("FWU-12", "", "fwu:fwu-12"),
        ("9783161484100", "", "978-3-16-148410-0"),
        (None, "https://filme.example/v/7/", "https://filme.example/v/7"),
    ],
)
def test_a_medium_is_found_by_its_number_or_its_place(source, center, provider, manager, number, link, told):
    made = Medium.objects.create(
        center=center, provider=provider, title="V", kind="online_film", number=number, link=link
    )
    column = "URL" if link else "ISBN"

    take(source, f"Titel;{column};Monat;Anzahl\nAnders;{told};2026-01;3\n".encode(), manager)

    assert ReportedTitle.objects.get().medium == made


def test_who_says_once_which_medium_it_is_need_not_say_it_again(source, manager, film, neighbor):
    take(source, report({"2026-01": 7}, item="Wasser!", number="fp:99"), manager)
    (unknown,) = ReportedTitle.objects.unassigned()

    assert titles.assign(unknown, film, by=manager) == 1
    take(source, report({"2026-02": 7}, item="Wasser, neue Fassung", number="fp:99"), manager)

    assert not ReportedTitle.objects.unassigned().exists()
    assert ReportedFigure.objects.filter(title__medium=film).count() == 2
    theirs = Provider.objects.create(center=neighbor, name="N")
    foreign = Medium.objects.create(center=neighbor, provider=theirs, title="V", kind="online_film")
    with pytest.raises(OfAnotherCenter):
        titles.assign(unknown, foreign, by=manager)


@pytest.mark.django_db(transaction=True)
def test_of_two_files_of_one_month_one_counts(source, manager):
    first, second = report({"2026-01": 1}, **ONE), report({"2026-01": 2}, **TWO)

    seen = outcomes(together(*[lambda c=c: take(source, c, manager) for c in (first, second) * 4]))

    assert seen == {"Report": 8}
    assert figures(source) in ({("2026-01", "Eins"): 1}, {("2026-01", "Zwei"): 2})


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_be_mixed(monkeypatch, source, manager):
    """The negative control: both have cleared the month before either writes."""
    monkeypatch.setattr(SourceQuerySet, "lock", lambda queryset: queryset)
    monkeypatch.setattr(writing, "_clear", meeting(2, writing._clear))
    first, second = report({"2026-01": 1}, **ONE), report({"2026-01": 2}, **TWO)

    seen = outcomes(together(*[lambda c=c: take(source, c, manager) for c in (first, second)]))

    assert seen == {"Report": 2}
    assert figures(source) == {("2026-01", "Eins"): 1, ("2026-01", "Zwei"): 2}


def test_a_figure_is_told_once(source, manager, film):
    """The wall behind the lock."""
    take(source, report({"2026-01": 7}), manager)
    row = ReportedFigure.objects.first()
    row.pk = None

    with pytest.raises(IntegrityError, match="figure_is_told_once"):
        row.save(force_insert=True)
