"""A private installation: set up, shot at, found on its feet again, examined, taken away."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil
import psycopg

from bench.house import sabotage
from leihwerk.embedded import places
from leihwerk.embedded.places import PROJECT
from tests.leihwerk.installation import Installation, until, words_of

ROLES: Final = ("web", "worker", "postgres")
STEADY: Final = 1.0  # seconds of good answers until it counts as being back
SETTING_UP: Final = 400.0  # seconds, where many others work
PATIENCE: Final = 120.0  # seconds until it is given up


@dataclass(frozen=True)
class Outage:
    """One kill -9: of what, and from when to when nobody could be sure of an answer."""

    role: str
    victim: str
    killed_at: float
    back_at: float | None


class House(Installation):
    """Installation on a directory of its own, with settings of its own. Its PostgreSQL keeps its promises."""

    def __init__(self, sabotages: list[str], **environment: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="leihwerk-house-"))
        ours: dict[str, Any] = {
            "DJANGO_SETTINGS_MODULE": "bench.house.settings",
            "WEB_PROCESSES": "2",
            "WORKER_PROCESSES": "1",
            "TMPDIR": str(self.folder),  # what killed processes leave there goes with it
            "HOUSE_SABOTAGE": ",".join(sabotages),
        }
        super().__init__(self.folder / "data", **ours | environment)
        self.command = [sys.executable, "-m", "bench.house.running"]
        self.sabotages = sabotages
        os.environ["LEIHWERK_DATA"] = str(self.data)  # where `places` looks

    def set_up(self) -> "House":
        """Started, and ready to be asked."""
        self.start().wait_until_ready(seconds=SETTING_UP)
        with self.connect("postgres") as database:
            sabotage.weaken(database, self.sabotages)
        return self

    def told_by(self, module: str, *arguments: object) -> Any:
        """Run a module of ours inside the installation; what it says last, as JSON."""
        command = [sys.executable, "-m", module, *map(str, arguments)]
        told = subprocess.run(
            command, env=self.environment, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        return json.loads(told.splitlines()[-1])

    def connect(self, role: str = places.OWNER_ROLE) -> psycopg.Connection:
        return psycopg.connect(host=str(places.socket_directory()), user=role, dbname=places.DATABASE, autocommit=True)

    def kill(self, role: str, rng: random.Random) -> Outage:
        """kill -9 of the whole role or of one of its children; returns when it is back."""
        until(lambda: bool(self.pids(role)))
        is_back = self._watch(role)
        parent = psutil.Process(self.pids(role)[0])
        children = [child for child in parent.children() if role != "postgres" or " [local] " in words_of(child)]
        victims, name = [parent], f"{role}, the parent"
        if children and rng.random() < 0.5:
            victims, name = [rng.choice(children)], f"{role}, a child"
        killed_at = time.time()
        for victim in victims:
            with suppress(psutil.NoSuchProcess):
                victim.kill()
        return Outage(role, name, killed_at, self._steady_since(is_back))

    def stop_worker(self) -> float | None:
        """Ask the worker to stop, as a service manager does; returns when the next one is at work."""
        until(lambda: bool(self.pids("worker")))
        is_back = self._watch("worker")
        psutil.Process(self.pids("worker")[0]).terminate()
        return self._steady_since(is_back)

    def doctor(self) -> str:
        """What ``manage.py doctor`` says; silent and empty when everything is true."""
        done = self.manage("doctor")
        return f"exit {done.returncode}: {done.stdout}{done.stderr}" if done.returncode or done.stdout else ""

    def log_of_postgres(self) -> str:
        home = places.server_home()
        return "".join(path.read_text(errors="replace") for path in sorted(home.glob("postgres.log*")))

    def take_away(self, *, keep: bool) -> None:
        if self.process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                self.stop()
        self.kill_everything()
        if not keep:
            for folder in (places.socket_directory(), places.server_home(), self.folder):
                shutil.rmtree(folder, ignore_errors=True)

    def _watch(self, role: str) -> Callable[[], bool]:
        """Whether ``role`` is back, asked after its death. A worker says in its log that it is."""
        if role != "worker":
            return lambda: self.health() == "ok"
        log = self.data / "log" / "worker.log"
        said, before = _ready_in(log), self.pids(role)
        return lambda: _ready_in(log) > said if self.pids(role) != before else bool(_children_of(before))

    def _steady_since(self, is_back: Callable[[], bool]) -> float | None:
        """When a whole second of good answers began; None if that never came."""
        deadline, since = time.time() + PATIENCE, None
        while time.time() < deadline:
            now = time.time()
            if not is_back():
                since = None
            elif since is None:
                since = now
            elif now - since >= STEADY:
                return since
            time.sleep(0.05)
        return None


def _ready_in(log: Path) -> int:
    return log.read_text(errors="replace").count(" ready.")


def _children_of(pids: list[int]) -> list[psutil.Process]:
    with suppress(psutil.Error, IndexError):
        return list(psutil.Process(pids[0]).children())
    return []
