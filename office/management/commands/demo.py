from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from office import demo
from office.demo import wiping
from people.models import Center


class Command(BaseCommand):
    help = "Ein erfundenes Medienzentrum einrichten, zum Ausprobieren. Nur in einer leeren Datenbank."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again",
            action="store_true",
            help="alles löschen und die Vorführung neu einrichten; nur wo sie läuft (LEIHWERK_DEMO)",
        )

    def handle(self, *, again: bool = False, **options: Any) -> None:
        if again:
            _wipe()
        if Center.objects.exists():
            raise CommandError("Hier gibt es schon ein Medienzentrum. Die Vorführung braucht eine leere Datenbank.")
        self.stdout.write(f"{demo.set_up()} ist eingerichtet.")


def _wipe() -> None:
    if not settings.DEMO:
        raise CommandError("Das ist keine Vorführung (LEIHWERK_DEMO ist aus): Es wird nichts gelöscht.")
    if not wiping.is_only_demo():
        raise CommandError("Hier gibt es ein Medienzentrum, das nicht zur Vorführung gehört. Es wird nichts gelöscht.")
    wiping.wipe()
