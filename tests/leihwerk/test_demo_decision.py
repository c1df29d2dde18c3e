"""Is it the demo centre? Decided once, on an empty database, and remembered: nobody's real data get demo logins."""

import psycopg
import pytest

from leihwerk.embedded import demo, places


@pytest.fixture(autouse=True)
def undecided(cluster, monkeypatch):
    monkeypatch.delenv("LEIHWERK_DEMO", raising=False)


def with_center():
    with psycopg.connect(places.owner_database_url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE people_center (name text)")
        connection.execute("INSERT INTO people_center VALUES ('Medienzentrum Musterstadt')")


def decide():
    return demo.decide(places.database_url())


def test_an_empty_database_becomes_the_demo_and_stays_it():
    assert decide() is True
    with_center()
    assert decide() is True
    assert places.is_demo()


def test_somebodys_data_are_never_the_demo():
    with_center()
    assert decide() is False
    assert not places.is_demo()


def test_an_emptied_database_of_somebody_is_not_the_demo_either():
    with_center()
    decide()
    with psycopg.connect(places.owner_database_url(), autocommit=True) as connection:
        connection.execute("TRUNCATE people_center")
    assert decide() is False


@pytest.mark.parametrize(("told", "is_demo"), [("1", True), ("0", False)])
def test_who_says_so_decides(monkeypatch, told, is_demo):
    monkeypatch.setenv("LEIHWERK_DEMO", told)
    assert decide() is is_demo
