from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Item
from inventory.models.item import Life
from leihwerk.constraints import CompositeForeignKey
from licenses.models.entitlement import CapacityKind, Entitlement
from people.models import Center, Institution, Membership
from people.visibility import VisibleQuerySet

HELD = Q(released_at__isnull=True)
KEPT = Q(kept_for__isnull=False)
LASTING = Q(expires_at__isnull=True)


class SeatQuerySet(VisibleQuerySet["Seat"]):
    seen_by, own_paths = "licenses.see_seats", ("user",)

    def held(self) -> "SeatQuerySet":
        return self.filter(HELD)

    def given(self) -> "SeatQuerySet":
        """Held by somebody who may be asked to give it back."""
        return self.held().exclude(KEPT)

    def kept(self) -> "SeatQuerySet":
        """For an institution, for some time."""
        return self.filter(KEPT)

    def with_own_slot(self) -> "SeatQuerySet":
        """Without the leases that use a slot kept for their institution."""
        return self.filter(within__isnull=True)

    def taken_at(self, moment: datetime) -> "SeatQuerySet":
        """The slots that nobody else can have then."""
        begun, lasting = ~KEPT | Q(held_at__lte=moment), LASTING | Q(expires_at__gt=moment)
        return self.held().with_own_slot().filter(begun, lasting)

    def over(self, now: datetime) -> "SeatQuerySet":
        """Leases and keeping that have ended, slots of people who act for nobody here, of things that are gone, and of
        institutions that are closed."""
        acting = Membership.objects.active().filter(center=OuterRef("center"), user=OuterRef("user"))
        is_gone = Q(item__isnull=False) & ~Q(item__life=Life.ACTIVE)
        is_closed = Q(institution__closed_on__isnull=False) & ~KEPT
        return self.filter(Q(expires_at__lte=now) | (Q(user__isnull=False) & ~Exists(acting)) | is_gone | is_closed)


class Seat(models.Model):
    """One numbered slot of an entitlement, taken by a person, an item, an institution or a class of it.

    ``slot`` counts from 1. While it is held nobody else has it, and ``capacity`` follows the entitlement's own, so that
    a slot beyond what was bought cannot exist. A lease (concurrent use) has an end; the next who asks may take it then.

    A slot may be kept for an institution from ``held_at`` to ``expires_at``, which may both lie ahead: ``kept_for`` is
    what it is kept for, as the floor above numbers it. A lease ``within`` it uses it.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=10, choices=CapacityKind.choices)
    slot = models.PositiveIntegerField(_("Platz"))
    capacity = models.PositiveIntegerField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", related_query_name="seat"
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", related_query_name="seat"
    )
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+", related_query_name="seat")
    class_name = models.CharField(_("Klasse"), max_length=20, blank=True)
    kept_for = models.BigIntegerField(null=True, blank=True)
    within = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="uses")
    held_at = models.DateTimeField(_("vergeben am"))
    expires_at = models.DateTimeField(_("frei ab"), null=True, blank=True)
    released_at = models.DateTimeField(_("zurückgegeben am"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("entitlement", "slot", "-held_at")
        indexes = [models.Index(name="seat_kept_for", fields=["kept_for"], condition=HELD & KEPT)]
        constraints = [
            models.UniqueConstraint(name="seat_and_its_slot", fields=["entitlement", "id", "slot"]),
            ExclusionConstraint(
                name="slot_is_held_once",
                expressions=[
                    ("entitlement", RangeOperators.EQUAL),
                    ("slot", RangeOperators.EQUAL),
                    (Func("held_at", "expires_at", function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=HELD & Q(within__isnull=True),
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.UniqueConstraint(name="kept_slot_is_used_once", fields=["within"], condition=HELD),
            models.UniqueConstraint(name="person_holds_one_slot", fields=["entitlement", "user"], condition=HELD),
            models.UniqueConstraint(name="item_holds_one_slot", fields=["entitlement", "item"], condition=HELD),
            models.UniqueConstraint(
                name="class_holds_one_slot",
                fields=["entitlement", "institution", "class_name"],
                condition=HELD & ~KEPT & Q(kind__in=[CapacityKind.SCHOOLS, CapacityKind.CLASSES]),
            ),
            models.CheckConstraint(name="slot_was_bought", condition=Q(slot__gte=1, slot__lte=F("capacity"))),
            models.CheckConstraint(
                name="held_slot_knows_its_capacity",
                condition=Q(released_at__isnull=True, capacity__isnull=False)
                | Q(released_at__isnull=False, capacity__isnull=True),
            ),
            models.CheckConstraint(
                name="slot_is_held_by_what_is_counted",
                condition=Q(released_at__isnull=False)
                | KEPT
                | Q(kind=CapacityKind.NAMED, user__isnull=False, expires_at__isnull=True)
                | Q(kind=CapacityKind.CONCURRENT, user__isnull=False, expires_at__isnull=False)
                | Q(kind__in=[CapacityKind.DEVICES, CapacityKind.COPIES], item__isnull=False)
                | Q(kind=CapacityKind.SCHOOLS, institution__isnull=False, class_name="")
                | (Q(kind=CapacityKind.CLASSES, institution__isnull=False) & ~Q(class_name="")),
            ),
            models.CheckConstraint(
                name="slot_is_released_after_it_was_held",
                condition=Q(released_at__isnull=True) | Q(released_at__gte=F("held_at")),
            ),
            models.CheckConstraint(
                name="slot_is_held_for_some_time", condition=LASTING | Q(expires_at__gt=F("held_at"))
            ),
            models.CheckConstraint(
                name="slot_is_kept_for_an_institution_for_a_time",
                condition=~KEPT
                | Q(
                    institution__isnull=False,
                    expires_at__isnull=False,
                    within__isnull=True,
                    user__isnull=True,
                    item__isnull=True,
                    class_name="",
                ),
            ),
            models.CheckConstraint(
                name="slot_within_one_that_is_kept_is_leased",
                condition=Q(within__isnull=True) | Q(kind=CapacityKind.CONCURRENT),
            ),
            CompositeForeignKey(
                name="lease_has_the_slot_it_is_within",
                fields=["entitlement", "within", "slot"],
                to="licenses.Seat",
                to_fields=["entitlement", "id", "slot"],
                is_followed=True,
            ),
            CompositeForeignKey(
                name="seat_entitlement_is_of_its_center",
                fields=["center", "entitlement"],
                to="licenses.Entitlement",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="held_slot_follows_its_entitlement",
                fields=["entitlement", "kind", "capacity"],
                to="licenses.Entitlement",
                to_fields=["id", "capacity_kind", "capacity"],
                is_followed=True,
            ),
            CompositeForeignKey(
                name="seat_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="seat_item_is_of_its_center",
                fields=["center", "item"],
                to="inventory.Item",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entitlement} {self.slot}"
