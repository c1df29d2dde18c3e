from typing import Any

from django.core.management.base import BaseCommand

from people.letters import sending, writing


class Command(BaseCommand):
    help = "Writes the letters that are due and sends what waits, now and without a worker."

    def handle(self, *args: Any, **options: Any) -> None:
        written = sum(iter(writing.write, 0))
        sent = sum(iter(sending.send, 0))
        self.stdout.write(f"Geschrieben: {written}, gesendet: {sent}.")
