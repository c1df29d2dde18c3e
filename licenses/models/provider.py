from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Center
from people.models.fields import GermanSortKey
from people.visibility import VisibleQuerySet


class ProviderQuerySet(VisibleQuerySet["Provider"]):
    seen_by, institution_path = "catalogue.see", None


class Provider(models.Model):
    """Who sells or gives the right to use media: a publisher, a portal, the Land, the centre itself."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="provider")
    name = models.CharField(_("Anbieter"), max_length=120)
    sort_name = GermanSortKey("name")
    homepage = models.URLField(_("Internetseite"), blank=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.UniqueConstraint(name="provider_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="provider_name_is_used_once", fields=["center", "sort_name"]),
        ]

    def __str__(self) -> str:
        return self.name
