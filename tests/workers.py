"""Real celery workers in processes of their own, on a real broker; they can be killed at any moment."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psutil
from django.conf import settings
from django.db import connection
from kombu.connection import Connection

from leihwerk.celery import app
from leihwerk.embedded import places, processes

Command: TypeAlias = list[str]


class Workers:
    """``count`` workers on the test's database, each of which does ``at_once`` things.

    They end with the block, whatever happens in it.
    """

    def __init__(
        self,
        broker: str,
        mail: str,
        folder: Path,
        *,
        count: int = 2,
        at_once: int = 1,
        command: Command | None = None,
        **environment: str,
    ) -> None:
        self.broker, self.folder, self.count = broker, folder, count
        self.queue = f"test-{os.getpid()}-{time.monotonic_ns()}"
        self.kills = 0
        self._running: list[subprocess.Popen[bytes]] = []
        self._environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "BROKER_URL": broker,
            "BROKER_QUEUE": self.queue,
            "EMAIL_URL": mail,
            "LEIHWERK_DATA": str(folder),
            "LETTER_LEASE": "2",
            "SECRET_KEY": settings.SECRET_KEY,
            "WORKER_PROCESSES": f"{at_once}",
            **environment,
        }
        self.command = command or [*processes.worker(self._environment), "--hostname", f"{uuid4()}@test"]

    def __enter__(self) -> "Workers":
        self.revive()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        if urlsplit(self.broker).scheme != "filesystem":
            with self._connection() as broker:
                broker.default_channel.queue_delete(self.queue)

    def kill(self) -> None:
        """kill -9 of all of them and of their children, in the middle of whatever they do."""
        for worker in self._running:
            _kill(worker)

    def ask_to_stop(self) -> None:
        """SIGTERM to each of them, as a service manager does it; returns at once."""
        for worker in self._running:
            worker.terminate()

    def are_gone(self, *, seconds: float) -> list[int]:
        """How each of them ended: 0 for whoever finished in peace. Raises TimeoutExpired."""
        return [worker.wait(seconds) for worker in self._running]

    def kill_a_child(self) -> None:
        """kill -9 of one that works for a worker, where there are such, while it waits for work; else of the worker."""
        for worker in self._running:
            children = psutil.Process(worker.pid).children()
            (children[0] if children else worker).kill()

    def kill_every(self, mails: int) -> Callable[[int], str | None]:
        """For a sink: kills the worker whose mail is every ``mails``-th to arrive, before that is acknowledged.

        In turn the mail is refused (it never arrived) or kept (the worker cannot know).
        """
        arrived = 0

        def on_arrival(sender_port: int) -> str | None:
            nonlocal arrived
            arrived += 1
            if arrived % mails:
                return None
            for worker in self._running:
                if sender_port in _ports_of(worker):
                    _kill(worker)
            self.kills += 1
            return "451 interrupted" if self.kills % 2 else None

        return on_arrival

    def revive(self) -> None:
        """Start those that are not running, as a service manager would."""
        self._running = [worker for worker in self._running if worker.poll() is None]
        while len(self._running) < self.count:
            with (self.folder / "workers.log").open("ab") as log:
                self._running.append(
                    subprocess.Popen(
                        self.command,
                        env=self._environment,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )

    def until(self, is_enough: Callable[[], bool], *, seconds: float) -> bool:
        """Ring and revive, as beat and a service manager do, until it is enough; False if the time was over before."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not is_enough():
            self.revive()
            self.ring()
            time.sleep(0.5)
        return is_enough()

    def ring(self) -> None:
        with self._connection() as broker:
            app.send_task("people.tasks.deliver", queue=self.queue, connection=broker, expires=5)

    def _connection(self) -> Connection:
        before = os.environ.get("LEIHWERK_DATA")
        os.environ["LEIHWERK_DATA"] = str(self.folder)
        try:
            return Connection(self.broker, transport_options=places.broker_options(self.broker))
        finally:
            os.environ.pop("LEIHWERK_DATA") if before is None else os.environ.update(LEIHWERK_DATA=before)


def _kill(worker: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def _ports_of(worker: subprocess.Popen[bytes]) -> set[int]:
    """The local ports of the worker's connections, and of its children's."""
    try:
        family = [parent := psutil.Process(worker.pid), *parent.children(recursive=True)]
        return {connection.laddr.port for it in family for connection in it.net_connections("tcp")}
    except psutil.NoSuchProcess:
        return set()


def is_reachable(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 0), timeout=1):
            return True
    except OSError:
        return False


def database_url() -> str:
    """The test's database, for another process."""
    parts = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    login = f"{parts['USER']}:{parts['PASSWORD']}" if parts["PASSWORD"] else parts["USER"]
    port = f":{parts['PORT']}" if parts["PORT"] else ""
    return f"postgres://{login}@{quote(parts['HOST'], safe='')}{port}/{parts['NAME']}"  # the host may be a socket
