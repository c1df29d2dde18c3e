from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Center
from people.models.fields import GermanSortKey
from people.visibility import VisibleQuerySet


class LocationQuerySet(VisibleQuerySet["Location"]):
    seen_by, institution_path = "items.see", None

    def lock(self) -> "LocationQuerySet":
        return self.select_for_update(of=("self",))


class Location(models.Model):
    """Where an item stands when it is at home: a shelf, a cupboard, a room."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="location")
    name = models.CharField(_("Standort"), max_length=80)
    sort_name = GermanSortKey("name")

    objects = LocationQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.UniqueConstraint(name="location_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="location_name_is_used_once", fields=["center", "sort_name"]),
        ]

    def __str__(self) -> str:
        return self.name
