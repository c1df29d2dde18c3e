"""Who phones: the institution, what it has, and the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from frontend.reading import row_id
from frontend.views.calling.reading import Person, read_person
from lending.models import Loan
from people.models import Center, Contact, Institution, Membership, User

MOST = 6
SHORTEST = 2


@dataclass
class Caller:
    """As far as the words are clear: nobody is chosen where two match."""

    said: Mapping[str, str]
    center: Center
    user: User
    now: datetime

    @cached_property
    def institutions(self) -> list[Institution]:
        """The one that was chosen, as long as it still fits the words; else all that fit."""
        words, chosen = self.said.get("who", "").strip(), row_id(self.said.get("institution"))
        found = Institution.objects.visible_to(self.user).filter(center=self.center).open().matching(words)
        if chosen and (meant := found.filter(pk=chosen).first()):
            return [meant]
        return list(found[:MOST]) if len(words) >= SHORTEST else []

    @property
    def institution(self) -> Institution | None:
        return self.institutions[0] if len(self.institutions) == 1 else None

    @cached_property
    def contacts(self) -> list[Contact]:
        visible = Contact.objects.visible_to(self.user).filter(left_on__isnull=True)
        return list(visible.filter(institution=self.institution)) if self.institution else []

    @cached_property
    def members(self) -> list[Membership]:
        visible = Membership.objects.visible_to(self.user).active().select_related("user")
        return list(visible.filter(institution=self.institution)) if self.institution else []

    @cached_property
    def open_loans(self) -> list[Loan]:
        if self.institution is None:
            return []
        loans = Loan.objects.visible_to(self.user).open().filter(institution=self.institution)
        return list(loans.select_related("item__product").order_by("due_at"))

    @property
    def overdue_count(self) -> int:
        return sum(1 for loan in self.open_loans if loan.is_overdue(self.now))

    @cached_property
    def person(self) -> Person | None:
        return read_person(self.said.get("contact", ""))

    @cached_property
    def known(self) -> Membership | Contact | None:
        """The one member or contact there who goes by that name; None for somebody new."""
        name = self.person.name.casefold() if self.person else ""
        found: list[Membership | Contact] = [
            *(member for member in self.members if member.user.name.casefold() == name),
            *(contact for contact in self.contacts if contact.name.casefold() == name),
        ]
        return found[0] if len(found) == 1 else None
