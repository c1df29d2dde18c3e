"""Columns of a figure have no foreign keys of their own; those over the centre and another column hold them."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from licenses.models import Medium, MonthlyFigure, Provider, ReportedTitle, Source
from people.models import Institution

pytestmark = pytest.mark.django_db

WALLS = {"source", "institution", "medium", "title"}


@pytest.fixture
def source(center, provider) -> Source:
    return Source.objects.create(center=center, provider=provider, name="Filmportal")


@pytest.fixture
def title(center, source) -> ReportedTitle:
    return ReportedTitle.objects.create(center=center, source=source, digest="1" * 64, platform="Filmportal")


@pytest.fixture
def own(center, north, film) -> MonthlyFigure:
    return MonthlyFigure.objects.create(center=center, institution=north, medium=film, number=1, **_WHAT)


@pytest.fixture
def theirs(center, source, title) -> MonthlyFigure:
    return MonthlyFigure.objects.create(center=center, source=source, title=title, number=1, **_WHAT)


@pytest.fixture
def strangers(neighbor, foreign_school) -> dict[str, int]:
    """By field, what a neighbouring centre has of that kind."""
    provider = Provider.objects.create(center=neighbor, name="Nebenan")
    source = Source.objects.create(center=neighbor, provider=provider, name="Nebenan")
    return {
        "source": source.pk,
        "institution": foreign_school.pk,
        "medium": Medium.objects.create(center=neighbor, provider=provider, title="Mond", kind="online_film").pk,
        "title": ReportedTitle.objects.create(center=neighbor, source=source, digest="2" * 64, platform="N").pk,
    }


_WHAT = {"month": date(2026, 1, 1), "metric": "Total_Item_Requests"}
NOBODY = 987_654_321
#: Which figure has something there, field by field.
WHOSE = {"source": "theirs", "institution": "own", "medium": "own", "title": "theirs"}


@pytest.mark.parametrize("field", sorted(WALLS))
def test_what_is_not_there_or_of_another_center_is_refused(field, own, theirs, strangers):
    row = {"own": own, "theirs": theirs}[WHOSE[field]]

    for key in (NOBODY, strangers[field]):
        with pytest.raises(IntegrityError, match=f"figure_{field}_is_of_its_center"), transaction.atomic():
            MonthlyFigure.objects.filter(pk=row.pk).update(**{f"{field}_id": key})


@pytest.mark.parametrize("field", sorted(WALLS))
def test_without_its_wall_it_would_be_written(field, own, theirs):
    """The negative control: nothing else holds the column."""
    row = {"own": own, "theirs": theirs}[WHOSE[field]]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE licenses_monthlyfigure DROP CONSTRAINT figure_{field}_is_of_its_center")

    assert MonthlyFigure.objects.filter(pk=row.pk).update(**{f"{field}_id": NOBODY}) == 1


def test_a_center_that_is_not_there_is_refused(own, theirs):
    for row in (own, theirs):
        with pytest.raises(IntegrityError, match="is_of_its_center"), transaction.atomic():
            MonthlyFigure.objects.filter(pk=row.pk).update(center_id=NOBODY)


@pytest.mark.parametrize(("model", "field"), [(Institution, "institution"), (Medium, "medium")])
def test_what_has_figures_cannot_be_deleted_behind_our_back(model, field, own):
    with (
        pytest.raises(IntegrityError, match=f"figure_{field}_is_of_its_center"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = {getattr(own, field + '_id')}")  # noqa: S608  no words of others


def test_figures_go_with_their_source_and_with_their_title(own, theirs, source, title):
    with transaction.atomic():
        title.delete()
        assert list(MonthlyFigure.objects.all()) == [own]
        transaction.set_rollback(True)

    source.delete()

    assert list(MonthlyFigure.objects.all()) == [own]
    assert not ReportedTitle.objects.exists()
