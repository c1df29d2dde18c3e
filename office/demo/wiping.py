"""Emptying the demo's database, to begin again."""

import tomllib
from typing import Final

from django.conf import settings
from django.db import connection

from leihwerk import env
from office.demo.cast import PLACES
from people.models import Center

KEPT: Final = {"django_content_type", "auth_permission"}  # what ``migrate`` wrote


def is_only_demo() -> bool:
    """No centre is here but the invented ones."""
    told = tomllib.loads(PLACES.read_text())
    return not Center.objects.exclude(slug__in=[told[key]["slug"] for key in ("center", "neighbor")]).exists()


def wipe() -> None:
    """Every row of every table goes, as the tables' owner: the app's own role may not TRUNCATE, and the journal
    refuses to be deleted."""
    if settings.MIGRATE_DATABASE_URL:
        owner = env.database(settings.MIGRATE_DATABASE_URL)
        connection.close()
        connection.settings_dict |= {key: owner[key] for key in ("USER", "PASSWORD")}
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))} RESTART IDENTITY")
