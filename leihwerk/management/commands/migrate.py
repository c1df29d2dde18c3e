"""Django's ``migrate``, asked by the owner of the tables: the app's own role may not change them."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from leihwerk import env


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MIGRATE_DATABASE_URL:
            owner = env.database(settings.MIGRATE_DATABASE_URL)
            connection = connections[options["database"]]
            connection.close()
            connection.settings_dict |= {key: owner[key] for key in ("USER", "PASSWORD")}
        super().handle(*args, **options)
