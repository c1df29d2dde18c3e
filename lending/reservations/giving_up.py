"""Giving up what was claimed: the rows end, the line counts them, and whoever was short may have them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from inventory.models import Product
from lending import licensing
from lending.models import Allocation, AllocationKind, Line, Reservation, State
from lending.planning import settle_all


def give_up(reservation: Reservation, *, state: State, now: datetime) -> None:
    """End a locked reservation behind the gate of its products. What is out stays a loan."""
    end(reservation, state=state, now=now)
    give_up_lines(reservation.lines.all(), now=now)


def give_up_lines(lines: Collection[Line], *, now: datetime) -> None:
    """Nothing is kept for these lines any more, behind the gate of their products. As many statements for all of them
    as for one."""
    products = {line.pk: line.product_id for line in lines}
    rows = Allocation.objects.filter(line__in=products, kind=AllocationKind.PLAN)
    planned = rows.filter(line=OuterRef("pk")).order_by().values("line").annotate(units=Count("pk")).values("units")
    Line.objects.filter(pk__in=products).update(
        given_up=F("given_up") + F("shortfall") + Coalesce(Subquery(planned), 0), shortfall=0, shortfall_reason=""
    )
    rows.delete()
    licensing.follow(lines, now=now)
    settle_all(Product.objects.filter(pk__in=set(products.values())), now)


def end(reservation: Reservation, *, state: State, now: datetime) -> None:
    reservation.state, reservation.ended_at = state, now
    reservation.save(update_fields=["state", "ended_at", "reason"])
