"""``run``: everything, from an empty disk to a served page, until somebody stops it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from typing import NoReturn

import psycopg

from leihwerk import env
from leihwerk.embedded import bundle, children, database, demo, holding, places, processes, translations
from leihwerk.embedded.children import Child
from leihwerk.embedded.postgres import Cluster
from leihwerk.embedded.terminal import say, show

PATIENCE_WITH_PORT = 5.0  # seconds: the web process of a killed supervisor is just leaving
PATIENCE_WITH_WEB = 60.0  # seconds until it is said that something is wrong
BREATH = 0.2  # seconds between two looks at the children


def run() -> None:
    """Set up, start, tend, stop."""
    with stoppable(), holding.hold():
        _claim_port()
        if bundle.build():
            say("Die Oberfläche ist gebaut.")
        translations.compile_all()
        with served_database() as (cluster, environment):
            _see_that_it_answers(environment["DATABASE_URL"])
            is_demo = demo.decide(environment["DATABASE_URL"])
            _settle(environment)
            commands = {"web": processes.web(), "worker": processes.worker(), "beat": processes.beat()}
            family = [Child(name, command, environment) for name, command in commands.items()]
            try:
                _tend(family, cluster, is_demo=is_demo)
            finally:
                _ignore_signals()  # it ends in bounded time as it is
                say("Leihwerk wird beendet …")
                children.stop(family)


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM, Ctrl-C and a closed terminal leave the block as an exception, so that everything is put away."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, _leave)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup means it
        signal.signal(signal.SIGHUP, _leave)
    yield


@contextmanager
def served_database(*, is_durable: bool = True) -> Iterator[tuple[Cluster | None, dict[str, str]]]:
    """The environment of a process that may use the database: ``DATABASE_URL``'s, else the embedded one, started."""
    environment = dict(os.environ)
    if environment.get("DATABASE_URL"):
        yield None, environment
        return
    cluster = database.find(is_durable=is_durable)
    urls = {"DATABASE_URL": places.database_url(), "MIGRATE_DATABASE_URL": places.owner_database_url()}
    try:
        database.start(cluster, tell=say)
        yield cluster, environment | urls
    finally:
        _ignore_signals()
        cluster.stop()


def follow(command: list[str], environment: dict[str, str]) -> int:
    """Leave the terminal to it until it ends, Ctrl-C included; told to stop, it is asked to stop."""
    with subprocess.Popen(command, env=environment, cwd=places.PROJECT) as process:  # noqa: S603 - our own command
        signal.signal(signal.SIGINT, lambda *_: None)  # the terminal tells it as well as us
        return _end_of(process)


def _settle(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "leihwerk.embedded.settle"]
    with subprocess.Popen(command, env=environment, cwd=places.PROJECT, start_new_session=True) as process:  # noqa: S603 - our own command
        if _end_of(process):
            raise SystemExit("Abgebrochen; der Grund steht darüber.")


def _end_of(process: "subprocess.Popen[bytes]") -> int:
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()


def _see_that_it_answers(url: str) -> None:
    """SystemExit in one sentence when there is no such database or it does not let us in."""
    try:
        env.connect(url).close()
    except psycopg.OperationalError as error:
        reason = str(error).splitlines()[0]
        raise SystemExit(f"Die Datenbank aus DATABASE_URL antwortet nicht: {reason}") from None


def _tend(family: list[Child], cluster: Cluster | None, *, is_demo: bool) -> NoReturn:
    for child in family:
        child.start()
    deadline, is_announced = time.monotonic() + PATIENCE_WITH_WEB, False
    while True:
        if cluster is not None and not cluster.is_running():
            say("PostgreSQL ist beendet, Neustart …")
            cluster.start(tell=say)
        for child in family:
            child.tend()
        if not is_announced and _is_ready():
            is_announced = True
            _announce(is_demo=is_demo)
        elif not is_announced and time.monotonic() > deadline:
            say(f"Die Seite antwortet noch nicht; der Grund steht in {family[0].log}.")
            deadline += PATIENCE_WITH_WEB
        time.sleep(BREATH)


def _announce(*, is_demo: bool) -> None:
    address = os.environ.get("BASE_URL") or f"http://localhost:{processes.port()}/"
    lines = [f"Leihwerk läuft: {address}", f"Protokolle: {places.data_directory() / 'log'}   Beenden: Strg+C"]
    show("\n".join([*lines, "", demo.LOGINS] if is_demo else lines))


def _is_ready() -> bool:
    host = "127.0.0.1" if processes.bind() == "0.0.0.0" else processes.bind()  # noqa: S104 - asked, not bound
    with suppress(OSError, HTTPException), closing(HTTPConnection(host, processes.port(), timeout=5)) as connection:
        connection.request("GET", "/health/ready", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    return False


def _claim_port() -> None:
    """SystemExit in one sentence when somebody else listens there."""
    port, deadline = processes.port(), time.monotonic() + PATIENCE_WITH_PORT
    while (reason := _objection_to(port)) is not None:
        if time.monotonic() > deadline:
            raise SystemExit(f"Port {port} ist nicht frei ({reason}); ein anderer: PORT={port + 1} ./lw run")
        time.sleep(BREATH)


def _objection_to(port: int) -> str | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((processes.bind(), port))
        except OSError as error:
            return error.strerror or str(error)
    return None


def _leave(*_: object) -> NoReturn:
    raise SystemExit(0)


def _ignore_signals() -> None:
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
