from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Category
from leihwerk.constraints import CompositeForeignKey
from lending.models.loan import Loan
from people.models import Center, Institution
from people.visibility import VisibleQuerySet


class SuspensionQuerySet(VisibleQuerySet["Suspension"]):
    seen_by = "desk.see"

    def open(self) -> "SuspensionQuerySet":
        return self.filter(suspends=True, ended_at__isnull=True)

    def in_force(self, now: datetime) -> "SuspensionQuerySet":
        """Open, and something is late still: what ends by itself ends at once, not with the next sweep."""
        return self.open().filter(_something_is_late(now))

    def settled(self, now: datetime) -> "SuspensionQuerySet":
        """Open although nothing is late any more."""
        return self.open().exclude(_something_is_late(now))


class Suspension(models.Model):
    """What somebody decided about an institution that leaves notices unanswered (Ludwigsburg: after the third).

    With ``suspends`` it gets nothing new, of ``category`` or at all, until what is late is back or somebody lifts it;
    without, lending goes on until another notice has gone out. Who decided stands in the journal.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", related_query_name="suspension")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    suspends = models.BooleanField(_("gesperrt"))
    decided_at = models.DateTimeField(_("entschieden"))
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_at", "-pk")
        constraints = [
            models.UniqueConstraint(name="suspension_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(
                name="institution_is_suspended_once",
                fields=["institution", "category"],
                condition=Q(suspends=True, ended_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="only_a_suspension_ends",
                condition=Q(ended_at__isnull=True) | Q(suspends=True, ended_at__gte=F("decided_at")),
            ),
            CompositeForeignKey(
                name="suspension_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="suspension_category_is_of_its_center",
                fields=["center", "category"],
                to="inventory.Category",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.decided_at:%Y-%m-%d}"

    def concerns(self, category: int) -> bool:
        """Of a product in the category with this id."""
        return self.category_id in (None, category)


def _something_is_late(now: datetime) -> Q:
    late = Loan.objects.overdue(now).filter(dropped_off_at__isnull=True, lost_at__isnull=True)
    late = late.filter(institution=OuterRef("institution"))
    return Q(Exists(late), category=None) | Q(Exists(late.filter(item__product__category=OuterRef("category"))))
