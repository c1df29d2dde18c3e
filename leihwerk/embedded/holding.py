"""One at a time on a data directory."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from leihwerk.embedded.places import data_directory


class HeldByAnother(SystemExit):
    """Somebody else runs on this data directory."""


@contextmanager
def hold() -> Iterator[None]:
    """The data directory is ours until the block ends or the process dies. Raises HeldByAnother."""
    folder = data_directory()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder.stat().st_uid != os.geteuid():
            raise SystemExit(
                f"{folder} gehört einem anderen Benutzer: bitte als dieser starten oder LEIHWERK_DATA setzen."
            )
        lock = (folder / "lock").open("a+")
    except OSError as error:
        raise SystemExit(
            f"Kein Zugriff auf {folder}: {error.strerror}. LEIHWERK_DATA nennt ein anderes Verzeichnis."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise HeldByAnother(f"Auf {folder} läuft schon ein Leihwerk (Prozess {lock.read().strip()}).") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
