"""Processes that are kept alive: one that dies is started again, later and later while it keeps dying."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from leihwerk.embedded.places import data_directory
from leihwerk.embedded.terminal import say

GRACE = 20.0  # seconds to finish what was begun
LONGEST_PAUSE = 30.0  # seconds between two starts
HEALTHY = 60.0  # seconds after which a death counts as the first one again
LARGEST_LOG = 5_000_000  # bytes


class Child:
    """One process with its own log. It ends when we end, however we end."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.log = data_directory() / "log" / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.pause, self.started_at, self.next_start = 1.0, 0.0, 0.0

    def start(self) -> None:
        self.log.parent.mkdir(exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.rename(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            # Its own session: Ctrl-C in the terminal reaches it through us, in the right order.
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        self.started_at = time.monotonic()

    def tend(self) -> None:
        """Look after it: notice its death, and start it again when its pause is over."""
        now = time.monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return
            if now - self.started_at > HEALTHY:
                self.pause = 1.0
            say(f"{self.name} ist beendet ({self.process.returncode}), Neustart in {self.pause:.0f} s: {self.log}")
            self._end_group()
            self.process, self.next_start = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        elif now >= self.next_start:
            self.start()

    def ask_to_end(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def see_it_end(self, deadline: float) -> None:
        """Wait until ``deadline`` (monotonic), then end it and whatever it has started."""
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.0, deadline - time.monotonic()))
            self._end_group()
            self.process.wait()

    def _end_group(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def stop(children: list[Child]) -> None:
    deadline = time.monotonic() + GRACE
    for child in children:
        child.ask_to_end()
    for child in children:
        child.see_it_end(deadline)


def _end_with_parent() -> None:
    """Linux: SIGTERM when the supervisor dies, so that a killed one leaves no port taken."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
