"""Whose use a report tells: a centre with all its institutions, or one of them; and by which name COUNTER asks for it.

``{centre}`` is the centre's short name; an institution is ``{centre}.{school number}``, or ``{centre}.i{id}`` if it has
none.
"""

import re
from dataclasses import dataclass
from typing import Final

from licenses.counter.reports import Customer
from people.models import Center, Institution

_ID: Final = re.compile(r"(?P<slug>[-\w]{1,50})(?:\.(?:i(?P<id>[0-9]{1,15})|(?P<number>[0-9A-Za-z]{1,20})))?", re.ASCII)


@dataclass(frozen=True)
class Whose:
    """Permissions are asked about it as about any other thing of a centre or an institution."""

    center: Center
    institution: Institution | None = None

    @property
    def center_id(self) -> int:
        return int(self.center.pk)

    @property
    def institution_id(self) -> int | None:
        return self.institution.pk if self.institution else None

    @property
    def customer_id(self) -> str:
        if self.institution is None:
            return self.center.slug
        return f"{self.center.slug}.{self.institution.school_number or f'i{self.institution.pk}'}"

    @property
    def customer(self) -> Customer:
        name = self.institution.name if self.institution else self.center.name
        return Customer(name if len(name) > 1 else f"{name} ", (f"leihwerk:{self.customer_id}",))


def find(customer_id: str) -> Whose | None:
    """The customer of that name, whoever asks; None if there is none."""
    found = _ID.fullmatch(customer_id)
    center = Center.objects.filter(slug=found["slug"]).first() if found else None
    if found is None or center is None:
        return None
    if not found["id"] and not found["number"]:
        return Whose(center)
    institutions = Institution.objects.filter(center=center)
    if found["id"]:
        institution = institutions.filter(pk=int(found["id"])).first()
    else:
        institution = institutions.filter(school_number=found["number"]).first()
    return Whose(center, institution) if institution else None
