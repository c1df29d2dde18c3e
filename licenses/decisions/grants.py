"""Entitlements of some media, read for the decision in four queries, however many there are."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q

from inventory.models import Item
from inventory.models.item import Life
from licenses.models import CapacityKind, Entitlement, EntitlementScope, Medium, PackageTitle, Seat
from licenses.models.entitlement import EntitlementQuerySet
from licenses.models.seat import KEPT
from licenses.terms import Area, Grant
from people.models import Institution
from people.models.user import AnyUser

#: Who wants to use these needs a slot that somebody gave them.
ASSIGNED: Final = frozenset({CapacityKind.NAMED, CapacityKind.SCHOOLS, CapacityKind.CLASSES})


@dataclass(frozen=True)
class Slots:
    """What is known of the slots of one entitlement."""

    held: int = 0
    has_one: bool = False


Grants = dict[int, list[Grant]]
Span = tuple[date, date | None]


def grants_of(media: Collection[Medium], institution: Institution, user: AnyUser, at: datetime) -> Grants:
    """By medium id: what there is, was and will be, for ``institution`` and ``user`` at the moment ``at``.

    What a centre bought is for its own institutions, however wide the scope.
    """
    own = [medium for medium in media if medium.center_id == institution.center_id]
    return _found(own, at, lambda entitlements: _slots(entitlements, institution, user, at), {})


def grants_of_all(media: Collection[Medium], at: datetime, ends: Mapping[int, date | None]) -> Grants:
    """The same, whoever asks: no slot is looked at. ``ends``: when periods end, by id, where that is not as written."""
    return _found(media, at, lambda _: {}, ends)


def _found(
    media: Collection[Medium],
    at: datetime,
    slots_of: Callable[[list[Entitlement]], dict[int, Slots]],
    ends: Mapping[int, date | None],
) -> Grants:
    by_id = {medium.pk: medium for medium in media}
    titles = list(PackageTitle.objects.filter(medium__in=by_id))
    entitlements = list(entitlements_to(by_id, titles))
    areas = areas_of(entitlements)
    slots = slots_of(entitlements)
    gone = _gone(entitlements, by_id.values(), at)
    packed: dict[int, list[PackageTitle]] = defaultdict(list)
    for title in titles:
        packed[title.package_id].append(title)
    found: Grants = defaultdict(list)
    for entitlement in entitlements:
        grant = _grant(entitlement, areas[entitlement.pk], slots.get(entitlement.pk, Slots()))
        grant = replace(grant, ends_on=ends.get(entitlement.period_id, grant.ends_on))
        for medium, span in _spans(entitlement, packed):
            if entitlement.ends_with_copy and medium in gone:
                span = _within(span, (date.min, gone[medium]))
            if (kept := _cut(grant, span)) is not None:
                found[medium].append(kept)
    return found


def entitlements_to(media: Iterable[int], titles: Iterable[PackageTitle]) -> EntitlementQuerySet:
    """Those that name one of ``media``, and those of the packages that have them as ``titles``."""
    packages = {title.package_id for title in titles}
    found = Entitlement.objects.filter(Q(medium__in=list(media)) | Q(package__in=packages))
    return found.select_related("period").order_by("pk")


def _grant(entitlement: Entitlement, areas: tuple[Area, ...], slots: Slots) -> Grant:
    counted = entitlement.capacity_kind in ASSIGNED | {CapacityKind.CONCURRENT}
    return Grant(
        id=entitlement.pk,
        starts_on=entitlement.period.starts_on,
        ends_on=entitlement.period.ends_on,
        permitted=frozenset(entitlement.permitted),
        areas=areas,
        free=max(0, (entitlement.capacity or 0) - slots.held) if counted else None,
        needs_slot=entitlement.capacity_kind in ASSIGNED,
        has_slot=slots.has_one,
    )


def _spans(entitlement: Entitlement, packed: Mapping[int, list[PackageTitle]]) -> Iterable[tuple[int, Span]]:
    """For which media it is, and when they are in its package."""
    if entitlement.medium_id is not None:
        yield entitlement.medium_id, (date.min, None)
    elif entitlement.package_id is not None:
        for title in packed.get(entitlement.package_id, ()):
            yield title.medium_id, (title.starts_on, title.ends_on)


def _cut(grant: Grant, span: Span) -> Grant | None:
    starts_on, ends_on = _within((grant.starts_on, grant.ends_on), span)
    if ends_on is not None and ends_on < starts_on:
        return None
    return replace(grant, starts_on=starts_on, ends_on=ends_on)


def _within(one: Span, other: Span) -> Span:
    ends = [end for end in (one[1], other[1]) if end is not None]
    return max(one[0], other[0]), min(ends, default=None)


def areas_of(entitlements: Iterable[Entitlement]) -> dict[int, tuple[Area, ...]]:
    """Where each of them holds, by id; one without a scope holds nowhere."""
    rows = EntitlementScope.objects.filter(entitlement__in=list(entitlements)).annotate(
        named=ArrayAgg("scope__named__institution", filter=Q(scope__named__isnull=False), default=[])
    )
    found: dict[int, tuple[Area, ...]] = defaultdict(tuple)
    for row in rows.select_related("scope").order_by("entitlement", "scope"):
        area = Area(
            territory=frozenset(row.scope.territory),
            school_forms=frozenset(row.scope.school_forms),
            institution_kinds=frozenset(row.scope.institution_kinds),
            institutions=frozenset(row.named),
        )
        found[row.entitlement_id] += (area,)
    return found


def _slots(
    entitlements: Iterable[Entitlement], institution: Institution, user: AnyUser, at: datetime
) -> dict[int, Slots]:
    """Leases that are over count as free: the next who asks takes them. What is kept for an institution is its own,
    but nobody's who has no account: of pupils nobody knows how many use it at a time."""
    counted = [it for it in entitlements if it.capacity_kind in ASSIGNED | {CapacityKind.CONCURRENT}]
    if not counted:
        return {}
    its = Q(institution=institution.pk)
    own = its & ~KEPT if user.pk is None else its | Q(user=user.pk)
    taken = Seat.objects.taken_at(at).filter(entitlement__in=counted)
    rows = taken.values("entitlement").annotate(held=Count("pk"), own=Count("pk", filter=own))
    return {row["entitlement"]: Slots(row["held"], row["own"] > 0) for row in rows.order_by()}


def _gone(entitlements: Iterable[Entitlement], media: Iterable[Medium], at: datetime) -> dict[int, date]:
    """Media of which the last disc is gone, and the last day on which there was one; of lost ones only: not today."""
    lasting = {it.medium_id for it in entitlements if it.ends_with_copy}
    products = {it.product_id: it.pk for it in media if it.pk in lasting and it.product_id is not None}
    if not products:
        return {}
    rows = Item.objects.filter(product__in=products).values("product").order_by()
    counted = rows.annotate(left=Count("pk", filter=Q(life=Life.ACTIVE)), gone_on=Max(F("retired_on")))
    yesterday = at.date() - timedelta(days=1)
    return {products[row["product"]]: row["gone_on"] or yesterday for row in counted if row["left"] == 0}
