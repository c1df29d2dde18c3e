"""What has been understood of a call so far: who, what, when and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q

from frontend.selection import Selection
from frontend.views.calling.reading import Person, read_count, read_days, read_person
from frontend.views.catalogue.offers import Offer, counts
from inventory.models import Product
from inventory.models.product import ProductQuerySet
from inventory.search import search, understand
from lending.calendars import calendar_of, rules_for
from lending.catalogue import Period, period_of
from lending.due_dates import at, due_at, local_day
from lending.models import Loan
from people.models import Center, Contact, Institution, Membership, User

MOST = 6
SHORTEST = 2


@dataclass
class Call:
    """The typed words, resolved as far as they are clear. Nothing is chosen for anybody where two things match."""

    said: Mapping[str, str]
    center: Center
    user: User
    now: datetime

    @cached_property
    def institutions(self) -> list[Institution]:
        """The one that was chosen, as long as it still fits the words; else all that fit."""
        words, chosen = self.said.get("who", "").strip(), self._number("institution")
        visible = Institution.objects.visible_to(self.user).filter(center=self.center).open()
        found = visible.matching(words)
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
    def open_loans(self) -> list[Loan]:
        if self.institution is None:
            return []
        loans = Loan.objects.visible_to(self.user).open().filter(institution=self.institution)
        return list(loans.select_related("item__product").order_by("due_at"))

    @property
    def overdue_count(self) -> int:
        return sum(1 for loan in self.open_loans if loan.is_overdue(self.now))

    @cached_property
    def days(self) -> tuple[date, date | None] | None:
        return read_days(self.said.get("when", ""), local_day(self.now))

    @cached_property
    def offers(self) -> list[Offer]:
        """With the days, how many are free then."""
        products = Product.objects.visible_to(self.user).listed().filter(center=self.center).select_related("category")
        count, words = read_count(self.said.get("what", ""))
        asked = understand(words)
        found = self._meant(search(products, asked.words)) if asked.words else []
        period = self.period_of(found[0]) if found else None
        free = counts([product.pk for product in found], period, self.now)
        return [
            Offer(
                product=product,
                capacity=free[product.pk].capacity,
                free=free[product.pk].available if period else None,
                selection=Selection(),
                children=asked.children,
                wanted=count,
            )
            for product in found
        ]

    def _meant(self, products: ProductQuerySet) -> list[Product]:
        """The one that was chosen or is called exactly so; else all that fit."""
        exactly = read_count(self.said.get("what", ""))[1].strip()
        meant = products.filter(Q(pk=self._number("product") or 0) | Q(name__iexact=exactly))[:MOST]
        return list(meant) or list(products[:MOST])

    @property
    def offer(self) -> Offer | None:
        return self.offers[0] if len(self.offers) == 1 else None

    def period_of(self, product: Product) -> Period | None:
        """Until the day that was said, or else as long as the rules give."""
        if self.days is None:
            return None
        starts_on, ends_on = self.days
        rules, calendar = rules_for(product, self.institution), calendar_of(self.center)
        if ends_on is None:
            return at(starts_on, rules.pickup_time), due_at(starts_on, rules, calendar).at
        return period_of(starts_on, ends_on, rules, calendar)

    @property
    def period(self) -> Period | None:
        return self.period_of(self.offer.product) if self.offer else None

    @cached_property
    def person(self) -> Person | None:
        return read_person(self.said.get("contact", ""))

    @cached_property
    def known(self) -> Membership | Contact | None:
        """The one member or contact there who goes by that name; None for somebody new."""
        if self.institution is None or self.person is None:
            return None
        name = self.person.name
        members = Membership.objects.visible_to(self.user).active().filter(institution=self.institution)
        found: list[Membership | Contact] = [
            *members.filter(user__name__iexact=name).select_related("user"),
            *(contact for contact in self.contacts if contact.name.casefold() == name.casefold()),
        ]
        return found[0] if len(found) == 1 else None

    @property
    def is_complete(self) -> bool:
        return None not in {self.institution, self.offer, self.period, self.person}

    def _number(self, name: str) -> int | None:
        typed = self.said.get(name, "")
        return int(typed) if typed.isdecimal() and len(typed) < 19 else None
