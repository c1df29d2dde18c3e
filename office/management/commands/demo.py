from typing import Any

from django.core.management.base import BaseCommand, CommandError

from office import demo
from people.models import Center


class Command(BaseCommand):
    help = "Ein erfundenes Medienzentrum einrichten, zum Ausprobieren. Nur in einer leeren Datenbank."

    def handle(self, **options: Any) -> None:
        if Center.objects.exists():
            raise CommandError("Hier gibt es schon ein Medienzentrum. Die Vorführung braucht eine leere Datenbank.")
        self.stdout.write(f"{demo.set_up()} ist eingerichtet.")
