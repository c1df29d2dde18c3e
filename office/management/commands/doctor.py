from typing import Any

from django.core.management.base import BaseCommand, CommandError

from office.doctor import checks, examine


class Command(BaseCommand):
    help = "Prüfen, ob in der Datenbank alles stimmt. Schweigt, wenn ja; sonst nennt es die Zeilen und endet mit 1."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        if verbosity > 1:
            for check in checks():
                self.stdout.write(f"{check.name}: {check.sentence}")
        troubles = examine()
        for trouble in troubles:
            self.stderr.write(f"{trouble.check.name}: {trouble.check.sentence}")
            for row in trouble.rows:
                self.stderr.write(f"    {row}")
        if troubles:
            raise CommandError("Es stimmt nicht alles.")
