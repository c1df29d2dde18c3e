"""One day of a room, hour by hour."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from frontend.selection import Selection, as_day
from inventory.models import Product
from lending import availability
from lending.calendars import calendar_of
from lending.due_dates import Calendar, at, is_open, local_day, next_open_day, previous_open_day, why_closed

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Hour:
    """From ``starts_at`` to ``ends_at``, within the opening hours. The address fills it into the form."""

    starts_at: datetime
    ends_at: datetime
    is_free: bool
    address: str


@dataclass(frozen=True)
class RoomDay:
    """``why_closed`` is None on an open day. The neighbours are open days."""

    on: date
    hours: list[Hour]
    why_closed: str | None
    before: str
    after: str


def room_day(product: Product, selection: Selection, typed: str | None, now: datetime) -> RoomDay:
    """The day that was ``typed``, or is chosen; else today, or the next day on which it is open."""
    calendar, today = calendar_of(product.center), local_day(now)
    usual = today if is_open(today, calendar) else next_open_day(today, calendar)
    on = as_day(typed) or selection.starts_on or usual

    def address(day: date, **more: str) -> str:
        return address_of_day(product, selection, day, **more)

    hours = [
        Hour(start, end, is_free, f"{address(on, opens=f'{start:%H:%M}', closes=f'{end:%H:%M}')}#reserve")
        for start, end, is_free in _hours(product, on, calendar, now)
    ]
    before, after = previous_open_day(on, calendar), next_open_day(on, calendar)
    return RoomDay(on, hours, why_closed(on, calendar), address(before) if before >= today else "", address(after))


def address_of_day(product: Product, selection: Selection, day: date, **more: str) -> str:
    """A room is looked at day by day; the days that were chosen for other things stay as they are."""
    return f"{reverse('product', args=[product.pk])}?{selection.query(on=day.isoformat(), **more)}"


def _hours(product: Product, on: date, calendar: Calendar, now: datetime) -> Iterator[tuple[datetime, datetime, bool]]:
    if not is_open(on, calendar):
        return
    for opens, closes in calendar.hours[on.weekday()]:
        start, end = at(on, opens), at(on, closes)
        steps = availability.steps(product, start, end, now)
        while start < end:
            until = min(start + AN_HOUR, end)
            during = [step.free for step in steps if step.start < until and (step.end is None or step.end > start)]
            yield start, until, start >= now and bool(during) and min(during) > 0
            start = until
