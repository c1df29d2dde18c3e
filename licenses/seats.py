"""Slots of what is counted: taken, given back, never more than were bought.

Every verb locks the entitlement first, then looks at its slots; the walls of the table stand behind that.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from inventory.models import Item
from inventory.models.item import Life
from licenses.errors import AllSlotsAreTaken, NotAMemberHere, NotCountedLikeThis, SlotsAreInUse
from licenses.models import CapacityKind, Entitlement, Seat
from licenses.models.seat import SeatQuerySet
from people import journal
from people.models import Institution, Membership, User
from people.models.membership import MembershipQuerySet

Holder = User | Item | Institution

_HELD_BY: Final[dict[str, str]] = {
    CapacityKind.NAMED: "user",
    CapacityKind.CONCURRENT: "user",
    CapacityKind.DEVICES: "item",
    CapacityKind.COPIES: "item",
    CapacityKind.SCHOOLS: "institution",
    CapacityKind.CLASSES: "institution",
}
_FIELD_OF: Final[dict[type[Holder], str]] = {User: "user", Item: "item", Institution: "institution"}


@transaction.atomic
def assign(
    entitlement: Entitlement, *, to: Holder, by: User, class_name: str = "", now: datetime | None = None
) -> Seat:
    """Give ``to`` a slot until it is released; who has one keeps it.

    Raises AllSlotsAreTaken, NotCountedLikeThis, NotAMemberHere.
    """
    now = now or timezone.now()
    entitlement = Entitlement.objects.lock().get(pk=entitlement.pk)
    if entitlement.capacity_kind == CapacityKind.CONCURRENT or not _is_counted_by(entitlement, to, class_name):
        raise NotCountedLikeThis(counted=entitlement.get_capacity_kind_display())
    if isinstance(to, User) and not acting_in(entitlement.center_id).filter(user=to).exists():
        raise NotAMemberHere(person=to)
    holder = {_FIELD_OF[type(to)]: to, "class_name": class_name}
    if seat := entitlement.seats.held().filter(**holder).first():
        return seat
    seat = _take(entitlement, now, **holder)
    _note("seat.assigned", seat, by)
    return seat


@transaction.atomic
def lease(entitlement: Entitlement, *, user: User, now: datetime | None = None) -> Seat:
    """A slot of a concurrent licence, for the time of a lease from now on.

    Raises AllSlotsAreTaken, NotCountedLikeThis.
    """
    now = now or timezone.now()
    entitlement = Entitlement.objects.lock().get(pk=entitlement.pk)
    if entitlement.capacity_kind != CapacityKind.CONCURRENT:
        raise NotCountedLikeThis(counted=entitlement.get_capacity_kind_display())
    expires_at = now + timedelta(minutes=entitlement.lease_minutes)
    if seat := entitlement.seats.held().filter(user=user, expires_at__gt=now).first():
        seat.expires_at = expires_at
        seat.save(update_fields=["expires_at"])
        return seat
    return _take(entitlement, now, user=user, expires_at=expires_at)


@transaction.atomic
def release(seat: Seat, *, by: User, now: datetime | None = None) -> Seat:
    """Free the slot. Once released it stays so."""
    entitlement = Entitlement.objects.lock().get(pk=seat.entitlement_id)
    seat = entitlement.seats.get(pk=seat.pk)
    if seat.released_at is None:
        _release(entitlement.seats.filter(pk=seat.pk), now or timezone.now())
        _note("seat.released", seat, by)
        seat.refresh_from_db()
    return seat


@transaction.atomic
def set_capacity(entitlement: Entitlement, *, capacity: int, by: User) -> Entitlement:
    """Buy slots, or give some up; those that are held move together first. Raises SlotsAreInUse, NotCountedLikeThis."""
    entitlement = Entitlement.objects.lock().get(pk=entitlement.pk)
    if entitlement.capacity_kind == CapacityKind.UNLIMITED:
        raise NotCountedLikeThis(counted=entitlement.get_capacity_kind_display())
    held = list(entitlement.seats.held().order_by("slot"))
    if len(held) > capacity:
        raise SlotsAreInUse(held=len(held), surplus=len(held) - capacity)
    _move_together(held, capacity)
    before, entitlement.capacity = entitlement.capacity, capacity
    entitlement.save(update_fields=["capacity"])
    journal.record("entitlement.capacity_set", entitlement, by=by, before=before, now=capacity)
    return entitlement


def reclaim(*, now: datetime | None = None) -> int:
    """Free what nobody holds any more: leases that are over, slots of people who act for nobody here, and of things
    that are gone. How many."""
    now = now or timezone.now()
    over = Seat.objects.held().filter(_is_over(now))
    freed = 0
    for entitlement_id in over.order_by("entitlement").values_list("entitlement", flat=True).distinct():
        with transaction.atomic():
            entitlement = Entitlement.objects.lock().get(pk=entitlement_id)
            freed += _release(entitlement.seats.held().filter(_is_over(now)), now)
    return freed


def acting_in(center_id: int | OuterRef) -> MembershipQuerySet:
    return Membership.objects.active().filter(center=center_id)


def _note(verb: str, seat: Seat, by: User) -> None:
    journal.record(verb, seat, by=by, person=seat.user, entitlement=seat.entitlement_id, slot=seat.slot)


def _is_over(now: datetime) -> Q:
    acts = acting_in(OuterRef("center")).filter(user=OuterRef("user"))
    is_gone = Q(item__isnull=False) & ~Q(item__life=Life.ACTIVE)
    return Q(expires_at__lte=now) | (Q(user__isnull=False) & ~Q(Exists(acts))) | is_gone


def _is_counted_by(entitlement: Entitlement, to: Holder, class_name: str) -> bool:
    if not isinstance(to, User) and to.center_id != entitlement.center_id:
        return False
    if bool(class_name) != (entitlement.capacity_kind == CapacityKind.CLASSES):
        return False
    return _HELD_BY.get(entitlement.capacity_kind) == _FIELD_OF[type(to)]


def _take(entitlement: Entitlement, now: datetime, **holder: object) -> Seat:
    """The lowest free slot of a locked entitlement. Raises AllSlotsAreTaken with the moment when the next is free."""
    _release(entitlement.seats.held().filter(_is_over(now)), now)
    capacity, slot = entitlement.capacity or 0, _lowest_free(entitlement)
    if slot is None:
        raise AllSlotsAreTaken(capacity=capacity, next_free=next_free(entitlement.seats.held()))
    return Seat.objects.create(
        center_id=entitlement.center_id,
        entitlement=entitlement,
        kind=entitlement.capacity_kind,
        capacity=capacity,
        slot=slot,
        held_at=now,
        **holder,
    )


def _lowest_free(entitlement: Entitlement) -> int | None:
    taken = set(entitlement.seats.held().values_list("slot", flat=True))
    return next((number for number in range(1, (entitlement.capacity or 0) + 1) if number not in taken), None)


def next_free(held: SeatQuerySet) -> datetime | None:
    """When the first of these leases ends; None if none of them has an end."""
    return held.filter(expires_at__isnull=False).order_by("expires_at").values_list("expires_at", flat=True).first()


def _release(seats: SeatQuerySet, now: datetime) -> int:
    return seats.update(released_at=now, capacity=None)


def _move_together(held: list[Seat], capacity: int) -> None:
    """Those beyond ``capacity`` move to the gaps below; one statement each, for there are few."""
    gaps = iter(sorted(set(range(1, capacity + 1)) - {seat.slot for seat in held}))
    for seat in held:
        if seat.slot > capacity:
            seat.slot = next(gaps)
            seat.save(update_fields=["slot"])
