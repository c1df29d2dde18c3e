"""The pages of packages: titles come by the line, by search and by one button, and go the same ways."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from licenses import packages
from licenses.decisions import decide
from licenses.models import Medium, Package, PackageTitle
from licenses.rights import Action

JANUARY = date(2026, 1, 1)


@pytest.fixture
def package(center, provider, manager) -> Package:
    return packages.add(center, provider=provider, name="Naturfilme", by=manager)


@pytest.fixture
def films(center, provider) -> list[Medium]:
    return Medium.objects.bulk_create(
        Medium(center=center, provider=provider, number=f"551{n:04}", title=f"Tierfilm {n:04}", kind="online_film")
        for n in range(120)
    )


@pytest.fixture
def page(client, manager):
    client.force_login(manager)
    return client


def sent(page, package, **fields):
    days = {"starts_on": "2026-01-01", "act": "put_in"}
    return page.post(reverse("package", args=[package.pk]), {**days, **fields})


def read(page, package, query=""):
    answer = page.get(f"{reverse('package', args=[package.pk])}?{query}")
    assert answer.status_code == 200
    return answer.text


def test_a_package_is_made_with_a_new_provider(page):
    page.post(reverse("package_new"), {"name": "Sachfilme", "new_provider": "Sachfilm AG"})

    assert str(Package.objects.get().provider) == "Sachfilm AG"
    assert "Sachfilme" in page.get(reverse("packages")).text


def test_pasted_lines_come_in_and_what_is_unknown_stays_in_the_field(page, package, films, manager):
    packages.put_in_all(package, films[:1], starts_on=JANUARY, by=manager)
    lines = "5510000\n5510001;Tierfilm;2021\ntierfilm 0002\n4711"

    answer = sent(page, package, lines=lines)

    for told in ('Aufgenommen: <strong class="number">2<', 'Schon dabei in dieser Zeit: <strong class="number">1<'):
        assert told in answer.text
    assert 'Kennen wir nicht: <strong class="number">1<' in answer.text
    assert "\n4711</textarea>" in answer.text
    assert package.titles.count() == 3


def test_pasted_lines_go_out_on_a_day(page, package, films, manager):
    packages.put_in_all(package, films[:3], starts_on=JANUARY, by=manager)

    answer = sent(page, package, lines="5510000\n5510009", act="take_out", starts_on="2026-07-01")

    assert 'Herausgenommen: <strong class="number">1<' in answer.text
    assert 'Waren nicht dabei: <strong class="number">1<' in answer.text
    assert PackageTitle.objects.get(medium=films[0]).ends_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        ({"lines": ""}, 422, "Bitte prüfen Sie"),
        ({"lines": "5510000", "ends_on": "2025-01-01"}, 400, "Der letzte Tag liegt vor dem ersten."),
        ({"lines": "x\n" * 5001}, 422, "höchstens 5000 Zeilen"),
        ({"lines": "5510000", "act": "weg"}, 422, "Bitte prüfen Sie"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_comes_in(page, package, films, wrong, status, told):
    answer = sent(page, package, **wrong)

    assert answer.status_code == status
    assert told in answer.text.replace("\xa0", " ").replace("5.000", "5000")
    assert not PackageTitle.objects.exists()


def test_many_titles_have_pages_and_are_found(page, package, films, manager):
    packages.put_in_all(package, films, starts_on=JANUARY, by=manager)

    assert read(page, package).count("Herausnehmen<") == 50
    assert "Tierfilm 0119" in read(page, package, "page=3")
    found = read(page, package, "search=tierfilm+0077")
    assert "Tierfilm 0077" in found
    assert "Tierfilm 0078" not in found


def test_titles_of_yesterday_and_tomorrow_have_their_own_lists(page, package, films, manager):
    today = timezone.localdate()
    packages.put_in_all(package, films[:1], starts_on=JANUARY, ends_on=today - timedelta(days=1), by=manager)
    packages.put_in_all(package, films[1:2], starts_on=today + timedelta(days=1), by=manager)
    packages.put_in_all(package, films[2:3], starts_on=today, by=manager)

    shown = {name: read(page, package, f"show={name}") for name in ("past", "coming", "now")}

    for name, number in (("past", 0), ("coming", 1), ("now", 2)):
        assert [f"Tierfilm 000{n}" in shown[name] for n in range(3)] == [n == number for n in range(3)]


def test_what_is_searched_comes_in_by_its_button_and_a_school_may_use_it(
    page, package, films, entitled, anna, north, manager
):
    entitled(medium=None, package=package)
    assert f'Aufnehmen<span class="sr-only">: {films[7]}' in read(page, package, "show=more&search=5510007")
    assert not decide(anna, north, films[7], Action.STREAM).is_allowed

    page.post(reverse("package_title", args=[package.pk]), {"medium": films[7].pk, "act": "put_in"})

    assert decide(anna, north, films[7], Action.STREAM).is_allowed
    assert "Kreis-Online Lehrfilm" in read(page, package), "it says which contract rests on it"
    again = page.post(
        reverse("package_title", args=[package.pk]), {"medium": films[7].pk, "act": "put_in"}, follow=True
    )
    assert "schon im Titelpaket" in again.text
    page.post(reverse("package_title", args=[package.pk]), {"medium": films[7].pk, "act": "take_out"})
    assert not decide(anna, north, films[7], Action.STREAM).is_allowed


def test_an_auditor_looks_and_changes_nothing(client, auditor, package, films):
    client.force_login(auditor)

    assert "Viele Titel" not in read(client, package)
    assert sent(client, package, lines="5510000").status_code == 403
    assert client.get(reverse("package_new")).status_code == 403
