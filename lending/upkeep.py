"""What must be done again and again so that the plan stays true. Each step can be run twice."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from inventory.models import Item, Product
from inventory.models.item import Fitness, ItemQuerySet
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, closing_moment, local_day
from lending.gate import gate
from lending.models import Allocation, AllocationKind, Delivery, Line, Loan, Outage, OutageReason, Reservation, State
from lending.models.reservation import HOLDING
from lending.outages import take_out_of_service
from lending.planning import Planning, extent, settle
from lending.policies import terms

REASON_OF: Final = {
    Fitness.IN_REPAIR.value: OutageReason.REPAIR,
    Fitness.NEEDS_CHECK.value: OutageReason.INSPECTION,
    Fitness.INCOMPLETE.value: OutageReason.INCOMPLETE,
}


@transaction.atomic
def let_go(*, now: datetime) -> int:
    """Rows that are over and out in nobody's hands no longer hold; how many (DESIGN 3.2)."""
    open_loan = Loan.objects.open().filter(allocation=OuterRef("pk"))
    over = Allocation.objects.holding().exclude(kind=AllocationKind.PLAN).filter(blocked__endswith__lte=now)
    return over.exclude(Exists(open_loan)).update(holds=False)


def products_to_replan(*, now: datetime) -> list[int]:
    """Products in which something changed without a verb (an import), or in which somebody is short."""
    short = Line.objects.filter(shortfall__gt=0, reservation__state__in=HOLDING, blocked__endswith__gt=now)
    over = Outage.objects.open().filter(expected_end_at__lte=now)
    return sorted(
        {*short.values_list("product_id", flat=True), *over.values_list("item__product_id", flat=True)}
        | set(unnoticed().values_list("product_id", flat=True))
    )


def unnoticed() -> ItemQuerySet:
    """Items that are unfit by the inventory although no outage says so: imported, or entered elsewhere."""
    outage = Outage.objects.open().filter(item=OuterRef("pk"))
    return Item.objects.lendable().filter(fitness__in=REASON_OF).exclude(Exists(outage))


@transaction.atomic
def replan(product: int, *, now: datetime) -> None:
    """One transaction a product: open the outages that nobody noticed, lengthen those that last, serve who is short."""
    locked = gate({product})
    for item in unnoticed().filter(product=product):
        take_out_of_service(item, reason=REASON_OF[item.fitness], by=None, now=now)
    _lengthen_outages(locked[product], now)
    settle(locked[product], now)


def not_collected(*, now: datetime) -> list[Reservation]:
    """Reservations whose pickup day and grace are over, without anything handed over; never those for the courier."""
    begun = Reservation.objects.filter(state__in=(State.APPROVED, State.READY), starts_at__lt=now - timedelta(days=1))
    loan = Loan.objects.filter(allocation__line__reservation=OuterRef("pk"))
    waiting = begun.exclude(delivery=Delivery.COURIER).exclude(Exists(loan)).select_related("center", "institution")
    return [reservation for reservation in waiting if _grace_is_over(reservation, now)]


def _grace_is_over(reservation: Reservation, now: datetime) -> bool:
    days = max(terms(line.product, reservation.institution).no_show_days for line in reservation.lines.all())
    calendar = calendar_of(reservation.center)
    last_day = add_open_days(local_day(reservation.starts_at), days, calendar)
    return closing_moment(last_day, calendar) < now


def _lengthen_outages(product: Product, now: datetime) -> None:
    """An outage that should be over but is not goes on without a known end."""
    over = list(Outage.objects.open().filter(item__product=product, expected_end_at__lte=now))
    if not over:
        return
    rows = list(Allocation.objects.filter(outage__in=over))
    planning = Planning.read(product, now)
    planning.forget(*rows)
    for row in rows:
        row.block(row.blocked.lower, None)
        row.holds = True
        planning.fix(row.item_id, *extent(row))
    with planning.writing(planning.settle(), reason="repair_lasts"):
        Allocation.objects.bulk_update(rows, ["blocked", "holds"])
    Outage.objects.filter(pk__in=[outage.pk for outage in over]).update(expected_end_at=None)
