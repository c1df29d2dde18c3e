"""/health/live says that the process is there, /health/ready that it could serve somebody."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from leihwerk import health


@pytest.fixture
def c_locale(db):
    """A connection to a database whose letters are bytes, as initdb makes it under LC_ALL=C."""
    name = f"{connection.settings_dict['NAME']}_c"
    admin, inside = to("postgres"), to(name)
    with admin.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 LC_COLLATE "C" LC_CTYPE "C" LOCALE_PROVIDER libc')
    yield inside
    inside.close()
    with admin.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.close()


def to(name):
    copy = connection.copy()
    copy.settings_dict = copy.settings_dict | {"NAME": name}
    return copy


def test_a_process_without_a_database_is_alive_but_not_ready(client, django_db_blocker):
    before = connection.settings_dict
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict = before | {"HOST": "/nowhere"}
        try:
            assert client.get("/health/live").json() == {"status": "ok"}
            answer = client.get("/health/ready")
        finally:
            connection.settings_dict = before

    assert (answer.status_code, answer.json()) == (503, {"status": "database_unreachable"})


@pytest.mark.django_db
def test_a_migrated_database_that_knows_german_is_ready(client):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_pending_migration_is_not_ready(client):
    applied = MigrationRecorder(connection).migration_qs
    applied.filter(pk=applied.latest("pk").pk).delete()

    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (503, {"status": "migrations_pending"})


def test_a_database_that_does_not_know_german_letters_is_not_ready(c_locale):
    with c_locale.cursor() as cursor:
        cursor.execute("SELECT lower('Ä')")
        assert cursor.fetchone() == ("Ä",)

    assert health.objection_to(c_locale) == "database_locale_unfit"


def test_a_database_that_knows_them_is_only_unmigrated_so_far(db):
    fresh = f"{connection.settings_dict['NAME']}_fresh"
    admin, inside = to("postgres"), to(fresh)
    with admin.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{fresh}" TEMPLATE template0')
    assert health.objection_to(inside) == "migrations_pending"
    inside.close()
    with admin.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{fresh}"')
    admin.close()


def test_health_is_asked_over_plain_http_even_where_https_is_the_rule(client, settings, db):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/ready").status_code == 200
