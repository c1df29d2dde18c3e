"""Sets the private installation's stage by the verbs, and says on standard output who and what is there.

``python -m bench.fight.stage WRITERS PRODUCTS`` with the installation's environment.
"""

import json
import os
import sys
from datetime import time
from typing import Any, Final

import django

UNITS: Final = (3, 4, 5)  # of one product: few, so that there is something to fight for
MOST_SCHOOLS: Final = 6
DESK_SHARE: Final = 3  # of so many writers one stands at the desk


def build(writers: int, products_wanted: int) -> dict[str, Any]:
    from inventory import products
    from lending.models import Policy
    from people import centers
    from people.accounts import open_account
    from people.memberships import appoint
    from people.models import Center, Institution, OpeningHours
    from people.roles import Role

    center = centers.found("kampfstadt", name="Medienzentrum Kampfstadt", by=None)
    OpeningHours.objects.bulk_create(
        OpeningHours(center=center, weekday=day, opens=time(8), closes=time(16)) for day in (5, 6)
    )
    Policy.objects.create(center=center, loan_days=14, lead_days=0, max_renewals=9999)
    manager = open_account("leitung@kampf.example", name="Martin Meister")
    appoint(manager, role=Role.MANAGER, of=center, by=None)
    category = products.add_category(center, name="Umkämpftes", by=manager)
    schools = [
        Institution.objects.create(
            center=center, kind="school", name=f"Schule {number}", school_number=f"{100000 + number}"
        )
        for number in range(min(MOST_SCHOOLS, writers))
    ]

    def person(number: int) -> dict[str, Any]:
        user = open_account(f"kampf{number}@kampf.example", name=f"Kämpfer {number}")
        is_desk = number % DESK_SHARE == 0
        place: Center | Institution = center if is_desk else schools[number % len(schools)]
        appoint(user, role=Role.DESK if is_desk else Role.TEACHER, of=place, by=manager)
        return {"token": _token(user), "institution": None if is_desk else place.pk}

    return {
        "writers": [person(number) for number in range(writers)],
        "institutions": [school.pk for school in schools],
        "products": {f"{product.pk}": codes for product, codes in _stock(center, category, manager, products_wanted)},
    }


def _token(user: Any) -> str:
    from people import access_tokens

    return access_tokens.issue(user)


def _stock(center: Any, category: Any, manager: Any, count: int) -> list[tuple[Any, list[str]]]:
    from inventory import items, labels, products

    stocked = []
    for number in range(count):
        units = UNITS[number % len(UNITS)]
        product = products.add(center, category=category, name=f"Koffer {number}", by=manager)
        made = items.add(product, count=units, first_number=f"K{number}-01", by=manager)
        stocked.append((product, [f"{label.number}" for label in labels.issue_all(made, by=manager)]))
    return stocked


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leihwerk.settings")
    django.setup()
    print(json.dumps(build(*map(int, sys.argv[1:]))))
