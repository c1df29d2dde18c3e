"""The three processes of an installation, started alike by ``lw``, by the container and by a service manager."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit


def web() -> list[str]:
    """gunicorn with threads; ``WEB_PROCESSES`` × ``WEB_THREADS`` requests at once, one database connection each."""
    options = {
        "--bind": f"{bind()}:{port()}",
        "--worker-class": "gthread",
        "--workers": os.environ.get("WEB_PROCESSES", "2"),
        "--threads": os.environ.get("WEB_THREADS", "4"),
        "--timeout": "60",
        "--graceful-timeout": "10",
    }
    if Path("/dev/shm").is_dir():  # noqa: S108 - gunicorn makes its heartbeat file there itself
        options["--worker-tmp-dir"] = "/dev/shm"  # noqa: S108  memory, for gunicorn's heartbeat
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--preload"]
    return [*command, *(word for pair in options.items() for word in pair), "leihwerk.wsgi"]


def worker(environment: Mapping[str, str] = os.environ) -> list[str]:
    """celery's worker, which does ``WORKER_PROCESSES`` things at once.

    In processes with a real broker, in threads with the embedded one: there its processes would wait for work behind
    one lock, and whichever is killed (by a kernel short of memory, say) takes it along, and nobody works any more.
    """
    is_embedded = urlsplit(environment.get("BROKER_URL", "")).scheme in {"", "filesystem"}
    pool = ["--pool", "threads" if is_embedded else "prefork"]
    return [*_celery("worker"), *pool, "--concurrency", environment.get("WORKER_PROCESSES", "2"), "--without-mingle"]


def beat() -> list[str]:
    """celery's timetable. Exactly one for each installation."""
    return _celery("beat")


def bind() -> str:
    """``BIND``, the address to listen on; by default only this machine may ask."""
    return os.environ.get("BIND") or "127.0.0.1"


def port() -> int:
    """``PORT``; SystemExit when it is none."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SystemExit(f"PORT={text} ist kein Port: eine Zahl von 1 bis 65535.")
    return int(text)


def _celery(role: str) -> list[str]:
    return [sys.executable, "-m", "celery", "--app", "leihwerk", "--quiet", role, "--loglevel", "INFO"]
