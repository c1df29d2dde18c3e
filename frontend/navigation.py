"""The main menu: who sees which entry. Its words are those of TEXTS."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.permissions import may
from people.roles import CENTER_ROLES, SCHOOL_ROLES, Role

SCHOOL, STAFF = frozenset({*SCHOOL_ROLES, Role.APPLICANT.value}), frozenset(CENTER_ROLES)
EVERYONE = SCHOOL | STAFF


@dataclass(frozen=True)
class Entry:
    """One entry of the menu. What is needed seldom stands below "Mehr" where the menu is one line."""

    label: str | Promise
    address: str
    is_here: bool
    is_seldom: bool = False


#: Label, url name, verb that lets one in, and the roles that want it in their menu.
MENU: tuple[tuple[Promise, str, str, frozenset[str]], ...] = (
    (_("Heute"), "today", "desk.see", STAFF),
    (_("Theke"), "desk", "desk.see", STAFF),
    (_("Anruf"), "call", "desk.see", STAFF),
    (_("Katalog"), "catalogue", "catalogue.see", EVERYONE),
    (_("Meine Reservierungen"), "my_reservations", "lending.reserve", SCHOOL),
    (_("Meine Schule"), "my_school", "institutions.see", SCHOOL),
    (_("Reservierungen"), "reservations", "lending.see", STAFF),
    (_("Einrichtungen"), "institutions", "institutions.see", STAFF),
    (_("Bestand"), "items", "items.see", STAFF),
    (_("Lizenzen"), "licenses", "licenses.see", STAFF),
    (_("Zahlen"), "usage", "licenses.see_usage", STAFF | {Role.COORDINATOR.value}),
    (_("Briefe und Erinnerungen"), "letters", "letters.see", STAFF),
    (_("Regeln der Ausleihe"), "policies", "policies.keep", STAFF),
    (_("Einlesen"), "imports", "imports.run", STAFF),
)
#: What one sets up once and comes back to now and then: the last entries.
SELDOM: Final = frozenset({"policies", "imports"})


def entries_for(request: HttpRequest) -> list[Entry]:
    """What this person's roles want, in the menu's order."""
    if request.user.is_anonymous:
        return []
    roles = {membership.standing for membership in request.user.memberships_in_force}
    entries = []
    for label, name, verb, wanted_by in MENU:
        if roles & wanted_by and may(request.user, verb):
            address = reverse(name)
            is_here = request.path.startswith(address)
            entries.append(Entry(label, address, is_here=is_here, is_seldom=name in SELDOM))
    return entries
