"""The lines of a reservation to be: what was picked, with its period and what is free then."""

from dataclasses import dataclass
from datetime import datetime

from frontend.selection import Choice, Selection
from inventory.models import Product
from lending import availability
from lending.availability import Free
from lending.calendars import calendar_of, due_at, rules_for
from lending.catalogue import Period, period_of, usual_rules
from lending.due_dates import Due, at, pickup_moment
from lending.reservations import Wish
from people.models import Institution, User


@dataclass(frozen=True)
class Pick:
    """One line. ``period`` is None as long as its days, or a room's hours, are missing."""

    choice: Choice
    product: Product
    period: Period | None
    free: Free
    others: Selection

    @property
    def is_short(self) -> bool:
        return self.period is not None and self.free.available < self.choice.quantity

    def as_wish(self) -> Wish:
        starts_at, ends_at = self.period or (None, None)
        return Wish(self.product, self.choice.quantity, starts_at, ends_at)


def picks(selection: Selection, user: User, institution: Institution) -> list[Pick]:
    """The lines of ``selection``, as picked, as far as ``user`` sees them at the centre of ``institution``."""
    visible = Product.objects.visible_to(user).listed().filter(center=institution.center_id)
    products = visible.select_related("category").in_bulk(selection.products)
    return [
        _pick(choice, products[choice.product], selection, institution)
        for choice in selection.choices
        if choice.product in products
    ]


def usual_return(selection: Selection, institution: Institution) -> Due | None:
    """When things picked up on the first day are due by the rules, and why then."""
    if selection.starts_on is None:
        return None
    picked_up = pickup_moment(selection.starts_on, usual_rules(institution.center))
    return due_at(institution, picked_up)


def whole_period(lines: list[Pick]) -> Period:
    """From the first beginning to the last end."""
    periods = [line.period for line in lines if line.period]
    return min(start for start, _ in periods), max(end for _, end in periods)


def _pick(choice: Choice, product: Product, selection: Selection, institution: Institution) -> Pick:
    period = _period(choice, product, selection, institution)
    found = availability.free([product.pk], *period)[product.pk] if period else Free(0, 0)
    return Pick(choice, product, period, found, selection.without(product.pk))


def _period(choice: Choice, product: Product, selection: Selection, institution: Institution) -> Period | None:
    if product.is_by_the_hour:
        return _hours(choice)
    if not selection.has_days or selection.starts_on is None or selection.ends_on is None:
        return None
    rules = rules_for(product, institution)
    return period_of(selection.starts_on, selection.ends_on, rules, calendar_of(institution.center))


def _hours(choice: Choice) -> tuple[datetime, datetime] | None:
    if choice.hours is None or choice.hours.closes <= choice.hours.opens:
        return None
    return at(choice.hours.on, choice.hours.opens), at(choice.hours.on, choice.hours.closes)
