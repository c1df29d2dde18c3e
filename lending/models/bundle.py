from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Product
from inventory.search import named
from leihwerk.constraints import CompositeForeignKey
from licenses.models import Medium
from people.models import Center
from people.models.fields import GermanSortKey
from people.visibility import VisibleQuerySet


class BundleQuerySet(VisibleQuerySet["Bundle"]):
    seen_by, institution_path = "catalogue.see", None

    def matching(self, words: str) -> "BundleQuerySet":
        """Every word occurs in name or description, or in the name of a product in it."""
        return named(self, words, has=_has)

    def called(self, words: str) -> "BundleQuerySet":
        """Every word occurs in its name."""
        return named(self, words, has=lambda _word, folded: Q(sort_name__contains=folded))


def _has(word: str, folded: Func) -> Q:
    inside = BundleLine.objects.filter(product__sort_name__contains=folded)
    return Q(sort_name__contains=folded) | Q(description__icontains=word) | Q(pk__in=inside.values("bundle"))


class Bundle(models.Model):
    """A named list of products that are booked together. Its lines are the truth; nothing is planned for it itself."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="+", related_query_name="bundle")
    name = models.CharField(_("Bezeichnung"), max_length=120)
    sort_name = GermanSortKey("name")
    description = models.TextField(_("Beschreibung"), blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.UniqueConstraint(name="bundle_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="bundle_name_is_used_once", fields=["center", "sort_name"]),
        ]

    def __str__(self) -> str:
        return self.name


class BundleLine(models.Model):
    """So many units of one product in a bundle, each with so many ``slots`` of the licence of a ``medium``, if any."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="+")
    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", related_query_name="bundle_line")
    quantity = models.PositiveSmallIntegerField(_("Anzahl"))
    medium = models.ForeignKey(
        Medium, models.PROTECT, null=True, blank=True, related_name="+", related_query_name="bundle_line",
        verbose_name=_("mit Lizenz für"),
    )  # fmt: skip
    slots = models.PositiveSmallIntegerField(_("Lizenzplätze je Stück"), default=1, db_default=1)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="bundle_names_a_product_once", fields=["bundle", "product"]),
            models.CheckConstraint(name="bundle_line_wants_at_least_one", condition=Q(quantity__gte=1)),
            models.CheckConstraint(name="bundle_line_comes_with_a_slot_or_more", condition=Q(slots__gte=1)),
            CompositeForeignKey(
                name="bundle_medium_is_of_its_center",
                fields=["center", "medium"],
                to="licenses.Medium",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="bundle_line_is_of_its_center",
                fields=["center", "bundle"],
                to="lending.Bundle",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="bundle_product_is_of_its_center",
                fields=["center", "product"],
                to="inventory.Product",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product}"
