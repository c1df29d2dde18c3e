"""One embedded PostgreSQL: made, started, adopted, stopped.

It listens on a unix socket only, and lets in only the accounts it names. It outlives the death of everything around
it: whoever comes next finds it running and adopts it, or starts it again.
"""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from leihwerk.embedded import binaries
from leihwerk.embedded.account import Account
from leihwerk.embedded.places import APP_ROLE, OWNER_ROLE

PATIENCE = 30.0  # seconds of retries while remains of a killed server go away
RECOVERY = 600  # seconds a server may take to repeat what its log holds
LARGEST_LOG = 5_000_000  # bytes
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # What somebody typed stays out of the log: no statement of an error, no values of a broken constraint.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


@dataclass(frozen=True)
class Cluster:
    """``home`` is its folder (see ``embedded.homes``); ``is_durable=False`` trades safety for speed, for tests."""

    home: Path
    sockets: Path
    account: Account
    clients: frozenset[str]
    major: int = binaries.MAJOR
    folder: str = "data"
    is_durable: bool = True

    @property
    def data(self) -> Path:
        return self.home / str(self.major) / self.folder

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """As the superuser, every statement at once."""
        return psycopg.connect(
            host=str(self.sockets), user="postgres", dbname=database, autocommit=True, connect_timeout=5
        )

    def program(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of this version's programs to its end, out of reach of a Ctrl-C in the terminal."""
        command = [str(binaries.directory(self.home, self.major) / name), *arguments]
        return subprocess.run(  # noqa: S603 - our own arguments
            command,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
            **self.account.run_as(self.home),
        )

    def create(self) -> None:
        """Make the data directory, whole or not at all."""
        self.account.give(self.data.parent)
        draft = self.data.with_name(f"{self.folder}.new")
        shutil.rmtree(draft, ignore_errors=True)
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        haste = [] if self.is_durable else ["--no-sync"]
        done = self.program("initdb", "-D", str(draft), "-U", "postgres", "-E", "UTF8", "-A", "peer", *locale, *haste)
        if done.returncode:
            raise SystemExit(f"PostgreSQL ließ sich nicht einrichten: {done.stderr.strip()}")
        draft.rename(self.data)

    def start(self, *, tell: Callable[[str], None] = lambda _: None) -> None:
        """Return when it answers. Raises SystemExit with the end of its log when it cannot be started."""
        deadline = time.monotonic() + PATIENCE
        while not self._is_adopted(tell):
            if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
                self.log.rename(self.log.with_suffix(".log.1"))
            self._configure()
            wait = ["-w", "-t", str(RECOVERY)]
            if self.program("pg_ctl", "start", "-D", str(self.data), "-l", str(self.log), *wait).returncode == 0:
                return
            if time.monotonic() > deadline:
                raise SystemExit(f"PostgreSQL startet nicht ({self.log}):\n{self._last_words()}")
            time.sleep(0.3)

    def stop(self) -> None:
        """Fast and clean: open transactions are rolled back, everything committed is on disk."""
        for sign, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 10)):
            if (server := self._postmaster()) is not None:
                server.send_signal(sign)
            deadline = time.monotonic() + seconds
            while self.is_running() and time.monotonic() < deadline:
                time.sleep(0.05)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Started for the block only."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def is_running(self) -> bool:
        return self._postmaster() is not None

    def answers(self) -> bool:
        try:
            with self.connect() as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row == (str(self.data),)

    def _is_adopted(self, tell: Callable[[str], None]) -> bool:
        """Take over a server that is alive on this data; clear away what a dead one left."""
        if self.is_running():
            tell("PostgreSQL läuft noch und wird übernommen.")
        while self.is_running():
            if self.answers():
                return True
            time.sleep(0.1)
        self._clear_stale_locks()
        return False

    def _clear_stale_locks(self) -> None:
        """PostgreSQL takes any living process of its account with a recycled number for itself and would not start.

        Its shared memory, found by the data directory's inode, still guards against a live one that we overlooked.
        """
        socket_lock = self.sockets / ".s.PGSQL.5432.lock"
        if (abandoned := self._server_named_in(socket_lock)) is not None:  # its data directory was taken away
            abandoned.send_signal(signal.SIGQUIT)
            abandoned.wait(10)
        socket_lock.unlink(missing_ok=True)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _postmaster(self) -> psutil.Process | None:
        return self._server_named_in(self.data / "postmaster.pid")

    def _server_named_in(self, lock: Path) -> psutil.Process | None:
        """The process a lock file names, if it really is a server on this data directory."""
        try:
            process = psutil.Process(int(lock.read_text().split()[0]))
            return process if str(self.data) in process.cmdline() else None
        except (FileNotFoundError, ValueError, IndexError, psutil.Error):
            return None

    def _configure(self) -> None:
        """Peer authentication: the kernel says which account asks; those in ``clients`` may be any of our roles."""
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets)} | ({} if self.is_durable else HASTE)
        roles = ("postgres", APP_ROLE, OWNER_ROLE)
        self._write("postgresql.conf", *(f"{name} = '{value}'" for name, value in settings.items()))
        self._write("pg_hba.conf", "local all all peer map=ours")
        self._write("pg_ident.conf", *(f"ours {client} {role}" for client in sorted(self.clients) for role in roles))

    def _write(self, name: str, *lines: str) -> None:
        path = self.data / name
        path.write_text("\n".join(lines) + "\n")
        self.account.give(path)

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
