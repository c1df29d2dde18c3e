"""Where the embedded services of one data directory live. Pure addresses: nothing is started here."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent.parent


def data_directory() -> Path:
    """``LEIHWERK_DATA``, else ``var/`` beside manage.py."""
    return Path(os.environ.get("LEIHWERK_DATA") or PROJECT / "var").resolve()


def socket_directory() -> Path:
    """A short path of its own for each data directory: a unix socket's path must stay below 107 bytes."""
    digest = hashlib.sha256(str(data_directory()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"leihwerk-{digest}"


def database_url() -> str:
    """The embedded PostgreSQL, over its unix socket."""
    return f"postgres:///{socket_directory()}/leihwerk"


def static_root() -> Path:
    return data_directory() / "static"


def secret_key() -> str:
    """Made once, kept beside the data, readable by its owner only."""
    path = data_directory() / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(descriptor, secrets.token_urlsafe(50).encode())
        os.close(descriptor)
    return path.read_text()


def broker_options(url: str) -> dict[str, Any]:
    """Kombu's transport options for the broker named by ``url`` (DESIGN section 6, known pitfalls)."""
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
