"""A sender that marks letters before it sends them: what people.letters.sending must not be."""

import os

import django

from bench.house.sabotage import mark_first


def send_carelessly() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leihwerk.settings")
    django.setup()
    mark_first()

    from people.letters import sending

    sending.send(seconds=60)


if __name__ == "__main__":
    send_carelessly()
