"""Django's ``migrate``, asked by the owner of the tables: the app's own role may not change them."""

from typing import Any, Final

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections
from psycopg import sql

from leihwerk import env

JOURNAL: Final = "people_journalentry"
FORGOTTEN: Final = ("by_id", "person_id")  # what may become NULL when a person is forgotten


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        app = str(connection.settings_dict["USER"])
        if settings.MIGRATE_DATABASE_URL:
            owner = env.database(settings.MIGRATE_DATABASE_URL)
            connection.close()
            connection.settings_dict |= {key: owner[key] for key in ("USER", "PASSWORD")}
        super().handle(*args, **options)
        if connection.settings_dict["USER"] != app and JOURNAL in connection.introspection.table_names():
            _withhold_journal(connection, app)


def _withhold_journal(connection: Any, app: str) -> None:
    """What no trigger can refuse, and what a trigger could be asked twice: the role may only add to the journal."""
    table, role = sql.Identifier(JOURNAL), sql.Identifier(app)
    people = sql.SQL(", ").join(map(sql.Identifier, FORGOTTEN))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(table, role))
        cursor.execute(sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(people, table, role))
