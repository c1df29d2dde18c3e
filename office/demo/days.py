"""Days on which something can happen at the desk, counted from today."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from inventory.models import Product
from lending.calendars import calendar_of, rules_for
from lending.due_dates import (
    Calendar,
    add_open_days,
    at,
    is_open,
    next_open_day,
    pickup_moment,
    previous_open_day,
    return_moment,
)
from people.models import Center


@dataclass(frozen=True)
class Days:
    """Open days by their distance: 0 is today or the next open day, -1 the last one before today."""

    now: datetime
    calendar: Calendar

    @classmethod
    def of(cls, center: Center, now: datetime) -> "Days":
        return cls(now, calendar_of(center))

    def day(self, distance: int) -> date:
        today = timezone.localdate(self.now)
        if distance < 0:
            return add_open_days(previous_open_day(today, self.calendar), distance + 1, self.calendar)
        first = today if is_open(today, self.calendar) else next_open_day(today, self.calendar)
        return add_open_days(first, distance, self.calendar)

    def desk(self, distance: int, hour: int = 10, minute: int = 0) -> datetime:
        return at(self.day(distance), time(hour, minute))

    def pickup(self, distance: int, product: Product) -> datetime:
        return pickup_moment(self.day(distance), rules_for(product))

    def back(self, distance: int, product: Product) -> datetime:
        return return_moment(self.day(distance), rules_for(product))
