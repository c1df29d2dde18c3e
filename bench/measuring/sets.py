"""A generated world in a database of its own, on the server of ``DATABASE_URL``."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench.generator.sizes import Size
from bench.surroundings import surroundings
from leihwerk import env
from leihwerk.embedded.places import PROJECT


@contextmanager
def kept(size: Size, *, is_kept: bool) -> Iterator[str]:
    """The address of a database with such a world. One that was made today and kept is used again."""
    url, name = address(size)
    with env.connect(os.environ["DATABASE_URL"]) as server:
        if not (is_kept and _is_of_today(server, name, size)):
            _make(server, name, url, size)
        _run(url, "manage.py", "migrate", "--verbosity", "0")
        try:
            yield url
        finally:
            if not is_kept:
                _drop(server, name)


def address(size: Size) -> tuple[str, str]:
    """Its URL and its name: that of ``DATABASE_URL``'s database with the size behind it."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"{parts.path.removeprefix('/')}_bench_{size.name}"
    return urlunsplit(parts._replace(path=f"/{name}")), name


def _make(server: psycopg.Connection, name: str, url: str, size: Size) -> None:
    _drop(server, name)
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
    _run(url, "manage.py", "migrate", "--verbosity", "0")
    _run(url, "-m", "bench.generator", size.name)
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(_mark(size))))


def _is_of_today(server: psycopg.Connection, name: str, size: Size) -> bool:
    found = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return found == (_mark(size),)


def _mark(size: Size) -> str:
    """A world ages by the day: what was coming is late tomorrow."""
    return f"{size} {date.today()}"  # noqa: DTZ011  the machine's day will do


def _drop(server: psycopg.Connection, name: str) -> None:
    """By force only where somebody is connected: autovacuum makes way for a plain DROP, and may not be forced."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        server.execute(drop)
    except psycopg.errors.ObjectInUse:
        server.execute(drop + sql.SQL(" WITH (FORCE)"))


def _run(url: str, *command: str) -> None:
    subprocess.run([sys.executable, *command], env=surroundings(url), cwd=PROJECT, check=True)
