"""The invented centre with its institutions and people, and the small one next door."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from people import centers
from people.accounts import open_account
from people.memberships import appoint, ask_to_join
from people.models import Center, Closure, Contact, Institution, OpeningHours, SchoolHoliday, User
from people.roles import Role

PLACES: Final = Path(__file__).with_name("places.toml")
PASSWORD: Final = "demo"  # noqa: S105  printed on the front page of every demo


@dataclass(frozen=True)
class Cast:
    """Who plays: institutions by their key, people by what stands before the @, contacts by their name."""

    center: Center
    neighbor: Center
    institutions: dict[str, Institution]
    people: dict[str, User]
    contacts: dict[str, Contact]

    @property
    def desk(self) -> User:
        return self.people["theke"]

    @property
    def manager(self) -> User:
        return self.people["leitung"]


def gather() -> Cast:
    told = tomllib.loads(PLACES.read_text())
    center, neighbor = (_found(told[key], told) for key in ("center", "neighbor"))
    institutions: dict[str, Institution] = {}
    for row in told["institution"]:
        institutions[row["key"]] = _institution(row, neighbor if row.get("neighbor") else center, institutions)
    cast = Cast(center, neighbor, institutions, {}, {})
    for row in told["person"]:
        cast.people[row["email"].partition("@")[0]] = _person(row, cast)
    User.objects.update(password=make_password(PASSWORD))  # hashed once: a good hash is slow
    for row in told["contact"]:
        institution = institutions[row.pop("at")]
        cast.contacts[row["name"]] = Contact.objects.create(center=center, institution=institution, **row)
    return cast


def _found(facts: dict[str, Any], told: dict[str, Any]) -> Center:
    center = centers.found(by=None, **facts)
    center.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(center=center, weekday=day, opens=row["opens"], closes=row["closes"])
        for row in told["hours"]
        for day in row["days"]
    )
    SchoolHoliday.objects.bulk_create(SchoolHoliday(center=center, **row) for row in told["holidays"])
    year = timezone.localdate().year
    Closure.objects.create(
        center=center, starts_on=date(year, 12, 24), ends_on=date(year, 12, 31), reason="zwischen den Jahren"
    )
    return center


def _institution(row: dict[str, Any], center: Center, known: dict[str, Institution]) -> Institution:
    facts = {name: value for name, value in row.items() if name not in {"key", "parent", "neighbor"}}
    parent = known.get(row.get("parent", ""))
    place = {"postal_code": center.postal_code, "city": center.city}
    return Institution.objects.create(center=center, parent=parent, **place, **facts)


def _person(row: dict[str, Any], cast: Cast) -> User:
    user = open_account(row["email"], name=row["name"])
    place: Center | Institution = cast.center
    if "at" in row:
        place = cast.neighbor if row["at"] == "neighbor" else cast.institutions[row["at"]]
    if row["role"] == "operator":
        centers.name_operator(user, by=None)
    elif isinstance(place, Institution) and row["role"] == "applicant":
        ask_to_join(place, by=user)
    else:
        appoint(user, role=Role(row["role"]), of=place, by=None)
    return user
