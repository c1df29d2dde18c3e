"""Seats that were bought and that nobody has."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone

from licenses.models import CapacityKind, Entitlement
from people.models import Center

#: What is given away for good; leases come and go by themselves.
GIVEN: Final = (CapacityKind.NAMED, CapacityKind.DEVICES, CapacityKind.CLASSES, CapacityKind.SCHOOLS)


@dataclass(frozen=True)
class Idle:
    entitlement: Entitlement
    bought: int
    held: int

    @property
    def free(self) -> int:
        return self.bought - self.held


def idle_seats(center: Center) -> list[Idle]:
    """Entitlements in force with free seats, those with the most free ones first."""
    today = timezone.localdate(timezone=center.zone)
    lasting = Q(period__ends_on__isnull=True) | Q(period__ends_on__gte=today)
    running = Entitlement.objects.filter(lasting, center=center, period__starts_on__lte=today)
    counted: Any = running.filter(capacity_kind__in=GIVEN).select_related("period__contract", "medium", "package")
    given = Q(seats__released_at__isnull=True, seats__kept_for__isnull=True)
    counted = counted.annotate(held=Count("seats", filter=given))
    found = [Idle(it, it.capacity or 0, it.held) for it in counted]
    return sorted((it for it in found if it.free > 0), key=lambda it: (-it.free, it.entitlement.pk))
