from argparse import ArgumentParser
from typing import Any

from people.management.import_command import ImportCommand
from people.schools_import import SCHOOLS


class Command(ImportCommand):
    help = "Schulen aus einer Tabelle übernehmen, zum Beispiel aus den offenen Schuldaten des Landes."
    importer = SCHOOLS

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--municipality",
            action="append",
            default=[],
            metavar="SCHLÜSSEL",
            help="nur diese Gemeinde oder diesen Kreis",
        )
        parser.add_argument(
            "--excerpt", action="store_true", help="fehlende Schulen nicht als geschlossen kennzeichnen"
        )

    def choices(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"territory": options["municipality"], "is_excerpt": options["excerpt"]}
