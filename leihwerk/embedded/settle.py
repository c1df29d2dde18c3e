"""Brings an installation up to date in one Django process: ``python -m leihwerk.embedded.settle``.

Tables, static files, and for a demo without a centre its data.
"""

import os

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from leihwerk.embedded.terminal import say


def settle() -> None:
    say("Tabellen werden auf Stand gebracht …")
    call_command("migrate", verbosity=0, interactive=False)
    say("Dateien für den Browser werden bereitgelegt …")
    call_command("collectstatic", verbosity=0, interactive=False)
    if settings.DEMO and not apps.get_model("people", "Center").objects.exists():
        say("Das Vorführzentrum wird eingerichtet …")
        call_command("demo")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leihwerk.settings")
    django.setup()
    settle()
