"""The lines of a reservation to be: what was picked, with its period and what is free then."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from frontend.selection import Choice, Selection
from inventory.fitness import main_parts
from inventory.models import Part, Product
from lending import availability
from lending.availability import Free
from lending.calendars import calendar_of, rules_for
from lending.catalogue import Period, period_of, usual_rules
from lending.due_dates import Calendar, Due, pickup_moment
from lending.models import Bundle, BundleLine
from lending.reservations import Wish
from lending.rulebook import Rulebook
from people.models import Center, Institution, User


@dataclass(frozen=True)
class Pick:
    """One line. ``period`` is None as long as its days, or a room's hours, are missing; ``key`` names its fields."""

    key: str
    choice: Choice
    product: Product
    period: Period | None
    free: Free
    main_part: Part | None = None
    """What may be missing in part (headsets of a case), so that one can ask for all of it."""
    bundled: BundleLine | None = None
    """With which licence it comes."""

    @property
    def field(self) -> str:
        """The box that asks for all pieces."""
        return f"whole-{self.key}"

    @property
    def is_short(self) -> bool:
        return self.period is not None and self.free.available < self.choice.quantity

    def as_wish(self, *, needs_all: bool = False) -> Wish:
        starts_at, ends_at = self.period or (None, None)
        pieces = self.main_part.quantity if needs_all and self.main_part else None
        medium, slots = (self.bundled.medium, self.bundled.slots) if self.bundled else (None, 1)
        return Wish(self.product, self.choice.quantity, starts_at, ends_at, pieces, medium, slots)


def picks(selection: Selection, user: User, center: Center, institution: Institution | None = None) -> list[Pick]:
    """The lines of ``selection``, as picked, as far as ``user`` sees them at ``center``.

    As long as nobody has said for which institution, the rules for any of them hold.
    """
    visible = Product.objects.visible_to(user).listed().filter(center=center)
    products = visible.select_related("category").in_bulk(selection.products)
    parts, calendar, bundled = main_parts(products), calendar_of(center), _bundled(selection, user, center)
    return [
        _pick(
            key,
            choice,
            product,
            _period(choice, product, selection, institution, calendar),
            main_part=parts.get(product.pk),
            bundled=bundled.get((choice.bundle, choice.product)),
        )
        for key, choice in selection.keyed.items()
        if (product := products.get(choice.product))
    ]


def usual_return(selection: Selection, institution: Institution) -> Due | None:
    """When things picked up on the first day are due by the rules, and why then."""
    if selection.starts_on is None:
        return None
    picked_up = pickup_moment(selection.starts_on, usual_rules(institution.center))
    return Rulebook.of(institution.center).due_at(institution, picked_up)


def whole_period(lines: Iterable[Pick]) -> Period:
    """From the first beginning to the last end."""
    periods = [line.period for line in lines if line.period]
    return min(start for start, _ in periods), max(end for _, end in periods)


def _pick(key: str, choice: Choice, product: Product, period: Period | None, **more: Any) -> Pick:
    found = availability.free([product.pk], *period)[product.pk] if period else Free(0, 0)
    return Pick(key, choice, product, period, found, **more)


def _bundled(selection: Selection, user: User, center: Center) -> dict[tuple[int | None, int], BundleLine]:
    """The lines of bundles that come with a licence, by bundle and product."""
    chosen = [choice.bundle for choice in selection.choices if choice.bundle]
    if not chosen:
        return {}
    bundles = Bundle.objects.visible_to(user).filter(center=center, pk__in=chosen)
    lines = BundleLine.objects.filter(bundle__in=bundles, medium__isnull=False).select_related("medium")
    return {(line.bundle_id, line.product_id): line for line in lines}


def _period(
    choice: Choice, product: Product, selection: Selection, institution: Institution | None, calendar: Calendar
) -> Period | None:
    if product.is_by_the_hour:
        return choice.hours.period if choice.hours else None
    if not selection.has_days or selection.starts_on is None or selection.ends_on is None:
        return None
    return period_of(selection.starts_on, selection.ends_on, rules_for(product, institution), calendar)
