"""The embedded PostgreSQL: whatever is killed, nothing committed is lost, and nobody meets anybody else."""

import contextlib
import os
import shutil
import subprocess
import sys
import time

import psutil
import psycopg
import pytest
from psycopg import errors

from leihwerk.embedded import database, places
from tests.leihwerk.conftest import servers_of, start


def write(number):
    with psycopg.connect(places.owner_database_url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number integer)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def kept():
    with psycopg.connect(places.database_url()) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM kept ORDER BY number")]


def postmaster(cluster):
    return psutil.Process(int((cluster.data / "postmaster.pid").read_text().split()[0]))


def test_it_knows_german_letters_whatever_the_shell_says(data, monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.ISO-8859-1")
    start()

    with psycopg.connect(places.database_url()) as connection:
        assert connection.execute("SELECT lower('ÄÖÜ'), 'ß' ~ '^\\w$'").fetchone() == ("äöü", True)


def test_it_keeps_its_rows_over_a_stop_and_a_start(cluster):
    write(1)
    cluster.stop()
    assert not cluster.is_running()

    start()

    assert kept() == [1]


def test_it_loses_no_row_when_the_server_is_killed(cluster):
    for number in range(5):
        write(number)
        postmaster(cluster).kill()

        start()

        assert kept() == list(range(number + 1))


def test_it_loses_no_row_when_every_process_of_it_is_killed_in_mid_write(cluster):
    write(0)
    writer = "import sys; sys.path.insert(0, '.')\nfrom tests.leihwerk.test_embedded_database import write\n"
    writer += "for number in range(1, 10**6):\n    write(number); print(number, flush=True)"
    with subprocess.Popen([sys.executable, "-c", writer], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(20)]
        server = postmaster(cluster)
        for victim in [server, *server.children(recursive=True), process]:
            with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
                victim.kill()
        acknowledged += [int(line) for line in process.stdout.read().split()]

    start()

    assert kept()[: len(acknowledged) + 1] == [0, *acknowledged]


def test_it_adopts_a_server_that_outlived_its_supervisor(cluster):
    before = postmaster(cluster).pid

    again = start()

    assert postmaster(again).pid == before
    again.stop()
    assert not psutil.pid_exists(before) or psutil.Process(before).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("lock", ["postmaster.pid", "socket"])
def test_a_stale_pid_file_that_names_a_living_process_of_the_same_account_is_cleared(cluster, lock):
    write(1)
    text = (cluster.data / "postmaster.pid").read_text()
    cluster.stop()
    with subprocess.Popen(["sleep", "60"], **cluster.account.run_as(cluster.home)) as stranger:
        path = cluster.data / lock if lock == "postmaster.pid" else cluster.sockets / ".s.PGSQL.5432.lock"
        path.write_text("\n".join([str(stranger.pid), *text.splitlines()[1:]]) + "\n")

        start()

        assert kept() == [1]
        assert stranger.poll() is None  # and the stranger was left alone
        stranger.kill()


def test_two_data_directories_on_one_machine_do_not_meet(settle):
    settle("one")
    first = start()
    write(1)
    settle("two")
    second = start()
    write(2)

    assert kept() == [2]
    assert {first.home, first.sockets}.isdisjoint({second.home, second.sockets})
    settle("one")
    assert kept() == [1]


def test_a_copied_data_directory_does_not_meet_the_original(settle):
    original = settle("original")
    start()
    write(1)
    copy = settle("copy")
    shutil.copytree(original, copy, symlinks=True, ignore=shutil.ignore_patterns("postmaster.pid"))

    home = start().home
    write(2)

    settle("original")
    assert kept() == [1]
    assert home != places.server_home()


def test_a_moved_data_directory_keeps_its_rows(settle):
    before = settle("before")
    cluster = start()
    write(1)
    cluster.stop()
    before.rename(settle("after"))

    start()

    assert kept() == [1]


def test_a_removed_data_directory_makes_a_fresh_start(data, settle):
    old = start()
    write(1)
    shutil.rmtree(data)

    start()

    with pytest.raises(errors.UndefinedTable):
        kept()
    for server in servers_of(old.home):
        server.kill()
    shutil.rmtree(old.home, ignore_errors=True)


def test_an_interrupted_set_up_is_begun_anew(data):
    draft = start().data
    start().stop()
    draft.rename(draft.with_name("data.new"))
    (draft.with_name("data.new") / "PG_VERSION").unlink()

    start()

    write(1)
    assert kept() == [1]


def test_the_app_may_change_rows_but_neither_truncate_nor_drop(cluster):
    write(1)
    with psycopg.connect(places.database_url(), autocommit=True) as app:
        app.execute("UPDATE kept SET number = 2")
        for forbidden in ("TRUNCATE kept", "DROP TABLE kept", "CREATE TABLE mine (x int)"):
            with pytest.raises(errors.InsufficientPrivilege):
                app.execute(forbidden)
    assert kept() == [2]


def test_only_the_accounts_it_names_are_let_in(cluster):
    assert cluster.sockets.stat().st_mode & 0o777 == 0o700
    (cluster.data / "pg_ident.conf").write_text("ours somebody-else leihwerk\n")
    with cluster.connect() as connection:
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(0.5)

    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        psycopg.connect(places.database_url())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_a_socket_folder_laid_out_by_somebody_else_is_refused(data):
    sockets = database.find().sockets
    os.chown(sockets, 65534, 65534)

    with pytest.raises(SystemExit, match="anderen Benutzer"):
        start()


def test_what_people_typed_stays_out_of_the_log(cluster):
    with psycopg.connect(places.owner_database_url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE person (name text UNIQUE)")
        connection.execute("INSERT INTO person VALUES ('Kanarienvogel')")
        with pytest.raises(errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('Kanarienvogel')")

    log = cluster.log.read_text()
    assert "duplicate key" in log
    assert "Kanarienvogel" not in log


def test_it_says_why_it_does_not_start(cluster, monkeypatch):
    cluster.stop()
    monkeypatch.setattr("leihwerk.embedded.postgres.PATIENCE", 0.5)
    (cluster.data / "global" / "pg_control").rename(cluster.data / "global" / "away")
    with pytest.raises(SystemExit, match=r"(?s)PostgreSQL startet nicht.*pg_control"):
        start()
