"""``python -m bench.undecided``: what 2,000 wishes are answered, as JSON."""

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leihwerk.settings")
django.setup()

from django.utils import timezone

from inventory.models import Product
from lending.allocation import Claim, Refusal
from lending.planning import Planning

ADMISSIONS: Final = 2_000
LONGEST: Final = 14
AHEAD: Final = 100


def answers(now: datetime, random: Random) -> Iterator[bool | None]:
    """Of one wish after the other: granted, refused, or None for undecided."""
    while True:
        for product in Product.objects.order_by("pk")[:500]:
            planning = Planning.read(product, now)
            for _ in range(4):
                answer = planning.admit(_wish(len(planning.items), now, random))
                if isinstance(answer, Refusal):
                    yield None if answer.is_undecided else False
                else:
                    yield True


def _wish(units: int, now: datetime, random: Random) -> list[Claim[tuple[str, int, int], datetime]]:
    start = now + timedelta(days=random.randrange(AHEAD))
    end = start + timedelta(days=random.randint(1, LONGEST))
    return [Claim(("new", 0, unit), start, end) for unit in range(random.randint(1, units))]


if __name__ == "__main__":
    found = list(islice(answers(timezone.now(), Random(1)), ADMISSIONS))
    counts = {"granted": found.count(True), "refused": found.count(False), "undecided": found.count(None)}
    print(json.dumps(counts))
