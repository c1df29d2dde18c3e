from typing import Any

from django.core.management.base import BaseCommand, CommandError

from office.doctor import examine


class Command(BaseCommand):
    help = "Prüft, was immer wahr sein muss; nennt jede Zeile, die eine Regel bricht, und endet dann mit einem Fehler."

    def handle(self, *args: Any, **options: Any) -> None:
        complaints = 0
        for complaints, complaint in enumerate(examine(), start=1):  # noqa: B007 - the last number is the count
            self.stdout.write(str(complaint))
        if complaints:
            raise CommandError(f"{complaints} Verstöße gefunden.")
