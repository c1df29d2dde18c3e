from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Center
from people.models.fields import GermanSortKey
from people.visibility import VisibleQuerySet


class CategoryQuerySet(VisibleQuerySet["Category"]):
    seen_by, institution_path = "catalogue.see", None


class Category(models.Model):
    """A shelf of the catalogue."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="category")
    name = models.CharField(_("Kategorie"), max_length=80)
    sort_name = GermanSortKey("name")

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.UniqueConstraint(name="category_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="category_name_is_used_once", fields=["center", "sort_name"]),
        ]

    def __str__(self) -> str:
        return self.name
