"""One product: what it is, what belongs to it, and when it is free."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.requests import MemberRequest
from frontend.selection import Selection
from frontend.views.catalogue.hours import RoomDay, address_of_day, free_hours, room_day
from frontend.views.catalogue.offers import Offer, chosen_period, counts
from frontend.views.reserving.picking import picked_hours
from inventory.models import Product
from lending import availability
from lending.availability import Step
from lending.calendars import calendar_of, rules_for
from lending.due_dates import A_DAY, Calendar, Rules, at, is_open, local_day, pickup_moment

WEEKS = 6
SIMILAR = 3


@dataclass(frozen=True)
class Day:
    """One day of the calendar: how many are free from its pickup on to the next day's, or of a room how many hours;
    None for days gone by.

    The address begins there, or shows the hours of a room; empty where nothing begins.
    """

    on: date
    free: int | None
    is_open: bool
    is_chosen: bool
    address: str


@login_required
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    products = Product.objects.visible_to(request.user).select_related("category", "center")
    product = get_object_or_404(products, pk=pk)
    now = timezone.now()
    selection = Selection.of(request.GET)
    shown = room_day(product, selection, request.GET.get("on"), now) if product.is_by_the_hour else None
    period = picked_hours(request.GET) if shown else chosen_period(selection, product.center)
    found = counts([product.pk], period, now)[product.pk]
    offer = Offer(product, found.capacity, found.available if period else None, selection)
    first = local_day(now) - timedelta(days=local_day(now).weekday())
    rules = rules_for(product)
    begins = pickup_moment(first, rules) if shown is None else at(first, time.min)
    steps = availability.steps(product, begins, pickup_moment(first + timedelta(weeks=WEEKS), rules), now)
    context = {
        "product": product,
        "offer": offer,
        "selection": selection,
        "parts": product.parts.all(),
        "weeks": _weeks(product, first, steps, selection, shown, rules, calendar_of(product.center), now),
        "steps": steps,
        "room_day": shown,
        "there": [choice for choice in selection.choices if choice.product == product.pk],
        "goes_by_days": any(not choice.hours for choice in selection.choices),
        "hours": {name: request.GET.get(name, "")[:5] for name in ("opens", "closes")},
        "similar": _similar(product, selection, now),
    }
    return render(request, "frontend/catalogue/product.html", context)


def _weeks(
    product: Product,
    first: date,
    steps: list[Step[datetime]],
    selection: Selection,
    shown: RoomDay | None,
    rules: Rules,
    calendar: Calendar,
    now: datetime,
) -> list[list[Day]]:
    """Six weeks from this Monday on."""
    today = local_day(now)

    def day(on: date) -> Day:
        free = None if on < today else free_hours(on, calendar, steps, now) if shown else least_free(on)
        return Day(on, free, is_open(on, calendar), is_chosen=is_chosen(on), address=address(on, free))

    def least_free(on: date) -> int | None:
        start = pickup_moment(on, rules)
        during = [step.free for step in steps if step.start < start + A_DAY and (step.end is None or step.end > start)]
        return min(during, default=None)

    def is_chosen(on: date) -> bool:
        return shown.on == on if shown else selection.covers(on)

    def address(on: date, free: int | None) -> str:
        if shown:
            return "" if free is None else address_of_day(product, selection, on)
        return selection.on_days(on, on + timedelta(days=7)).address("product", pk=product.pk) if free else ""

    return [[day(first + timedelta(weeks=week, days=number)) for number in range(7)] for week in range(WEEKS)]


def _similar(product: Product, selection: Selection, now: datetime) -> list[Offer]:
    """Others of the same category, those with the most free units first."""
    others = list(
        Product.objects.listed()
        .filter(category=product.category_id, kind=product.kind)
        .exclude(pk=product.pk)
        .select_related("category")
    )
    period = chosen_period(selection, product.center)
    found = counts([other.pk for other in others], period, now)
    others.sort(key=lambda other: -found[other.pk].available)
    return [
        Offer(other, found[other.pk].capacity, found[other.pk].available if period else None, selection)
        for other in others[:SIMILAR]
    ]
