from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Item
from leihwerk.constraints import CompositeForeignKey
from people.models import Center
from people.visibility import VisibleQuerySet


class OutageReason(models.TextChoices):
    REPAIR = "repair", _("in Reparatur")
    INSPECTION = "inspection", _("in Prüfung")
    INCOMPLETE = "incomplete", _("unvollständig")
    CLEANING = "cleaning", _("wird gereinigt oder geladen")
    MISSING = "missing", _("wird gesucht")
    OTHER = "other", _("anderer Grund")


class OutageQuerySet(VisibleQuerySet["Outage"]):
    seen_by, institution_path = "items.see", None

    def open(self) -> "OutageQuerySet":
        return self.filter(ended_at__isnull=True)


class Outage(models.Model):
    """An item cannot be lent, for a reason, from a moment on; its allocation carries the range."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", related_query_name="outage")
    reason = models.CharField(_("Grund"), max_length=12, choices=OutageReason.choices)
    note = models.TextField(_("Notiz"), blank=True)
    starts_at = models.DateTimeField(_("von"))
    expected_end_at = models.DateTimeField(_("voraussichtlich bis"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = OutageQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = [
            models.UniqueConstraint(name="outage_of_its_item", fields=["id", "item"]),
            models.CheckConstraint(
                name="outage_ends_after_it_starts", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("starts_at"))
            ),
            CompositeForeignKey(
                name="outage_item_is_of_its_center",
                fields=["center", "item"],
                to="inventory.Item",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_reason_display()}"
