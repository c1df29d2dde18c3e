from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Item, Part
from leihwerk.constraints import CompositeForeignKey
from lending.models.loan import Loan
from people.models import Center
from people.visibility import VisibleQuerySet


class FindingKind(models.TextChoices):
    PART_MISSING = "part_missing", _("Bestandteil fehlt")
    DAMAGED = "damaged", _("beschädigt")
    DEFECT = "defect", _("defekt")
    DATA_LEFT = "data_left", _("Daten nicht gelöscht")
    REPORTED = "reported", _("Problem gemeldet")


class FindingQuerySet(VisibleQuerySet["Finding"]):
    seen_by, institution_path = "items.see", None

    def open(self) -> "FindingQuerySet":
        return self.filter(resolved_at__isnull=True)

    def lock(self) -> "FindingQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Finding(models.Model):
    """Something was wrong with an item (Mangel): found at a return or a check, or reported by whoever uses it."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", related_query_name="finding")
    loan = models.ForeignKey(Loan, models.SET_NULL, null=True, blank=True, related_name="findings")
    kind = models.CharField(_("Mangel"), max_length=12, choices=FindingKind.choices)
    part = models.ForeignKey(Part, models.SET_NULL, null=True, blank=True, related_name="+")
    quantity = models.PositiveSmallIntegerField(_("Anzahl"), default=1)
    note = models.CharField(_("Notiz"), max_length=500, blank=True)
    found_at = models.DateTimeField(_("festgestellt"))
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(_("erledigt"), null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ("-found_at", "-pk")
        constraints = [
            models.CheckConstraint(name="finding_counts_at_least_one", condition=Q(quantity__gte=1)),
            CompositeForeignKey(
                name="finding_loan_is_of_its_center",
                fields=["center", "loan"],
                to="lending.Loan",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="finding_part_is_of_its_center",
                fields=["center", "part"],
                to="inventory.Part",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="finding_item_is_of_its_center",
                fields=["center", "item"],
                to="inventory.Item",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_kind_display()}"
