"""What a period permits: given, changed, taken along into the next period."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction

from licenses.errors import HowManyIsMissing, OfAnotherCenter, PermittedAndProhibited, SlotsAreInUse
from licenses.models import (
    CapacityKind,
    Entitlement,
    EntitlementScope,
    Medium,
    Package,
    Period,
    Scope,
)
from licenses.models.entitlement import A_LESSON
from licenses.rights import USUAL, Action, Preset
from people import journal
from people.models import User


@dataclass(frozen=True)
class Rights:
    """What is permitted and what is prohibited, and for how many. ``of(preset)`` is what is usual."""

    permitted: Collection[str] = frozenset()
    prohibited: Collection[str] = frozenset()
    preset: str = ""
    ends_with_copy: bool = False
    capacity_kind: str = CapacityKind.UNLIMITED
    capacity: int | None = None
    lease_minutes: int = A_LESSON
    scopes: tuple[Scope, ...] = field(default=())

    @classmethod
    def of(
        cls, preset: Preset, *scopes: Scope, capacity_kind: str = "unlimited", capacity: int | None = None
    ) -> "Rights":
        usual = USUAL[preset]
        return cls(
            permitted=usual.permitted,
            prohibited=usual.prohibited,
            preset=preset,
            ends_with_copy=usual.ends_with_copy,
            capacity_kind=capacity_kind,
            capacity=capacity,
            scopes=scopes,
        )


FIELDS: Final = ("permitted", "prohibited", "preset", "ends_with_copy", "capacity_kind", "capacity", "lease_minutes")


@transaction.atomic
def entitle(period: Period, *, to: Medium | Package, rights: Rights, by: User) -> Entitlement:
    """Write down what ``period`` permits with ``to``.

    Raises PermittedAndProhibited, HowManyIsMissing, OfAnotherCenter.
    """
    _ask(rights, [to, *rights.scopes], period.center_id)
    named = {"medium": to} if isinstance(to, Medium) else {"package": to}
    entitlement = Entitlement.objects.create(center_id=period.center_id, period=period, **named, **columns(rights))
    set_scopes(entitlement, rights.scopes)
    journal.record("entitlement.given", entitlement, by=by, **facts(rights))
    return entitlement


@transaction.atomic
def change_rights(entitlement: Entitlement, *, rights: Rights, by: User) -> Entitlement:
    """Correct what is permitted, where, and how it is counted; how many slots there are is ``seats.set_capacity``'s
    once somebody has one. Raises PermittedAndProhibited, HowManyIsMissing, OfAnotherCenter, SlotsAreInUse."""
    entitlement = Entitlement.objects.lock().get(pk=entitlement.pk)
    _ask(rights, rights.scopes, entitlement.center_id)
    counted = (rights.capacity_kind, rights.capacity)
    held = entitlement.seats.held().count()
    if held and counted != (entitlement.capacity_kind, entitlement.capacity):
        raise SlotsAreInUse(held=held, surplus=held)
    for name, value in columns(rights).items():
        setattr(entitlement, name, value)
    entitlement.save(update_fields=FIELDS)
    set_scopes(entitlement, rights.scopes)
    journal.record("entitlement.changed", entitlement, by=by, **facts(rights))
    return entitlement


@transaction.atomic
def withdraw(entitlement: Entitlement, *, by: User) -> None:
    """Take an entitlement back that was written down by mistake. Raises SlotsAreInUse if anybody ever had a slot."""
    entitlement = Entitlement.objects.lock().get(pk=entitlement.pk)
    if given := entitlement.seats.count():
        raise SlotsAreInUse(held=given, surplus=given)
    journal.record("entitlement.withdrawn", entitlement, by=by, period=entitlement.period_id)
    entitlement.delete()


def set_scopes(entitlement: Entitlement, scopes: Iterable[Scope]) -> None:
    """``scopes`` are where it holds from now on."""
    wanted = {scope.pk for scope in scopes}
    links = EntitlementScope.objects.filter(entitlement=entitlement)
    links.exclude(scope__in=wanted).delete()
    there = set(links.values_list("scope", flat=True))
    EntitlementScope.objects.bulk_create(
        EntitlementScope(center_id=entitlement.center_id, entitlement=entitlement, scope_id=scope)
        for scope in sorted(wanted - there)
    )


def columns(rights: Rights) -> dict[str, Any]:
    """What of ``rights`` stands in the row itself; the scopes are links."""
    sets = {"permitted": sorted(rights.permitted), "prohibited": sorted(rights.prohibited)}
    return {name: getattr(rights, name) for name in FIELDS} | sets


def facts(rights: Rights) -> dict[str, Any]:
    """What the journal keeps."""
    scopes = sorted(scope.pk for scope in rights.scopes)
    return columns(rights) | {"scopes": scopes}


def _ask(rights: Rights, things: Iterable[Medium | Package | Scope], center_id: int) -> None:
    for action in sorted(set(rights.permitted) & set(rights.prohibited)):
        raise PermittedAndProhibited(action=Action(action).label)
    if (rights.capacity is None) != (rights.capacity_kind == CapacityKind.UNLIMITED):
        raise HowManyIsMissing
    if any(thing.center_id != center_id for thing in things):
        raise OfAnotherCenter
