"""One day of a room, hour by hour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from frontend.selection import Selection, as_day
from inventory.models import Product
from lending import availability
from lending.availability import Step
from lending.calendars import calendar_of
from lending.catalogue import Period
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


def free_hours(on: date, calendar: Calendar, steps: Sequence[Step[datetime]], now: datetime) -> int:
    """How many of the opening hours of a day are free."""
    return sum(1 for start, end in _opening_hours(on, calendar) if _is_free(steps, start, end, now))


def _hours(product: Product, on: date, calendar: Calendar, now: datetime) -> Iterator[tuple[datetime, datetime, bool]]:
    hours = list(_opening_hours(on, calendar))
    steps = availability.steps(product, hours[0][0], hours[-1][1], now) if hours else []
    for start, end in hours:
        yield start, end, _is_free(steps, start, end, now)


def _opening_hours(on: date, calendar: Calendar) -> Iterator[Period]:
    """Hour by hour; the last one of a morning may be shorter."""
    for opens, closes in calendar.hours[on.weekday()] if is_open(on, calendar) else ():
        start, end = at(on, opens), at(on, closes)
        while start < end:
            yield start, min(start + AN_HOUR, end)
            start += AN_HOUR


def _is_free(steps: Sequence[Step[datetime]], start: datetime, end: datetime, now: datetime) -> bool:
    during = [step.free for step in steps if step.start < end and (step.end is None or step.end > start)]
    return start >= now and min(during, default=0) > 0
