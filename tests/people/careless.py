"""A sender that marks letters before it sends them: what people.letters.sending must not be."""

import os
from datetime import datetime

import django


def send_carelessly() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leihwerk.settings")
    django.setup()

    from django.core.mail.backends.base import BaseEmailBackend

    from people.letters import mailing, sending
    from people.models import Letter

    def mark_then_send(server: BaseEmailBackend, letter: Letter, *, now: datetime) -> bool:
        sending.note_sent(letter, now=now)
        server.send_messages([mailing.mail_of(letter)])
        return True

    sending.hand_to = mark_then_send  # the guard taken away
    sending.send(seconds=60)


if __name__ == "__main__":
    send_carelessly()
