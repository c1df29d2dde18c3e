"""A whole installation in processes of its own, as a person at a terminal meets it."""

import json
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil

from leihwerk.embedded.places import PROJECT

PATIENCE = 120.0  # seconds, on a busy machine


class Installation:
    """``python -m leihwerk.embedded run`` on a data directory; ``person`` are Popen's keywords for another account."""

    def __init__(self, data: Path, *, person: dict[str, Any] | None = None, **environment: str) -> None:
        self.data, self.port, self.person = data, free_port(), person or {}
        self.environment = with_our_packages() | {
            "LEIHWERK_DATA": str(data),
            "PORT": str(self.port),
            "LEIHWERK_DEMO": "0",
        }
        self.environment |= environment
        self.output = data.with_suffix(".out")
        self.command = [environment.pop("PYTHON", sys.executable), "-m", "leihwerk.embedded", "run"]

    def start(self) -> "Installation":
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=PROJECT,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **self.person,
            )
        return self

    def wait_until_ready(self, *, seconds: float = PATIENCE) -> None:
        until(lambda: self.health() == "ok" or self.process.poll() is not None, seconds=seconds)
        assert self.process.poll() is None, self.said()

    def health(self) -> str:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
                return str(json.load(answer)["status"])
        except HTTPError as error:
            return str(json.load(error)["status"])
        except (URLError, OSError):
            return "silent"

    def said(self) -> str:
        return self.output.read_text()

    def family(self) -> list[psutil.Process]:
        """Every living process that has this data directory in its environment, PostgreSQL among them."""
        home = str((self.data / "postgres").resolve())
        found = []
        for process in psutil.process_iter():
            try:
                is_child = process.environ().get("LEIHWERK_DATA") == str(self.data)
                if (is_child or home in words_of(process)) and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def pids(self, role: str) -> list[int]:
        """The web, worker or beat process that was started by the supervisor, or its PostgreSQL."""
        if role == "postgres":
            return [process.pid for process in self.family() if "postgres -D" in words_of(process)]
        word = "gunicorn" if role == "web" else f" {role} "
        return [child.pid for child in psutil.Process(self.process.pid).children() if word in words_of(child)]

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """``lw manage``, as the operator has it."""
        return subprocess.run(
            [sys.executable, "-m", "leihwerk.embedded", "manage", *arguments],
            env=self.environment,
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def kill_everything(self) -> None:
        """kill -9, the supervisor first, so that nobody can put anything in order."""
        self.process.kill()
        self.process.wait()
        while family := self.family():
            for process in family:
                try:
                    process.kill()
                except psutil.NoSuchProcess:
                    continue
            time.sleep(0.05)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(PATIENCE)


def with_our_packages() -> dict[str, str]:
    """Our environment without its servers; another Python of the same version finds our packages."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BROKER_URL"}}
    return inherited | {"PYTHONPATH": sysconfig.get_path("platlib")}


def words_of(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def until(condition, *, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
