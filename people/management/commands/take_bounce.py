import sys
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import OperationalError

from people.letters import bounces

TRY_LATER: Final = 75  # EX_TEMPFAIL: the mail server keeps the mail and comes again


class Command(BaseCommand):
    help = (
        "Reads one bounce from standard input, as a mail server pipes it in. What is none, or not ours, does nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = bounces.take(sys.stdin.buffer.read(bounces.LARGEST))
        except OperationalError:
            sys.exit(TRY_LATER)
        self.stdout.write(f"Empfänger, die als unzustellbar vermerkt sind: {count}.")
