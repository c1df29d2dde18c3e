"""Shorthands of the lending tests: a fixed Wednesday, and verbs with the usual arguments."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lending.checks import CHECKS
from lending.models import Reservation
from lending.reservations import Wish, place

BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int = 10, month: int = 3) -> datetime:
    """A moment in March 2027, in local time. Monday is the 1st, the 8th, the 15th, the 22nd."""
    return datetime(2027, month, day, hour, tzinfo=BERLIN)


NOW = at(3, 9)
NEXT_WEEK = (at(8), at(12))
WEEK_AFTER = (at(15), at(19))


def reserve(
    product: Any, quantity: int, period: tuple[datetime, datetime], institution: Any, by: Any, **more: Any
) -> Reservation:
    """Place a reservation of one line."""
    more.setdefault("now", NOW)
    wishes = [Wish(product, quantity)]
    return place(institution, wishes=wishes, starts_at=period[0], ends_at=period[1], by=by, responsible=by, **more)


def broken() -> list[str]:
    """What the doctor finds wrong with lending."""
    return [check.name for check in CHECKS if check.broken(now=NOW)]
