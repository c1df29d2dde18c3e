"""Carries the embedded database over to another major version of PostgreSQL.

Dumped by the old programs, restored by the new ones into a new data directory, counted on both sides, and only then
put in its place by one rename. The old data stay where they are. Not dumped by the new programs, although PostgreSQL's
handbook prefers that: a security release of the old server can mark its columns in a way that only its own pg_dump
knows to leave out (15.20 does).
"""

import shutil
from collections.abc import Callable
from dataclasses import replace

from psycopg import sql

from leihwerk.embedded import binaries, database
from leihwerk.embedded.places import DATABASE
from leihwerk.embedded.postgres import Cluster


def upgrade(*, tell: Callable[[str], None]) -> None:
    """SystemExit with the reason when there is nothing to carry over or it fails; the old data then serve on."""
    ours = database.find()
    old = replace(ours, major=_older_major(ours))
    binaries.keep(ours.home)
    new = replace(ours, folder="upgraded")
    new.stop()
    shutil.rmtree(new.data, ignore_errors=True)
    dump = ours.home / "upgrade.dump"
    try:
        tell(f"Die Daten von PostgreSQL {old.major} werden gelesen …")
        with old.running():
            before = _rows(old)
            _succeed(old, "pg_dump", "--format=custom", f"--file={dump}", f"--dbname={DATABASE}")
        tell(f"Sie werden in PostgreSQL {new.major} geschrieben …")
        new.create()
        with new.running():
            database.prepare(new)
            _succeed(new, "pg_restore", "--exit-on-error", f"--dbname={DATABASE}", str(dump))
            after = _rows(new)
    finally:
        dump.unlink(missing_ok=True)
    if before != after:
        raise SystemExit("Die Zahl der Zeilen stimmt nicht überein; es bleibt bei den alten Daten.")
    new.data.rename(ours.data)
    tell(f"{sum(after.values())} Zeilen in {len(after)} Tabellen übernommen.")
    tell(f"Die alten Daten liegen noch unter {old.data.parent} und können später gelöscht werden.")


def _older_major(ours: Cluster) -> int:
    found = database.newest_data(ours)
    if found is None:
        raise SystemExit("Es gibt noch keine mitgelieferte Datenbank.")
    if found == ours.major:
        raise SystemExit(f"Die Datenbank gehört schon zu PostgreSQL {ours.major}; es ist nichts zu tun.")
    if found > ours.major:
        raise SystemExit(f"Die Daten gehören zu PostgreSQL {found}; das mitgelieferte {ours.major} ist älter.")
    if not binaries.directory(ours.home, found).exists():
        raise SystemExit(f"Die Programme von PostgreSQL {found} fehlen unter {binaries.directory(ours.home, found)}.")
    return found


def _succeed(cluster: Cluster, name: str, *arguments: str) -> None:
    done = cluster.program(name, f"--host={cluster.sockets}", "--username=postgres", *arguments)
    if done.returncode:
        raise SystemExit(f"{name} ist gescheitert: {done.stderr.strip()}")


def _rows(cluster: Cluster) -> dict[str, int]:
    """How many rows each table has."""
    tables = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    counts = {}
    with cluster.connect(DATABASE) as connection:
        for schema, table in connection.execute(tables).fetchall():
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
            row = connection.execute(count).fetchone()
            counts[f"{schema}.{table}"] = row[0] if row else 0
    return counts
