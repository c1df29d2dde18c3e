"""A wish: what somebody would like, before anything is promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from inventory.models import Product
from lending.calendars import calendar_of, rules_of
from lending.due_dates import blocked
from lending.models import Line
from lending.policies import Terms, terms
from lending.refusals import EndsBeforeItStarts, ForeignThing, InThePast, NothingWanted
from people.models import Institution


@dataclass(frozen=True)
class Wish:
    """``quantity`` units of one product; its own period, or that of the reservation."""

    product: Product
    quantity: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Wanted:
    """A wish with its period, its rules, and the range in which its units would be blocked."""

    product: Product
    quantity: int
    starts_at: datetime
    ends_at: datetime
    blocked: tuple[datetime, datetime]
    terms: Terms

    def line(self) -> Line:
        """An unsaved line that claims nothing yet."""
        return Line(
            center_id=self.product.center_id,
            product=self.product,
            quantity=self.quantity,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            blocked=DateTimeTZRange(*self.blocked),
        )


def weigh(
    wishes: Sequence[Wish], institution: Institution, starts_at: datetime, ends_at: datetime, now: datetime
) -> list[Wanted]:
    """The wishes with their periods, rules and blocked ranges.

    Raises NothingWanted, ForeignThing, EndsBeforeItStarts or InThePast.
    """
    if not wishes or any(wish.quantity < 1 for wish in wishes):
        raise NothingWanted
    if any(wish.product.center_id != institution.center_id for wish in wishes):
        raise ForeignThing
    return [_weigh(wish, institution, starts_at, ends_at, now) for wish in wishes]


def _weigh(wish: Wish, institution: Institution, starts_at: datetime, ends_at: datetime, now: datetime) -> Wanted:
    start, end = wish.starts_at or starts_at, wish.ends_at or ends_at
    if end <= start:
        raise EndsBeforeItStarts
    if end <= now:
        raise InThePast
    resolved = terms(wish.product, institution)
    calendar = calendar_of(institution.center)
    return Wanted(
        product=wish.product,
        quantity=wish.quantity,
        starts_at=start,
        ends_at=end,
        blocked=blocked((start, end), rules_of(resolved), calendar),
        terms=resolved,
    )
