from typing import Any

from django.core.management.base import BaseCommand

from people.letters import sending, writing


class Command(BaseCommand):
    help = "Writes the letters that are due and sends what waits, now and without a worker."

    def handle(self, *args: Any, **options: Any) -> None:
        written, sent = writing.write(), 0
        while just_sent := sending.send():
            sent += just_sent
        self.stdout.write(f"Geschrieben: {written}, gesendet: {sent}.")
