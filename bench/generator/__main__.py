"""``python -m bench.generator NAME``: fill the empty, migrated database of ``DATABASE_URL``."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leihwerk.settings")
django.setup()

from django.db import connection
from django.utils import timezone

from bench.generator.sizes import SIZES
from bench.generator.world import generate


def main(name: str) -> None:
    begun = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '256MB'")
        generate(SIZES[name], now=timezone.now())
        cursor.execute("VACUUM (ANALYZE)")
    print(f"{name}: {SIZES[name].rows} Zuteilungen in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1])
