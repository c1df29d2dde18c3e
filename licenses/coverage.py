"""Licences that are counted in pupils, beside the numbers of the schools they are for. They warn, and never refuse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from licenses.decisions.askers import place_of
from licenses.decisions.grants import areas_of
from licenses.models import CapacityKind, Entitlement
from licenses.terms import Area, Place, includes
from people.models import Center, Institution
from people.models.institution import InstitutionKind


@dataclass(frozen=True)
class Coverage:
    """How many pupils an entitlement is for. ``untold``: schools among its institutions whose number nobody told."""

    entitlement: Entitlement
    pupils: int
    untold: int

    @property
    def missing(self) -> int:
        """How many more would have to be bought."""
        return max(0, self.pupils - (self.entitlement.capacity or 0))

    @property
    def is_short(self) -> bool:
        return self.missing > 0


def coverages(entitlements: Iterable[Entitlement]) -> dict[int, Coverage]:
    """By id, of those of one centre that are counted in pupils. Two queries, however many there are."""
    counted = [it for it in entitlements if it.capacity_kind == CapacityKind.PUPILS]
    if not counted:
        return {}
    open_ones = Institution.objects.open().filter(center=counted[0].center_id).select_related("center")
    there = list(open_ones.exclude(kind=InstitutionKind.INTERNAL))
    places = [(place_of(it), it) for it in there]
    areas = areas_of(counted)
    inside = {several: _inside(several, places) for several in set(areas.values()) | {()}}
    return {it.pk: _coverage(it, inside[areas[it.pk]]) for it in counted}


def under_covered(center: Center, *, on: date | None = None) -> list[Coverage]:
    """Entitlements in force on that day that are for more pupils than were bought; the worst first."""
    on = on or timezone.localdate(timezone=center.zone)
    lasting = Q(period__ends_on__isnull=True) | Q(period__ends_on__gte=on)
    running = Entitlement.objects.filter(lasting, center=center, period__starts_on__lte=on)
    rows = running.filter(capacity_kind=CapacityKind.PUPILS).select_related("period__contract", "medium", "package")
    short = [coverage for coverage in coverages(rows).values() if coverage.is_short]
    return sorted(short, key=lambda it: (-it.missing, it.entitlement.pk))


def _inside(areas: tuple[Area, ...], places: Iterable[tuple[Place, Institution]]) -> list[Institution]:
    return [it for place, it in places if any(includes(area, place) for area in areas)]


def _coverage(entitlement: Entitlement, inside: Iterable[Institution]) -> Coverage:
    told = [it.pupils for it in inside if it.pupils is not None]
    untold = sum(it.pupils is None and it.kind == InstitutionKind.SCHOOL for it in inside)
    return Coverage(entitlement, sum(told), untold)
