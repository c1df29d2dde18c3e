"""A product as the catalogue offers it for certain days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from frontend.selection import Choice, Selection
from inventory.models import Product
from lending import availability
from lending.availability import Free
from lending.calendars import calendar_of
from lending.catalogue import Period, coming_periods, period_of, soonest, usual_rules
from lending.due_dates import local_day
from people.models import Center

MOST_DOTS = 12
DAYS_WHEN_OPEN = 7
A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Offer:
    """A card of the catalogue. ``free`` is None as long as no days are chosen."""

    product: Product
    capacity: int
    free: int | None
    selection: Selection
    children: int | None = None
    soonest: Period | None = None
    wanted: int | None = None

    @property
    def needed(self) -> int:
        """Units that were asked for, or that do for the children asked for; else one."""
        if self.wanted:
            return self.wanted
        return ceil(self.children / self.product.serves) if self.children and self.product.serves else 1

    @property
    def is_enough(self) -> bool:
        return self.free is not None and self.free >= self.needed

    @property
    def dots(self) -> list[bool]:
        """One for each unit, True for a free one; none when there are too many to count at a glance."""
        if self.free is None or self.capacity > MOST_DOTS:
            return []
        return [number < self.free for number in range(self.capacity)]

    @property
    def is_picked(self) -> bool:
        return self.product.pk in self.selection.products

    @property
    def address(self) -> str:
        return self._when.address("product", pk=self.product.pk)

    @property
    def reserve_address(self) -> str:
        return self._when.with_choice(Choice(self.product.pk, self.needed)).address("reserve")

    @property
    def _when(self) -> Selection:
        if self.soonest is None:
            return self.selection
        return self.selection.on_days(*(local_day(moment) for moment in self.soonest))


def chosen_period(selection: Selection, center: Center) -> Period | None:
    """The chosen days as moments, by the centre's own rules; None without days."""
    if not selection.has_days or selection.starts_on is None or selection.ends_on is None:
        return None
    return period_of(selection.starts_on, selection.ends_on, usual_rules(center), calendar_of(center))


def counts(products: Sequence[int], period: Period | None, now: datetime) -> dict[int, Free]:
    """How many there are of each product, and how many are free in the period, or else right now."""
    return availability.free(products, *(period or (now, now + A_MOMENT)))


def soonest_periods(products: Sequence[int], center: Center, now: datetime) -> dict[int, Period]:
    return soonest(products, coming_periods(usual_rules(center), calendar_of(center), DAYS_WHEN_OPEN, now))
