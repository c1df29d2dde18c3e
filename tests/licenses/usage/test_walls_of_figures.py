"""What the database refuses of figures, whoever writes them: columns without a foreign key of their own, too."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from licenses.models import Medium, MonthlyUse, Provider, ReportedFigure, ReportedTitle, Source
from people.models import Institution

pytestmark = pytest.mark.django_db

MONTH = date(2026, 1, 1)
NOBODY = 987_654_321
#: By field: the table whose column it is, and the wall.
WALLS = {
    "institution": (MonthlyUse, "monthly_use_institution_is_of_its_center"),
    "medium": (MonthlyUse, "monthly_use_medium_is_of_its_center"),
    "source": (ReportedFigure, "figure_source_is_of_its_center"),
    "title": (ReportedFigure, "figure_title_is_of_its_center"),
}
#: Nothing but its wall holds these columns.
BARE = ("institution", "medium")


@pytest.fixture
def source(center, provider) -> Source:
    return Source.objects.create(center=center, provider=provider, name="Filmportal")


@pytest.fixture
def title(center, source) -> ReportedTitle:
    return ReportedTitle.objects.create(center=center, source=source, digest="1" * 64, platform="Filmportal")


@pytest.fixture
def own(center, north, film) -> MonthlyUse:
    return MonthlyUse.objects.create(center=center, institution=north, medium=film, month=MONTH, total_requests=1)


@pytest.fixture
def theirs(center, source, title) -> ReportedFigure:
    return ReportedFigure.objects.create(
        center=center, source=source, title=title, month=MONTH, metric="Total_Item_Requests", number=1
    )


@pytest.fixture
def rows(own, theirs) -> dict[type[Model], MonthlyUse | ReportedFigure]:
    return {MonthlyUse: own, ReportedFigure: theirs}


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


@pytest.mark.parametrize("field", sorted(WALLS))
def test_what_is_not_there_or_of_another_center_is_refused(field, rows, strangers):
    model, wall = WALLS[field]

    for key in (NOBODY, strangers[field]):
        with pytest.raises(IntegrityError, match=wall), transaction.atomic():
            model._default_manager.filter(pk=rows[model].pk).update(**{f"{field}_id": key})


@pytest.mark.parametrize("field", BARE)
def test_without_its_wall_it_would_be_written(field, own):
    """The negative control: nothing else holds the column."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE licenses_monthlyuse DROP CONSTRAINT {WALLS[field][1]}")

    assert MonthlyUse.objects.filter(pk=own.pk).update(**{f"{field}_id": NOBODY}) == 1


def test_an_institution_of_another_center_tells_nothing_to_a_source(theirs, strangers):
    with pytest.raises(IntegrityError, match="figure_institution_is_of_its_center"), transaction.atomic():
        ReportedFigure.objects.filter(pk=theirs.pk).update(institution_id=strangers["institution"])


def test_a_center_that_is_not_there_is_refused(rows):
    for model, row in rows.items():
        with pytest.raises(IntegrityError, match="is_of_its_center"), transaction.atomic():
            model._default_manager.filter(pk=row.pk).update(center_id=NOBODY)


@pytest.mark.parametrize(("model", "field"), [(Institution, "institution"), (Medium, "medium")])
def test_what_was_used_cannot_be_deleted_behind_our_back(model, field, own):
    with (
        pytest.raises(IntegrityError, match=WALLS[field][1]),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = {getattr(own, field + '_id')}")  # noqa: S608  no words of others


@pytest.mark.parametrize(
    ("changed", "wall"),
    [
        ({"month": date(2026, 1, 2)}, "use_is_of_a_whole_month"),
        ({"unique_requests": 2}, "sessions_are_no_more_than_uses"),
        ({"unique_investigations": 1}, "sessions_are_no_more_than_uses"),
    ],
)
def test_numbers_that_cannot_be_are_refused(own, changed, wall):
    with pytest.raises(IntegrityError, match=wall), transaction.atomic():
        MonthlyUse.objects.filter(pk=own.pk).update(**changed)


def test_a_month_is_told_once(own):
    own.pk = None

    with pytest.raises(IntegrityError, match="use_of_a_month_is_told_once"), transaction.atomic():
        own.save(force_insert=True)
    own.is_by_pupils = True
    own.save(force_insert=True)

    assert MonthlyUse.objects.count() == 2, "pupils apart"


def test_figures_go_with_their_source_and_with_their_title(own, theirs, source, title):
    with transaction.atomic():
        title.delete()
        assert not ReportedFigure.objects.exists()
        transaction.set_rollback(True)

    source.delete()

    assert not ReportedFigure.objects.exists()
    assert not ReportedTitle.objects.exists()
    assert MonthlyUse.objects.get() == own
