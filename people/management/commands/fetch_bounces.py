from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from people.letters import bounces


class Command(BaseCommand):
    help = "Reads the bounces in the mailbox that BOUNCES_URL names, now and without a worker."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = bounces.fetch(settings.BOUNCES_URL)
        except bounces.MailboxUnreachable as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"Empfänger, die als unzustellbar vermerkt sind: {count}.")
