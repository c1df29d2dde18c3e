"""``check``: everything that can be judged without running the tests; the same here and in CI."""

import os
import secrets
import subprocess
import sys
import time

from leihwerk.embedded import locking
from leihwerk.embedded.places import PROJECT
from leihwerk.embedded.terminal import say

# As on a public address, so that `check --deploy` judges what production would be.
PUBLIC = {"BASE_URL": "https://leihwerk.example", "DJANGO_SETTINGS_MODULE": "leihwerk.settings"}


def check() -> int:
    """How many of them failed."""
    manage = [sys.executable, "-W", "ignore::RuntimeWarning", "manage.py"]  # no database is needed
    tools = {
        "Stil": ["ruff", "check", "."],
        "Form": ["ruff", "format", "--check", "."],
        "Typen": ["mypy", "."],
        "Etagen": ["lint-imports"],
        "Vorlagen": ["djade", "--target-version", "5.2", "--check", *_templates()],
        "Migrationen": [*manage, "makemigrations", "--check", "--dry-run"],
        "Einstellungen": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
    }
    failed = sum(not _passes(title, command) for title, command in tools.items())
    differences = list(locking.differences())
    say("Sperrdateien: " + ("; ".join(differences) or "in Ordnung"))
    return failed + bool(differences)


def _passes(title: str, command: list[str]) -> bool:
    beside = os.path.dirname(sys.executable)  # noqa: PTH120 - a PATH is made of strings
    environment = os.environ | PUBLIC | {"SECRET_KEY": secrets.token_urlsafe(60)}
    environment["PATH"] = f"{beside}{os.pathsep}{environment.get('PATH', os.defpath)}"
    begun = time.monotonic()
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  from the list above
    say(f"{title}: {'in Ordnung' if done.returncode == 0 else 'NICHT in Ordnung'} ({time.monotonic() - begun:.1f} s)")
    if done.returncode:
        sys.stdout.write(done.stdout + done.stderr + "\n")
    return done.returncode == 0


def _templates() -> list[str]:
    return sorted(str(path.relative_to(PROJECT)) for path in PROJECT.glob("*/templates/**/*.html"))
