"""A wish: what somebody would like, before anything is promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from inventory.models import Product
from lending.models import Line
from lending.policies import Terms
from lending.refusals import EndsBeforeItStarts, ForeignThing, InThePast, NothingWanted
from lending.rulebook import Rulebook
from licenses.models import Medium
from people.models import Institution


@dataclass(frozen=True)
class Wish:
    """``quantity`` units of one product, in its own period, or that of the reservation; in each unit at least
    ``pieces`` must work (``Line.pieces``); with a ``medium``, each comes with ``slots`` of its licence."""

    product: Product
    quantity: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    pieces: int | None = None
    medium: Medium | None = None
    slots: int = 1


@dataclass(frozen=True)
class Was:
    """A line as it stands before a change: its id, the units it wants, its period."""

    line: int
    quantity: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Wanted:
    """A wish with its period, its rules, and the range in which its units would be blocked.

    ``was`` is the line it takes the place of; None if it comes new.
    """

    product: Product
    quantity: int
    starts_at: datetime
    ends_at: datetime
    blocked: tuple[datetime, datetime]
    terms: Terms
    version: int
    """Of the rules by which it is blocked."""
    was: Was | None = None
    pieces: int | None = None
    medium: Medium | None = None
    slots: int = 1

    @property
    def starts_otherwise(self) -> bool:
        return self.was is None or self.starts_at != self.was.starts_at

    @property
    def ends_otherwise(self) -> bool:
        return self.was is None or self.ends_at != self.was.ends_at

    @property
    def starts_earlier(self) -> bool:
        return self.was is None or self.starts_at < self.was.starts_at

    @property
    def is_more(self) -> bool:
        return self.was is None or self.quantity > self.was.quantity

    @property
    def is_longer(self) -> bool:
        """Longer in all than it was, wherever it lies."""
        return self.was is None or self.ends_at - self.starts_at > self.was.ends_at - self.was.starts_at

    @property
    def grows(self) -> bool:
        """It asks for something it did not have; shortening and fewer do not."""
        return self.starts_earlier or self.is_more or self.was is None or self.ends_at > self.was.ends_at

    @property
    def differs(self) -> bool:
        return self.starts_otherwise or self.ends_otherwise or self.was is None or self.quantity != self.was.quantity

    def line(self) -> Line:
        """An unsaved line that claims nothing yet."""
        return Line(
            center_id=self.product.center_id,
            product=self.product,
            quantity=self.quantity,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            blocked=DateTimeTZRange(*self.blocked),
            calendar_version=self.version,
            pieces=self.pieces,
            medium=self.medium,
            slots=self.slots,
        )


def weigh(
    wishes: Sequence[Wish],
    institution: Institution,
    starts_at: datetime,
    ends_at: datetime,
    *,
    book: Rulebook,
    now: datetime,
) -> list[Wanted]:
    """The wishes with their periods, rules and blocked ranges, by ``book``.

    Raises NothingWanted, ForeignThing, EndsBeforeItStarts or InThePast.
    """
    if not wishes or any(wish.quantity < 1 for wish in wishes):
        raise NothingWanted
    if any(it.center_id != institution.center_id for wish in wishes for it in (wish.product, wish.medium) if it):
        raise ForeignThing
    return [
        weighed(wish, (wish.starts_at or starts_at, wish.ends_at or ends_at), institution, book=book, now=now)
        for wish in wishes
    ]


def weighed(
    wish: Wish,
    period: tuple[datetime, datetime],
    institution: Institution,
    *,
    book: Rulebook,
    now: datetime,
    was: Was | None = None,
) -> Wanted:
    """One wish in its period. Raises EndsBeforeItStarts, and InThePast unless it only wants fewer."""
    start, end = period
    if end <= start:
        raise EndsBeforeItStarts
    wanted = Wanted(
        product=wish.product,
        quantity=wish.quantity,
        starts_at=start,
        ends_at=end,
        blocked=book.blocked(wish.product, institution, period),
        terms=book.terms(wish.product, institution.kind),
        version=book.version,
        was=was,
        pieces=wish.pieces,
        medium=wish.medium,
        slots=wish.slots,
    )
    if end <= now and (wanted.starts_otherwise or wanted.ends_otherwise or wanted.is_more):
        raise InThePast
    return wanted
