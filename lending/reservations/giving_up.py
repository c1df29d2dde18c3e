"""Giving up what was claimed: the rows end, the line counts them, and whoever was short may have them."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from inventory.models import Product
from lending.models import Allocation, AllocationKind, Line, Reservation, State
from lending.planning import settle


def give_up(reservation: Reservation, *, state: State, now: datetime) -> None:
    """End a locked reservation behind the gate of its products. What is out stays a loan."""
    end(reservation, state=state, now=now)
    give_up_lines(reservation.lines.all(), now=now)


def give_up_lines(lines: Iterable[Line], *, now: datetime) -> None:
    """Nothing is kept for these lines any more, behind the gate of their products."""
    lines = list(lines)
    rows = Allocation.objects.filter(line__in=lines, kind=AllocationKind.PLAN)
    planned = Counter(rows.values_list("line_id", flat=True))
    rows.delete()
    for line in lines:
        Line.objects.filter(pk=line.pk).update(
            given_up=F("given_up") + F("shortfall") + planned[line.pk], shortfall=0, shortfall_reason=""
        )
    for product in Product.objects.filter(pk__in={line.product_id for line in lines}):
        settle(product, now)


def end(reservation: Reservation, *, state: State, now: datetime) -> None:
    reservation.state, reservation.ended_at = state, now
    reservation.save(update_fields=["state", "ended_at", "reason"])
