from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from leihwerk.embedded import holding, places, terminal, upgrading


class Command(BaseCommand):
    help = "Übernimmt die mitgelieferte Datenbank in die neue Hauptversion von PostgreSQL."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if places.database_url() != settings.DATABASE_URL:
            raise CommandError("DATABASE_URL nennt einen eigenen Server; dort gilt dessen Anleitung (pg_upgrade).")
        with holding.hold():
            upgrading.upgrade(tell=terminal.say)
