"""Centres, their calendar and rules, schools and people."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from bench.generator.accounts import PASSWORD, email
from bench.generator.sheets import Sheet
from leihwerk.tokens import ALPHABET, TOKEN_LENGTH
from lending.models import Policy
from people.models import Center, Institution, Membership, OpeningHours, SchoolHoliday, User
from people.roles import Role

SCHOOLS: Final = 100
TEACHERS: Final = 5
FORMS: Final = ("Grundschule", "Gesamtschule", "Gymnasium", "Realschule", "Förderschule")


def token(random: Random) -> str:
    return "".join(random.choices(ALPHABET, k=TOKEN_LENGTH))


@dataclass
class Home:
    """A centre, and who borrows there: the teachers of each school."""

    center: int
    teachers: dict[int, list[int]] = field(default_factory=dict)


class Cast:
    def __init__(self, now: datetime, random: Random) -> None:
        self.now, self.random = now, random
        self.password = make_password(PASSWORD, salt="a-salt-for-a-bench")
        self.centers = Sheet(Center, "slug", "name", "city", "phone", now=now)
        self.hours = Sheet(OpeningHours, "center", "weekday", "opens", "closes", now=now)
        self.holidays = Sheet(SchoolHoliday, "center", "name", "starts_on", "ends_on", now=now)
        self.policies = Sheet(Policy, "center", "loan_days", "lead_days", "no_show_days", now=now)
        self.institutions = Sheet(
            Institution, "center", "kind", "name", "school_number", "email", "city", "token", now=now
        )
        self.users = Sheet(User, "email", "name", "password", "token", now=now)
        self.addresses = Sheet(EmailAddress, "user", "email", "verified", "primary", now=now)
        self.members = Sheet(Membership, "user", "center", "institution", "role", "activated_at", now=now)
        self.sheets = [
            self.centers, self.hours, self.holidays, self.policies, self.institutions, self.users, self.addresses,
            self.members,
        ]  # fmt: skip

    def open_center(self, number: int) -> Home:
        city = f"Kreisstadt {number}"
        home = Home(self.centers.add(f"mz-{number}", f"Medienzentrum {city}", city, "0214 123"))
        for weekday in range(5):
            self.hours.add(home.center, weekday, time(9), time(16))
        for year in (self.now.year, self.now.year + 1):
            for name, month in (("Osterferien", 4), ("Herbstferien", 10)):
                starts_on = date(year, month, 2)
                self.holidays.add(home.center, f"{name} {year}", starts_on, starts_on + timedelta(days=11))
        self.policies.add(home.center, 14, 1, 2)
        self._join("theke", "Theke", home.center, None, Role.DESK)
        for place in range(SCHOOLS):
            self._found(place, number, city, home)
        self.institutions.add(
            home.center, "internal", f"Medienzentrum {city}", None, "post@mz.example", city, token(self.random)
        )
        return home

    def _found(self, place: int, number: int, city: str, home: Home) -> None:
        form = FORMS[place % len(FORMS)]
        serial = f"{100_000 + number * SCHOOLS + place}"
        school = self.institutions.add(
            home.center, "school", f"{form} {place + 1}", serial, f"post@s{serial}.example", city, token(self.random)
        )
        home.teachers[school] = [
            self._join(
                "lehrkraft" if place + n == 0 else f"lehrkraft-{place}-{n}",
                f"Lehrkraft {place}.{n}",
                home.center,
                school,
                Role.COORDINATOR if n == 1 else Role.TEACHER,
            )
            for n in range(TEACHERS)
        ]

    def _join(self, account: str, name: str, center: int, school: int | None, role: Role) -> int:
        address = email(account, center)
        user = self.users.add(address, name, self.password, token(self.random))
        self.addresses.add(user, address, True, True)
        self.members.add(user, center, school, role, self.now)
        return user
