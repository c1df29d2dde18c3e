"""All rules of a centre at once: its policies and its calendar, as they are or as they might become."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from inventory.models import Product
from lending import due_dates
from lending.calendars import rules_of, versioned_calendar_of
from lending.due_dates import Calendar, Due, Rules
from lending.models import Loan, Policy
from lending.policies import Terms, resolved
from people.models import Center, Institution


@dataclass(frozen=True)
class Rulebook:
    """Read once, asked often: for each product and each kind of institution.

    ``version`` is never newer than the rules: behind the gate it tells whether they still hold (``fence``).
    """

    version: int
    calendar: Calendar
    policies: Sequence[Policy]

    @classmethod
    def of(cls, center: Center) -> "Rulebook":
        return cls(*versioned_calendar_of(center), list(Policy.objects.filter(center=center.pk)))

    def terms(self, product: Product | None, kind: str) -> Terms:
        """What holds for ``product`` (or, without one, as a rule) and this kind of institution."""
        return resolved(row for row in self.policies if _speaks_of(row, product, kind))

    def rules(self, product: Product | None, institution: Institution) -> Rules:
        return rules_of(self.terms(product, institution.kind), institution)

    def due_at(self, institution: Institution, handed_over_at: datetime, product: Product | None = None) -> Due:
        """When something handed over then is due by the rules; without a product, by the centre's default."""
        return due_dates.due_at(timezone.localdate(handed_over_at), self.rules(product, institution), self.calendar)

    def renewed_due_at(self, loan: Loan, now: datetime) -> datetime:
        """One renewal more, counted from the day it is due, or from today if that is over."""
        rules = self.rules(loan.item.product, loan.institution).of_renewal
        return due_dates.due_at(timezone.localdate(max(loan.due_at, now)), rules, self.calendar).at

    def blocked(
        self, product: Product, institution: Institution, period: tuple[datetime, datetime]
    ) -> tuple[datetime, datetime]:
        """The range in which a unit that is lent for ``period`` cannot be lent to anybody else."""
        return due_dates.blocked(period, self.rules(product, institution), self.calendar)

    def blocked_until(self, product: Product, institution: Institution, ends_at: datetime) -> datetime:
        """When a unit that comes back at ``ends_at`` can be lent again."""
        return self.blocked(product, institution, (ends_at, ends_at))[1]

    def with_calendar(self, calendar: Calendar) -> "Rulebook":
        return replace(self, calendar=calendar)

    def with_policy(self, row: Policy) -> "Rulebook":
        """``row`` (saved or not) in the place of the one that speaks of the same case."""
        others = [it for it in self.policies if it.case != row.case]
        return replace(self, policies=[*others, row])

    def without_policy(self, row: Policy) -> "Rulebook":
        return replace(self, policies=[it for it in self.policies if it.case != row.case])


def _speaks_of(row: Policy, product: Product | None, kind: str) -> bool:
    if row.institution_kind not in ("", kind):
        return False
    if row.product_id is not None:
        return product is not None and row.product_id == product.pk
    if row.category_id is not None:
        return product is not None and row.category_id == product.category_id
    return True
