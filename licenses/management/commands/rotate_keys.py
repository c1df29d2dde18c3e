from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leihwerk import secrecy
from leihwerk.errors import DomainError
from licenses.keys import rotating


class Command(BaseCommand):
    help = "Mit dem ersten Schlüssel aus LEIHWERK_KEYS neu verschlüsseln, was noch mit einem älteren verschlüsselt ist."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new", action="store_true", help="Nur einen neuen Schlüssel für LEIHWERK_KEYS ausgeben.")

    def handle(self, *, new: bool, **options: Any) -> None:
        if new:
            self.stdout.write(secrecy.new_key())
            return
        try:
            done, current = sum(rotating.rotate()), secrecy.current()
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Neu verschlüsselt: {done}.")
        older = {name: count for name, count in rotating.sealed_with().items() if name != current}
        if older:
            left = ", ".join(f"{name}: {count}" for name, count in older.items())
            raise CommandError(f"Das lässt sich nicht entschlüsseln ({left}). `manage.py doctor` nennt die Zeilen.")
