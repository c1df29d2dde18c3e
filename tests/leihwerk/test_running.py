"""`lw run`, as somebody at a terminal meets it: it serves, survives, refuses in one sentence, and leaves cleanly."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from leihwerk.embedded import account, bundle, places
from leihwerk.embedded.places import PROJECT
from tests.leihwerk.installation import Installation, until, with_our_packages


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """One data directory for all stories of this file: each starts on what the one before left."""
    bundle.build()
    directory = tmp_path_factory.mktemp("running") / "data"
    yield directory
    shutil.rmtree((directory / "postgres").resolve(), ignore_errors=True)


@pytest.fixture
def installation(directory):
    installation = Installation(directory)
    yield installation
    if installation.process.poll() is None:
        installation.kill_everything()


def test_it_sets_itself_up_serves_and_leaves_nothing_running(installation):
    installation.start().wait_until_ready()
    until(lambda: "Leihwerk läuft" in installation.said())

    assert installation.stop(signal.SIGINT) == 0

    assert installation.family() == []
    assert f"http://localhost:{installation.port}/" in installation.said()


def test_who_kills_everything_finds_every_row_again(installation, monkeypatch):
    installation.start().wait_until_ready()
    monkeypatch.setenv("LEIHWERK_DATA", str(installation.data))
    with psycopg.connect(places.database_url(), autocommit=True) as connection:
        connection.execute("INSERT INTO django_session VALUES ('kept', 'data', now())")

    installation.kill_everything()
    installation.start().wait_until_ready()

    with psycopg.connect(places.database_url()) as connection:
        assert connection.execute("SELECT session_data FROM django_session WHERE session_key = 'kept'").rowcount == 1
    assert installation.stop() == 0


def test_a_second_one_on_the_same_directory_is_refused_and_the_first_goes_on(installation):
    installation.start().wait_until_ready()

    second = Installation(installation.data).start()

    assert second.process.wait(60) == 1
    assert f"läuft schon ein Leihwerk (Prozess {installation.process.pid})" in second.said()
    assert installation.health() == "ok"
    installation.stop()


def test_manage_works_beside_it_and_alone(installation):
    command = [sys.executable, "-m", "leihwerk.embedded", "manage", "shell", "--verbosity", "0", "-c"]
    question = "from people.models import Center; print('centres:', Center.objects.count())"

    def ask():
        arguments = {"env": installation.environment, "cwd": PROJECT, "capture_output": True, "text": True}
        return subprocess.run([*command, question], check=True, **arguments).stdout

    assert "centres: 0" in ask()  # the database is started for it
    installation.start().wait_until_ready()
    assert "centres: 0" in ask()  # it asks the one that runs
    assert installation.health() == "ok"
    installation.stop()


def test_whoever_dies_is_started_again(installation):
    installation.start().wait_until_ready()
    before = {role: installation.pids(role) for role in ("web", "worker", "beat", "postgres")}

    for pids in before.values():
        os.kill(pids[0], signal.SIGKILL)

    for role, pids in before.items():
        until(lambda role=role, pids=pids: installation.pids(role) not in ([], pids))
    until(lambda: installation.health() == "ok")
    assert installation.said().count("ist beendet") == 4
    installation.stop()


REWRITING = (
    "UPDATE people_journalentry SET verb = 'nothing'",
    "DELETE FROM people_journalentry",
    "TRUNCATE people_journalentry",
    "ALTER TABLE people_journalentry DISABLE TRIGGER USER",
    "DROP TABLE people_journalentry",
)


def test_the_app_may_add_to_the_journal_but_neither_rewrite_nor_empty_it(installation, monkeypatch):
    """By its role alone: with the trigger asleep it is refused all the same, and the owner is not."""
    installation.start().wait_until_ready()
    monkeypatch.setenv("LEIHWERK_DATA", str(installation.data))
    with psycopg.connect(places.owner_database_url(), autocommit=True) as owner:
        owner.execute("ALTER TABLE people_journalentry DISABLE TRIGGER USER")
        with psycopg.connect(places.database_url(), autocommit=True) as app:
            app.execute(
                "INSERT INTO people_journalentry (at, verb, subject_type, subject_id, facts) "
                "VALUES (now(), 'test.happened', 'people.center', 1, '{}')"
            )
            app.execute("UPDATE people_journalentry SET by_id = NULL, person_id = NULL")
            for forbidden in REWRITING:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(forbidden)
        for allowed in REWRITING[:3]:
            with owner.transaction(force_rollback=True):
                owner.execute(allowed)
        owner.execute("ALTER TABLE people_journalentry ENABLE TRIGGER USER")
    assert installation.stop() == 0


def test_a_killed_supervisor_leaves_no_port_taken(installation):
    installation.start().wait_until_ready()

    installation.process.kill()
    installation.process.wait()
    installation.start().wait_until_ready()

    installation.stop()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "hundert"}, "PORT=hundert ist kein Port"),
        ({"DATABASE_URL": "postgres://127.0.0.1:1/x"}, "Die Datenbank aus DATABASE_URL antwortet nicht"),
        ({"LEIHWERK_DATA": "/proc/leihwerk"}, "Kein Zugriff auf /proc/leihwerk"),
    ],
)
def test_what_cannot_work_is_said_in_one_sentence(directory, environment, sentence):
    refused = Installation(directory, **environment).start()

    assert refused.process.wait(60) == 1
    (line,) = [line for line in refused.said().splitlines() if sentence in line]
    assert "Traceback" not in refused.said()
    assert line


def test_a_port_in_use_is_said_in_one_sentence_with_the_way_out(directory):
    refused = Installation(directory)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", refused.port))
        taken.listen()

        refused.start()

        assert refused.process.wait(60) == 1
    assert f"Port {refused.port} ist nicht frei" in refused.said()
    assert f"PORT={refused.port + 1} ./lw run" in refused.said()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else; all the others ran as a user")
def test_an_ordinary_user_runs_it_as_well():
    ordinary = account.for_server()
    person = {"user": ordinary.uid, "group": ordinary.gid, "extra_groups": []}
    python = readable_python(person)
    if python is None:
        pytest.skip(f"the account {ordinary.name} may read neither this working copy nor a Python with its packages")
    home = Path(tempfile.mkdtemp(prefix="ordinary-"))
    ordinary.give(home)
    installation = Installation(home / "data", person=person, PYTHON=python, HOME=str(home))
    try:
        installation.start().wait_until_ready()
        assert (home / "data" / "postgres").stat().st_uid == ordinary.uid
        assert installation.stop() == 0
    finally:
        installation.kill_everything()
        shutil.rmtree(home, ignore_errors=True)


def readable_python(person):
    """This Python if that account may run it, else the machine's own one with our packages."""
    for python in (sys.executable, "/usr/bin/python3"):
        command = [python, "-c", "import leihwerk.embedded.running"]
        with suppress(PermissionError):
            if subprocess.run(command, cwd=PROJECT, env=with_our_packages(), check=False, **person).returncode == 0:
                return python
    return None
