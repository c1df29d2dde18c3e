from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.letters import alarm


class Command(BaseCommand):
    help = "Fails when a reminder run did not happen or letters do not go out. For cron or monitoring, never for beat."

    def handle(self, *args: Any, **options: Any) -> None:
        troubles = alarm.troubles(timezone.now())
        if troubles:
            raise CommandError("\n".join(troubles))
        self.stdout.write("Alle Erinnerungsläufe haben stattgefunden, kein Brief ist liegen geblieben.")
