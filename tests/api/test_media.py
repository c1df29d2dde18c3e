"""Programs read what the centre's catalogue says of media."""

import pytest
from django.utils import timezone

from licenses import media, providers
from people.models import Membership

MEDIA = "/api/v1/media/"


@pytest.fixture
def publisher(center, manager):
    return providers.add(center, name="Naturfilm", by=manager)


@pytest.fixture
def wolves(center, publisher, manager):
    return media.add(
        center, by=manager, provider=publisher, title="Wölfe", number="5500001", kind="online_film", year=2021,
        runtime_minutes=15, subjects=["Biologie"], levels=["Sek I"], languages=["de"], link="https://f.example/1",
        description="Ein Rudel.",
    )  # fmt: skip


@pytest.fixture
def code(center, publisher, manager):
    return media.add(center, by=manager, provider=publisher, title="Codeinsel", kind="portal", subjects=["Informatik"])


def found(client, **asked) -> list[str]:
    answer = client.get(MEDIA, asked)
    assert answer.status_code == 200, answer.json()
    return [row["title"] for row in answer.json()["results"]]


def test_a_medium_is_told(program, anna, wolves, publisher):
    client = program(anna)

    (row,) = client.get(MEDIA).json()["results"]
    alone = client.get(f"{MEDIA}{wolves.pk}/").json()

    assert row == {
        "id": wolves.pk, "number": "5500001", "title": "Wölfe", "provider": publisher.pk,
        "provider_name": "Naturfilm", "kind": "online_film", "year": 2021, "runtime_minutes": 15,
        "subjects": ["Biologie"], "levels": ["Sek I"], "age_rating": None, "languages": ["de"], "subtitles": [],
    }  # fmt: skip
    assert alone == row | {"description": "Ein Rudel.", "product": None}, "the address is told to whom may use it"


def test_media_are_searched_and_narrowed(program, anna, wolves, code):
    client = program(anna)

    assert found(client) == ["Codeinsel", "Wölfe"]
    assert found(client, search="wolfe") == found(client, kind="online_film") == ["Wölfe"]
    assert found(client, subject="Informatik") == ["Codeinsel"]
    assert found(client, level="Sek I") == ["Wölfe"]
    assert found(client, subject="Informatik", level="Sek I") == []


def test_nonsense_is_refused(program, anna):
    client = program(anna)

    for asked in ({"kind": "film"}, {"provider": "9999999"}, {"search": "x" * 500}):
        assert client.get(MEDIA, asked).status_code == 400, asked


def test_what_is_not_listed_or_not_ours_is_not_there(program, anna, foreign_teacher, manager, wolves, code):
    media.edit(code, by=manager, is_listed=False)

    assert found(program(anna)) == ["Wölfe"]
    assert program(anna).get(f"{MEDIA}{code.pk}/").status_code == 200, "who knows it, from a bundle, may ask"
    assert program(anna).post(f"{MEDIA}{code.pk}/use/", {"action": "stream"}).json()["reason"] == "NO_LICENSE"
    assert found(program(foreign_teacher)) == []
    assert program(foreign_teacher).get(f"{MEDIA}{wolves.pk}/").status_code == 404


def test_a_medium_is_used_in_its_own_centre(program, anna, wolves, foreign_school):
    """Whoever acts in two of them does not carry a licence over."""
    Membership.objects.create(
        user=anna, center=foreign_school.center, institution=foreign_school, role="teacher", activated_at=timezone.now()
    )

    answer = program(anna).post(f"{MEDIA}{wolves.pk}/use/", {"action": "stream", "institution": foreign_school.pk})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "of_another_center"
