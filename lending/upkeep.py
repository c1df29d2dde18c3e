"""What must be done again and again so that the plan stays true. Each step can be run twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from inventory.models import Item, Product
from inventory.models.item import Fitness, ItemQuerySet
from lending.gate import gate
from lending.models import Allocation, AllocationKind, Line, Loan, Outage, OutageReason, Reservation, State
from lending.models.reservation import HOLDING, ReservationQuerySet
from lending.outages import take_out_of_service
from lending.planning import Planning, extent, settle
from lending.reservations.lapsing import UNANSWERED, uncollected
from lending.reservations.waiting import seem_free

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
    """Reservations with lines that nobody came for (``lapsing.uncollected``)."""
    kept = Line.objects.filter(reservation=OuterRef("pk"), starts_at__lt=now).filter(
        Q(shortfall__gt=0) | Q(allocations__kind=AllocationKind.PLAN, allocations__holds=True)
    )
    begun = Reservation.objects.filter(Exists(kept), state__in=(State.APPROVED, State.READY))
    waiting = begun.select_related("center", "institution")
    return [reservation for reservation in waiting if uncollected(reservation, now)]


def unanswered(*, now: datetime) -> ReservationQuerySet:
    """Wishes whose time is over without an answer (``lapsing.lapses_at``)."""
    lapsed = Q(ends_at__lte=now) | Q(state=State.WAITLISTED, starts_at__lte=now)
    return Reservation.objects.filter(lapsed | Q(state=State.OFFERED, offer_ends_at__lte=now), state__in=UNANSWERED)


@dataclass(frozen=True)
class Turns:
    """Whose turn it is of those who wait, the longest waiting first; and who was told of what is gone again."""

    free: list[Reservation]
    in_vain: list[Reservation]


def turns(*, now: datetime) -> Turns:
    """As things stand; asks without locking."""
    found = Reservation.objects.filter(state=State.WAITLISTED, starts_at__gt=now)
    waiting = list(found.select_related("center", "institution").order_by("booked_at", "pk"))
    free = seem_free(waiting, now=now)
    return Turns(free, [it for it in waiting if it.told_free_at and it not in free])


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
