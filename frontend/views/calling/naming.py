"""What is called for: products and bundles by their words, how many, and at which hours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from frontend.reading import row_id
from frontend.selection import Choice, Hours, Selection
from frontend.views.calling.reading import read_count, read_days, read_hours
from frontend.views.catalogue.bundles import BundleOffer
from frontend.views.catalogue.offers import Offer, counts
from inventory.models import Product
from inventory.search import search, understand
from lending import bundles
from lending.catalogue import Period
from lending.due_dates import local_day
from lending.models import Bundle
from people.models import Center, User

MOST = 6
"""Things shown to choose from."""

PeriodOf = Callable[[Product | None], Period | None]
"""The days that were said, by the rules of a product, or by the usual ones."""


@dataclass(frozen=True)
class Words:
    """„2 x bee 24.11. 10-12“, taken apart: what is left are the words of a name."""

    name: str
    count: int | None = None
    children: int | None = None
    on: date | None = None
    hours: tuple[time, time] | None = None

    @classmethod
    def of(cls, typed: str, today: date) -> "Words":
        count, rest = read_count(typed)
        hours, rest = read_hours(rest)
        days = None
        if hours:
            rest, days = _without_day(rest, today)
        asked = understand(rest)
        return cls(asked.words, count, asked.children, days, hours)

    def hours_on(self, day: date | None) -> Hours | None:
        """On the day that was said with them, else on ``day``."""
        on = self.on or day
        return Hours(on, *self.hours) if self.hours and on else None


def _without_day(typed: str, today: date) -> tuple[str, date | None]:
    """Only what stands beside hours is a day; else it may well belong to a name."""
    for word in typed.split():
        if days := read_days(word.strip(","), today):
            return typed.replace(word, " "), days[0]
    return typed, None


@dataclass(frozen=True)
class Named:
    """What fits the words: one thing is meant, several are to choose from."""

    words: Words
    offers: list[Offer]
    bundles: list[BundleOffer]

    @property
    def is_clear(self) -> bool:
        return len(self.offers) + len(self.bundles) == 1

    @property
    def is_ambiguous(self) -> bool:
        return len(self.offers) + len(self.bundles) > 1

    def added_to(self, selection: Selection, day: date | None) -> Selection:
        """``selection`` with what is meant, if that is clear."""
        if not self.is_clear:
            return selection
        if self.bundles:
            return self.bundles[0].added_to(selection)
        offer = self.offers[0]
        hours = self.words.hours_on(day) if offer.product.is_by_the_hour else None
        return selection.with_choice(Choice(offer.product.pk, offer.needed, hours))


def find(said: Mapping[str, str], center: Center, user: User, period_of: PeriodOf, now: datetime) -> Named:
    """What was chosen (``product`` or ``bundle``), or is called exactly so; else all that fit, with what is free."""
    words = Words.of(said.get("what", ""), local_day(now))
    visible = Product.objects.visible_to(user).listed().filter(center=center).select_related("category")
    packed = Bundle.objects.visible_to(user).filter(center=center).prefetch_related("lines__product", "lines__medium")
    product, bundle = row_id(said.get("product")), row_id(said.get("bundle"))
    products: list[Product] = []
    bundles_found: list[Bundle] = []
    if product or bundle:
        products = list(visible.filter(pk=product)) if product else []
        bundles_found = list(packed.filter(pk=bundle)) if bundle and not products else []
    elif words.name:
        found, called_so = search(visible, words.name), packed.called(words.name)
        exactly = Q(name__iexact=words.name)
        products, bundles_found = list(found.filter(exactly)[:1]), list(called_so.filter(exactly)[:1])
        if not products and not bundles_found:
            products, bundles_found = _called(list(found[:MOST]), words.name), list(called_so[:MOST])
    return Named(words, _offers(products, words, period_of, now), _bundle_offers(bundles_found, period_of))


def _called(found: list[Product], words: str) -> list[Product]:
    """Those that are called so; where there are none, those that have to do with it."""
    wanted = words.casefold().split()
    return [product for product in found if all(word in product.name.casefold() for word in wanted)] or found


def _offers(products: list[Product], words: Words, period_of: PeriodOf, now: datetime) -> list[Offer]:
    period = period_of(products[0]) if products else None
    free = counts([product.pk for product in products], period, now)
    return [
        Offer(
            product=product,
            capacity=free[product.pk].capacity,
            free=free[product.pk].available if period and not product.is_by_the_hour else None,
            selection=Selection(),
            children=words.children,
            wanted=words.count,
        )
        for product in products
    ]


def _bundle_offers(found: list[Bundle], period_of: PeriodOf) -> list[BundleOffer]:
    period = period_of(None) if found else None
    free = bundles.offered(found, *period) if period else {}
    return [BundleOffer(bundle, free.get(bundle.pk), Selection()) for bundle in found]
