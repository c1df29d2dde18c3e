"""The web process as production runs it, for one set."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException

from bench.surroundings import surroundings
from leihwerk.embedded import processes
from leihwerk.embedded.children import Child, stop
from leihwerk.embedded.places import PROJECT

PATIENCE = 60.0


@contextmanager
def serving(name: str, url: str) -> Iterator[int]:
    """gunicorn on a free port, with the settings of production and the bare view beside."""
    port = _free_port()
    os.environ["PORT"] = str(port)
    environment = surroundings(url)
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--verbosity", "0", "--no-input"],
        env=environment, cwd=PROJECT, check=True,
    )  # fmt: skip
    child = Child(f"bench-{name}", processes.web(), environment)
    child.start()
    try:
        _wait(port)
        yield port
    finally:
        stop([child])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError, HTTPException):
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise SystemExit("Der Webprozess antwortet nicht; der Grund steht im Protokoll.")
