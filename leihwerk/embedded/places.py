"""Where the embedded services of one data directory live. Pure addresses: nothing is started here."""

import contextlib
import hashlib
import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

PROJECT = Path(__file__).resolve().parent.parent.parent
DATABASE, APP_ROLE, OWNER_ROLE = "leihwerk", "leihwerk", "leihwerk_owner"


def data_directory() -> Path:
    """``LEIHWERK_DATA``, else ``var/`` beside manage.py."""
    return Path(os.environ.get("LEIHWERK_DATA") or PROJECT / "var").resolve()


def server_home() -> Path:
    """What the embedded PostgreSQL owns; for root a link into /var/lib (see ``embedded.account``)."""
    return (data_directory() / "postgres").resolve()


def socket_directory() -> Path:
    """A short path of its own for each server: a unix socket's path must stay below 107 bytes.

    Not under ``TMPDIR``, which may differ between the supervisor's shell and a later ``manage.py``.
    """
    return Path("/tmp") / f"leihwerk-{hashlib.sha256(str(server_home()).encode()).hexdigest()[:12]}"  # noqa: S108 - 0700, owner checked


def database_url() -> str:
    """The embedded PostgreSQL as the app's role, which may change rows but neither tables nor TRUNCATE."""
    return f"postgres://{APP_ROLE}@{quote(str(socket_directory()), safe='')}/{DATABASE}"


def owner_database_url() -> str:
    """The same database as its owner: for migrations and tests."""
    return f"postgres://{OWNER_ROLE}@{quote(str(socket_directory()), safe='')}/{DATABASE}"


def is_demo() -> bool:
    """What ``embedded.demo`` decided for this data directory."""
    memory = data_directory() / "demo"
    return memory.exists() and memory.read_text() == "1"


def secret_key() -> str:
    """Made once, kept beside the data, readable by its owner only."""
    return _made_once("secret-key", lambda: secrets.token_urlsafe(50))


def sealing_keys(make: Callable[[], str]) -> str:
    """What seals the secrets in the database (``leihwerk.secrecy``): ``make`` is asked once."""
    return _made_once("sealing-keys", make)


def _made_once(name: str, make: Callable[[], str]) -> str:
    path = data_directory() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        with contextlib.suppress(FileExistsError):  # another process was first: its key counts
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


def broker_options(url: str) -> dict[str, Any]:
    """Kombu's transport options for the broker named by ``url``.

    The file system's default interval would make one task a second. Redis gives an unconfirmed message out again
    after ``visibility_timeout`` seconds: it must be longer than the longest task.
    """
    if url.startswith("filesystem:"):
        folder = data_directory() / "broker"
        for name in ("queue", "control"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        return {
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "control_folder": str(folder / "control"),
            "polling_interval": 0.1,
        }
    if url.startswith(("redis:", "rediss:")):
        return {"visibility_timeout": 3600, "unacked_restore_interval": 1, "unacked_restore_throttle": 1}
    return {}
