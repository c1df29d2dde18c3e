"""Lets somebody intend letters: ``python -m bench.letters.stage BATCH COUNT`` with the installation's environment.

Says on standard output how many it intended. Each goes to a contact of its own, so each is a letter of its own.
"""

import json
import os
import sys
from typing import Final

import django

AT_ONCE: Final = 500  # intents in one transaction


def intend(batch: str, count: int) -> int:
    from django.db import transaction

    from people import centers, letters
    from people.models import Center, Contact, Institution

    center = Center.objects.filter(slug="briefstadt").first() or centers.found(
        "briefstadt", name="Medienzentrum Briefstadt", by=None
    )
    school = Institution.objects.get_or_create(
        center=center, kind="school", name="Schule am Postplatz", school_number="100001"
    )[0]
    people = Contact.objects.bulk_create(
        Contact(
            center=center,
            institution=school,
            name=f"Person {number}",
            channel="mail",
            email=f"{batch}-{number}@schule.example",
        )
        for number in range(count)
    )
    for start in range(0, count, AT_ONCE):
        with transaction.atomic():
            for person in people[start : start + AT_ONCE]:
                letters.intend("overdue_1", school, person, product="Bee-Bot Set", asset_number=f"MZ-{person.pk}")
    return count


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leihwerk.settings")
    django.setup()
    print(json.dumps(intend(sys.argv[1], int(sys.argv[2]))))
