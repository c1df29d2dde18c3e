"""The embedded database, from an empty disk to one that answers with both roles in place."""

from collections.abc import Callable

from psycopg import sql

from leihwerk.embedded import account, binaries, homes
from leihwerk.embedded.places import APP_ROLE, DATABASE, OWNER_ROLE
from leihwerk.embedded.postgres import Cluster


def find(*, is_durable: bool = True) -> Cluster:
    """The cluster of this data directory; its folders exist afterwards."""
    server, us = account.for_server(), account.ours()
    home = homes.prepare(server)
    return Cluster(
        home=home,
        sockets=homes.prepare_sockets(server),
        account=server,
        clients=frozenset({server.name, us.name}),
        is_durable=is_durable,
    )


def start(ours: Cluster, *, tell: Callable[[str], None]) -> None:
    """Start (or adopt) the server and see that its roles and its database are there.

    SystemExit when the data were written by another major version, or the server does not start.
    """
    if (older := newest_data(ours)) not in {None, ours.major}:
        raise SystemExit(
            f"Die Daten gehören zu PostgreSQL {older}, mitgeliefert ist {ours.major}: bitte einmal "
            "`manage.py upgrade_database` ausführen (./lw manage upgrade_database)."
        )
    if not ours.is_running():
        binaries.keep(ours.home)
    if not ours.data.exists():
        tell("PostgreSQL wird eingerichtet …")
        ours.create()
    ours.start(tell=tell)
    prepare(ours)


def newest_data(ours: Cluster) -> int | None:
    """The newest major version that has written data here."""
    return max((int(path.parent.parent.name) for path in ours.home.glob("*/data/PG_VERSION")), default=None)


def prepare(ours: Cluster) -> None:
    """The owner may do everything with the tables; the app's role may read and write rows, but not TRUNCATE."""
    owner, app, name = (sql.Identifier(word) for word in (OWNER_ROLE, APP_ROLE, DATABASE))
    with ours.connect() as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER_ROLE not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(owner))
        if APP_ROLE not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(app))
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    with ours.connect(DATABASE) as connection:
        for grant in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "SELECT, USAGE ON SEQUENCES"):
            statement = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} TO {}")
            connection.execute(statement.format(owner, sql.SQL(grant), app))
