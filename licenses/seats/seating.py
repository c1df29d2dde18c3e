"""The slots of a locked entitlement: taken by whoever comes, while what is kept for later moves aside."""

from collections.abc import Collection, Sequence
from datetime import datetime

from licenses.errors import AllSlotsAreTaken, SlotsAreInUse
from licenses.models import CapacityKind, Entitlement, Seat
from licenses.models.seat import KEPT, SeatQuerySet
from licenses.seats.arranging import Span, arrange, most_at_once
from people import journal
from people.models import User


def take(entitlement: Entitlement, *wanted: Seat, now: datetime) -> None:
    """Save ``wanted``, which say who has them and for how long, each with a slot of its own all that time.

    Raises AllSlotsAreTaken with the moment when the next is free.
    """
    clear(entitlement, now)
    if not fit(entitlement, entitlement.capacity or 0, wanted, now=now):
        raise AllSlotsAreTaken(capacity=entitlement.capacity or 0, next_free=next_free(entitlement.seats.held()))


def fit(
    entitlement: Entitlement,
    capacity: int,
    wanted: Sequence[Seat] = (),
    *,
    now: datetime,
    changed: Sequence[Seat] = (),
    gone: Collection[int] = (),
) -> bool:
    """Write ``wanted``, ``changed`` (held ones that shall last otherwise than they do), and what has to move for them,
    and free those that are ``gone``, if then never more than ``capacity`` slots are needed at once; else nothing."""
    held = entitlement.seats.held().with_own_slot().exclude(pk__in=gone)
    there = {seat.pk: seat for seat in [*held, *changed]}
    coming = {("new", number): seat for number, seat in enumerate(wanted)}
    spans = [_span(pk, seat, now) for pk, seat in there.items()]
    spans += [Span(key, seat.held_at, seat.expires_at) for key, seat in coming.items()]
    slots = arrange(spans, capacity)
    if slots is None:
        return False
    free(Seat.objects.filter(pk__in=gone), now)
    moved = [seat for pk, seat in there.items() if seat.slot != slots[pk] or seat in changed]
    for seat in moved:
        seat.slot = slots[seat.pk]
    Seat.objects.bulk_update(moved, ["slot", "held_at", "expires_at"])
    for key, seat in coming.items():
        seat.center_id, seat.entitlement, seat.kind = entitlement.center_id, entitlement, entitlement.capacity_kind
        seat.capacity, seat.slot = capacity, slots[key]
    Seat.objects.bulk_create(wanted)
    return True


def shrink(entitlement: Entitlement, capacity: int, now: datetime) -> None:
    """What is held moves together into ``capacity`` slots. Raises SlotsAreInUse."""
    clear(entitlement, now)
    if not fit(entitlement, capacity, now=now):
        held = most_at_once(_span(seat.pk, seat, now) for seat in entitlement.seats.held().with_own_slot())
        raise SlotsAreInUse(held=held, surplus=held - capacity)


def clear(entitlement: Entitlement, now: datetime) -> int:
    """Free what nobody holds any more; how many slots. The journal tells of those that somebody was given for good."""
    over = entitlement.seats.held().over(now)
    for seat in over.exclude(KEPT).exclude(kind=CapacityKind.CONCURRENT).select_related("user"):
        note("seat.reclaimed", seat, by=None)
    return free(over, now)


def note(verb: str, seat: Seat, *, by: User | None) -> None:
    journal.record(verb, seat, by=by, person=seat.user, entitlement=seat.entitlement_id, slot=seat.slot)


def free(seats: SeatQuerySet, now: datetime) -> int:
    """With the leases within them. What was kept, and never begun, leaves no trace."""
    ids = list(seats.values_list("pk", flat=True))
    if not ids:
        return 0
    never, _ = Seat.objects.kept().filter(pk__in=ids, held_at__gt=now).delete()
    Seat.objects.held().filter(within__in=ids).update(released_at=now, capacity=None)
    return never + Seat.objects.filter(pk__in=ids).update(released_at=now, capacity=None)


def next_free(held: SeatQuerySet) -> datetime | None:
    """When the first of these ends; None if none of them has an end."""
    ending = held.filter(expires_at__isnull=False).order_by("expires_at")
    return ending.values_list("expires_at", flat=True).first()


def _span(key: int, seat: Seat, now: datetime) -> Span:
    """What has not begun may have another slot then."""
    is_ahead = seat.kept_for is not None and seat.held_at > now
    return Span(key, seat.held_at, seat.expires_at, None if is_ahead else seat.slot)
