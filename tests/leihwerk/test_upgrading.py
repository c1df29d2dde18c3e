"""A newer package brings a newer PostgreSQL: it says so, and one command carries the data over."""

import subprocess
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command

from leihwerk.embedded import binaries, database, places
from tests.leihwerk.conftest import start

OLDER = sorted(path for path in Path("/usr/lib/postgresql").glob("*/bin") if int(path.parent.name) < binaries.MAJOR)


@pytest.fixture
def old(data, settings):
    """A data directory that an older major version has written, as its package would have left it."""
    if not OLDER:
        pytest.skip("this machine has no older PostgreSQL to come from")
    settings.DATABASE_URL = places.database_url()
    ours = database.find(is_durable=False)
    settings.DATABASE_URL = places.database_url()
    old = replace(ours, major=int(OLDER[-1].parent.name))
    programs = binaries.directory(old.home, old.major).parent
    programs.parent.mkdir(parents=True)
    programs.symlink_to(OLDER[-1].parent)
    ours.account.give(old.data.parent)
    initdb = [
        str(OLDER[-1] / "initdb"),
        "-D",
        str(old.data),
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    subprocess.run(initdb, check=True, capture_output=True, **old.account.run_as(old.home))
    with old.running():
        database.prepare(old)
        with psycopg.connect(places.owner_database_url(), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION btree_gist; CREATE TABLE loan (school text, period tstzrange)")
            connection.execute("INSERT INTO loan VALUES ('Gymnasium Süd', '[2026-11-23, 2026-11-27)')")
            connection.execute("ALTER TABLE loan ADD EXCLUDE USING gist (school WITH =, period WITH &&)")
    return old


def test_it_says_what_to_do_instead_of_starting_on_the_wrong_data(old):
    with pytest.raises(SystemExit, match=r"manage\.py upgrade_database"):
        start()


def test_it_carries_every_row_wall_and_role_over(old):
    call_command("upgrade_database")

    assert start().major == binaries.MAJOR
    with psycopg.connect(places.database_url(), autocommit=True) as app:
        assert app.execute("SELECT school, lower('Ä') FROM loan").fetchall() == [("Gymnasium Süd", "ä")]
        with pytest.raises(psycopg.errors.ExclusionViolation):
            app.execute("INSERT INTO loan SELECT * FROM loan")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE loan")
    assert (old.data / "PG_VERSION").exists()  # the old data are still there


def test_a_failed_upgrade_leaves_the_old_data_in_charge(old, monkeypatch):
    with old.running(), old.connect(places.DATABASE) as connection:
        connection.execute("CREATE ROLE stranger")
        connection.execute("ALTER TABLE loan OWNER TO stranger")  # whom the new server will not know

    with pytest.raises(SystemExit, match="pg_restore ist gescheitert"):
        call_command("upgrade_database")

    with pytest.raises(SystemExit, match=r"manage\.py upgrade_database"):
        start()
    with old.running(), old.connect(places.DATABASE) as connection:
        assert connection.execute("SELECT count(*) FROM loan").fetchone() == (1,)


def test_there_is_nothing_to_do_when_the_version_fits(cluster, settings):
    settings.DATABASE_URL = places.database_url()
    with pytest.raises(SystemExit, match="nichts zu tun"):
        call_command("upgrade_database")


def test_a_server_of_ones_own_is_left_to_its_own_tools(data, settings):
    settings.DATABASE_URL = "postgres://somewhere/else"
    with pytest.raises(CommandError, match="pg_upgrade"):
        call_command("upgrade_database")
