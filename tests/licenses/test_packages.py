"""Titles come into a package and go, many at once, as they were pasted."""

from datetime import date

import pytest

from licenses import packages
from licenses.errors import NameIsTaken, OfAnotherCenter, TitleGoesBeforeItComes
from licenses.models import Medium, Package, PackageTitle, Provider
from licenses.titles import in_lines
from people.models import JournalEntry

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def package(center, provider, manager) -> Package:
    return packages.add(center, provider=provider, name="Naturfilme", by=manager)


@pytest.fixture
def films(center, provider) -> list[Medium]:
    return Medium.objects.bulk_create(
        Medium(center=center, provider=provider, number=f"551{n:04}", title=f"Film {n}", kind="online_film")
        for n in range(60)
    )


def test_many_come_at_once_and_leave_one_row_in_the_journal(package, films, manager):
    assert packages.put_in_all(package, films, starts_on=JANUARY, by=manager) == films
    assert packages.put_in_all(package, films[:5], starts_on=JULY, by=manager) == [], "they are in it already"

    (entry,) = JournalEntry.objects.filter(verb="package.titles_put_in")
    assert (entry.by, len(entry.facts["media"]), entry.facts["starts_on"]) == (manager, 60, "2026-01-01")


def test_some_go_and_may_come_again(package, films, manager):
    packages.put_in_all(package, films[:3], starts_on=JANUARY, by=manager)

    assert packages.take_out_all(package, films[1:5], on=JULY, by=manager) == {films[1].pk, films[2].pk}
    assert packages.put_in_all(package, films[:3], starts_on=JULY, by=manager) == films[1:3]

    spans = PackageTitle.objects.filter(medium=films[1]).values_list("starts_on", "ends_on")
    assert list(spans.order_by("starts_on")) == [(JANUARY, date(2026, 6, 30)), (JULY, None)]


def test_what_was_still_to_come_never_was(package, films, manager):
    packages.put_in_all(package, films[:1], starts_on=JULY, by=manager)

    assert packages.take_out_all(package, films[:1], on=JANUARY, by=manager) == {films[0].pk}
    assert not PackageTitle.objects.exists()
    assert packages.take_out_all(package, films[:1], on=JANUARY, by=manager) == set()


def test_statements_do_not_grow_with_the_titles(package, films, manager, django_assert_max_num_queries):
    for some in (films[:5], films[5:]):
        with django_assert_max_num_queries(7):
            packages.put_in_all(package, some, starts_on=JANUARY, by=manager)


def test_days_and_centres_must_fit(package, films, neighbor, manager):
    with pytest.raises(TitleGoesBeforeItComes):
        packages.put_in_all(package, films, starts_on=JULY, ends_on=JANUARY, by=manager)
    foreign = Provider.objects.create(center=neighbor, name="Fremd")
    film = Medium.objects.create(center=neighbor, provider=foreign, title="Fremder Film", kind="dvd")
    with pytest.raises(OfAnotherCenter):
        packages.put_in_all(package, [film], starts_on=JULY, by=manager)
    with pytest.raises(OfAnotherCenter):
        packages.edit(package, provider=foreign, name="X", by=manager)


def test_a_package_is_called_something_else(package, center, provider, manager):
    other = packages.add(center, provider=provider, name="Sachfilme", by=manager)

    assert packages.edit(package, provider=provider, name="Natur und Umwelt", by=manager).name == "Natur und Umwelt"
    with pytest.raises(NameIsTaken):
        packages.edit(other, provider=provider, name="natur und umwelt", by=manager)


def test_lines_are_numbers_or_titles_or_rows_of_a_table(films, center, provider, neighbor):
    twins = [Medium(center=center, provider=provider, title="Zwilling", kind="dvd") for _ in range(2)]
    Medium.objects.bulk_create(twins)
    text = "5510001\n\n  film 2 \n5510003;Film 3;2021\n5510004\tFilm 4\n5510001\n4711\nzwilling\n"

    found = in_lines(text, Medium.objects.filter(center=center))

    assert [str(it) for it in found.media] == ["Film 1", "Film 2", "Film 3", "Film 4"]
    assert (found.unknown, found.several) == (["4711"], ["zwilling"])
    assert in_lines(text, Medium.objects.filter(center=neighbor)).media == []


def test_five_hundred_lines_ask_as_often_as_one(films, center, django_assert_num_queries):
    for text in ("5510001", "\n".join(film.number for film in films) + "\nx" * 500):
        with django_assert_num_queries(3):
            in_lines(text, Medium.objects.filter(center=center))
