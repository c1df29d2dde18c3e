from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Item
from leihwerk.constraints import CompositeForeignKey
from licenses.models.entitlement import CapacityKind, Entitlement
from people.models import Center, Institution
from people.visibility import VisibleQuerySet


class SeatQuerySet(VisibleQuerySet["Seat"]):
    seen_by, own_paths = "licenses.see_seats", ("user",)

    def held(self) -> "SeatQuerySet":
        return self.filter(released_at__isnull=True)


HELD = Q(released_at__isnull=True)


class Seat(models.Model):
    """One numbered slot of an entitlement, taken by a person, an item, an institution or a class of it.

    ``slot`` counts from 1. While it is held nobody else has it, and ``capacity`` follows the entitlement's own, so that
    a slot beyond what was bought cannot exist. A lease (concurrent use) has an end; the next who asks may take it then.
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
    held_at = models.DateTimeField(_("vergeben am"))
    expires_at = models.DateTimeField(_("frei ab"), null=True, blank=True)
    released_at = models.DateTimeField(_("zurückgegeben am"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("entitlement", "slot", "-held_at")
        constraints = [
            models.UniqueConstraint(name="slot_is_held_once", fields=["entitlement", "slot"], condition=HELD),
            models.UniqueConstraint(name="person_holds_one_slot", fields=["entitlement", "user"], condition=HELD),
            models.UniqueConstraint(name="item_holds_one_slot", fields=["entitlement", "item"], condition=HELD),
            models.UniqueConstraint(
                name="class_holds_one_slot",
                fields=["entitlement", "institution", "class_name"],
                condition=HELD & Q(kind__in=[CapacityKind.SCHOOLS, CapacityKind.CLASSES]),
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
