import pytest
from django.db import connection

from licenses.models import Medium
from people.models import Institution


@pytest.fixture
def films(center, provider, film) -> list[Medium]:
    return [film, Medium.objects.create(center=center, provider=provider, title="Vulkane", kind="online_film")]


@pytest.fixture
def schools(north, south) -> list[Institution]:
    return [north, south]


@pytest.fixture
def partitions():
    """The tables of events that there are."""

    def names() -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'licenses_useevent'::regclass"
            )
            return {name for (name,) in cursor.fetchall()}

    return names


@pytest.fixture
def events_of():
    """How many events are in the table of a month."""

    def count(part: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM licenses_useevent_{part}")  # noqa: S608  no words of others
            return int(cursor.fetchone()[0])

    return count
