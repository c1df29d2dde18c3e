"""A broker of our own that can be killed: what it had in its memory is gone with it."""

import os
import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import Final

from tests.leihwerk.installation import free_port
from tests.workers import is_reachable

RABBITMQ: Final = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # the wrapper in PATH knows one node a machine
PATIENCE: Final = 90.0  # seconds


class Broker:
    """Nothing to kill: the embedded broker is a folder."""

    url = ""

    def start(self) -> None:
        """It is there."""

    def kill(self) -> None:
        """It cannot die."""


class _Process(Broker, ABC):
    """A server of ours in a process group of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.folder.mkdir(parents=True)
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "broker.log").open("ab") as log:
            self._running = subprocess.Popen(
                self.command,
                env=os.environ | self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while not is_reachable(self.url):
            if self._running.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"The broker does not answer; the reason is in {log.name}.")
            time.sleep(0.1)

    def kill(self) -> None:
        if self._running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()

    @property
    @abstractmethod
    def command(self) -> list[str]:
        """What starts it."""

    @property
    def environment(self) -> dict[str, str]:
        return {}


class Redis(_Process):
    @property
    def url(self) -> str:  # type: ignore[override]  # known once there is a port
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def command(self) -> list[str]:
        return ["redis-server", "--port", f"{self.port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]


class RabbitMQ(_Process):
    @property
    def url(self) -> str:  # type: ignore[override]  # known once there is a port
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    @property
    def command(self) -> list[str]:
        return [str(RABBITMQ)]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.folder),  # where it keeps its cookie
            "RABBITMQ_NODENAME": f"letters{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": f"{self.port}",
            "RABBITMQ_DIST_PORT": f"{free_port()}",
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "none"),
        }


NAMES: Final = ("filesystem", "redis", "rabbitmq")


def find(name: str, folder: Path) -> Broker:
    """SystemExit in one sentence where that server is not installed."""
    if name == "filesystem":
        return Broker()
    if not (RABBITMQ.exists() if name == "rabbitmq" else shutil.which("redis-server")):
        raise SystemExit(f"{name} is not installed on this machine.")
    return RabbitMQ(folder) if name == "rabbitmq" else Redis(folder)
