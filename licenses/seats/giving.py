"""Slots of what is counted: taken, given back, never more than were bought.

Every verb locks the entitlement first, then looks at its slots; the walls of the table stand behind that.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from inventory.models import Item
from licenses.errors import NotAMemberHere, NotCountedLikeThis
from licenses.models import CapacityKind, Entitlement, Seat
from licenses.seats.seating import clear, fit, free, note, shrink, take
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
    if seat := entitlement.seats.given().filter(**holder).first():
        return seat
    take(entitlement, seat := Seat(held_at=now, **holder), now=now)
    note("seat.assigned", seat, by=by)
    return seat


@transaction.atomic
def lease(
    entitlement: Entitlement, *, user: User, institution: Institution | None = None, now: datetime | None = None
) -> Seat:
    """A slot of a concurrent licence, for the time of a lease from now on; first one kept for ``institution``.

    Raises AllSlotsAreTaken, NotCountedLikeThis.
    """
    now = now or timezone.now()
    entitlement = Entitlement.objects.lock().get(pk=entitlement.pk)
    if entitlement.capacity_kind != CapacityKind.CONCURRENT:
        raise NotCountedLikeThis(counted=entitlement.get_capacity_kind_display())
    expires_at = now + timedelta(minutes=entitlement.lease_minutes)
    if seat := entitlement.seats.held().filter(user=user, expires_at__gt=now).select_related("within").first():
        return _prolonged(seat, entitlement, expires_at, now)
    clear(entitlement, now)
    seat = Seat(user=user, held_at=now, expires_at=expires_at)
    kept = entitlement.seats.taken_at(now).kept().filter(institution=institution)
    if institution and (unused := kept.exclude(uses__released_at__isnull=True, uses__isnull=False).first()):
        return _within(unused, seat)
    take(entitlement, seat, now=now)
    return seat


@transaction.atomic
def release(seat: Seat, *, by: User, now: datetime | None = None) -> Seat:
    """Free the slot. Once released it stays so."""
    entitlement = Entitlement.objects.lock().get(pk=seat.entitlement_id)
    seat = entitlement.seats.get(pk=seat.pk)
    if seat.released_at is None:
        free(entitlement.seats.filter(pk=seat.pk), now or timezone.now())
        note("seat.released", seat, by=by)
        seat.refresh_from_db()
    return seat


@transaction.atomic
def set_capacity(entitlement: Entitlement, *, capacity: int, by: User, now: datetime | None = None) -> Entitlement:
    """Buy slots, or give some up; those that are held move together first. Raises SlotsAreInUse, NotCountedLikeThis."""
    entitlement = Entitlement.objects.lock().get(pk=entitlement.pk)
    if entitlement.capacity_kind == CapacityKind.UNLIMITED:
        raise NotCountedLikeThis(counted=entitlement.get_capacity_kind_display())
    shrink(entitlement, capacity, now or timezone.now())
    before, entitlement.capacity = entitlement.capacity, capacity
    entitlement.save(update_fields=["capacity"])
    journal.record("entitlement.capacity_set", entitlement, by=by, before=before, now=capacity)
    return entitlement


def reclaim(*, now: datetime | None = None) -> int:
    """Free what nobody holds any more, wherever; how many slots."""
    now = now or timezone.now()
    freed = 0
    for entitlement_id in (
        Seat.objects.held().over(now).order_by("entitlement").values_list("entitlement", flat=True).distinct()
    ):
        with transaction.atomic():
            freed += clear(Entitlement.objects.lock().get(pk=entitlement_id), now)
    return freed


def acting_in(center_id: int) -> MembershipQuerySet:
    return Membership.objects.active().filter(center=center_id)


def _is_counted_by(entitlement: Entitlement, to: Holder, class_name: str) -> bool:
    if not isinstance(to, User) and to.center_id != entitlement.center_id:
        return False
    if bool(class_name) != (entitlement.capacity_kind == CapacityKind.CLASSES):
        return False
    return _HELD_BY.get(entitlement.capacity_kind) == _FIELD_OF[type(to)]


def _prolonged(seat: Seat, entitlement: Entitlement, expires_at: datetime, now: datetime) -> Seat:
    """As far as nobody else was promised the slot; not beyond what it is within."""
    before = seat.expires_at
    if seat.within is not None:
        seat.expires_at = min(expires_at, seat.within.expires_at or expires_at)
        seat.save(update_fields=["expires_at"])
        return seat
    seat.expires_at = expires_at
    if not fit(entitlement, entitlement.capacity or 0, now=now, changed=[seat]):
        seat.expires_at = before
    return seat


def _within(kept: Seat, seat: Seat) -> Seat:
    """``seat`` uses a slot that is kept for its institution."""
    for name in ("center_id", "entitlement_id", "kind", "capacity", "slot"):
        setattr(seat, name, getattr(kept, name))
    seat.within, seat.expires_at = kept, min(filter(None, (seat.expires_at, kept.expires_at)))
    seat.save()
    return seat
