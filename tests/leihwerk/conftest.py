import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from leihwerk.embedded import database, places
from leihwerk.embedded.postgres import Cluster


@pytest.fixture
def settle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Move to a data directory of that name; whatever was started in any of them is gone afterwards."""
    seen: list[Path] = []

    def move(name: str) -> Path:
        directory = tmp_path / name
        monkeypatch.setenv("LEIHWERK_DATA", str(directory))
        seen.append(directory)
        return directory

    yield move
    for directory in seen:
        monkeypatch.setenv("LEIHWERK_DATA", str(directory))
        home, sockets = places.server_home(), places.socket_directory()
        for server in servers_of(home):
            server.kill()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(sockets, ignore_errors=True)


@pytest.fixture
def data(settle: Callable[[str], Path]) -> Path:
    """A fresh data directory, the current one."""
    return settle("data")


@pytest.fixture
def cluster(data: Path) -> Cluster:
    """A running embedded PostgreSQL with both roles."""
    return start()


def start(**kwargs) -> Cluster:
    cluster = database.find(**kwargs)
    database.start(cluster, tell=lambda _: None)
    return cluster


def servers_of(home: Path) -> list[psutil.Process]:
    """The postmasters whose data lies under ``home``."""
    found = []
    for process in psutil.process_iter():
        try:
            if any(part.startswith(f"{home}/") for part in process.cmdline()[1:]):
                found.append(process)
        except psutil.Error:
            continue
    return found
