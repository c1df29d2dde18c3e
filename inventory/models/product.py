from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _

from inventory.models.category import Category
from leihwerk.constraints import CompositeForeignKey
from people.models import Center
from people.models.fields import GermanSortKey
from people.visibility import VisibleQuerySet


class ProductKind(models.TextChoices):
    DEVICE = "device", _("Gerät")
    KIT = "kit", _("Koffer")
    ROOM = "room", _("Raum")


class ProductQuerySet(VisibleQuerySet["Product"]):
    seen_by, institution_path = "catalogue.see", None

    def listed(self) -> "ProductQuerySet":
        return self.filter(is_listed=True)

    def lock(self) -> "ProductQuerySet":
        """The gate's lock (DESIGN 3.6): weak enough for foreign keys, always in id order."""
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Product(models.Model):
    """What the catalogue shows and schools reserve; its items are the units."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="product")
    category = models.ForeignKey(Category, models.PROTECT, related_name="products", verbose_name=_("Kategorie"))
    kind = models.CharField(_("Art"), max_length=6, choices=ProductKind.choices, default=ProductKind.DEVICE)
    name = models.CharField(_("Bezeichnung"), max_length=160)
    sort_name = GermanSortKey("name")
    maker = models.CharField(_("Hersteller"), max_length=80, blank=True)
    description = models.TextField(_("Beschreibung"), blank=True)
    serves = models.PositiveSmallIntegerField(_("reicht für Kinder"), null=True, blank=True)
    levels = models.CharField(_("Stufen"), max_length=120, blank=True)
    age_from = models.PositiveSmallIntegerField(_("ab Jahren"), null=True, blank=True)
    is_only_complete = models.BooleanField(_("nur vollständig verleihbar"), default=False)
    weight_kg = models.DecimalField(_("Gewicht (kg)"), max_digits=6, decimal_places=2, null=True, blank=True)
    size = models.CharField(_("Maße"), max_length=60, blank=True)
    needs_own_car = models.BooleanField(_("nur mit eigenem Auto"), default=False)
    stores_data = models.BooleanField(_("speichert Daten"), default=False)
    quick_guide = models.TextField(_("Kurzanleitung"), blank=True)
    picture = models.ImageField(_("Bild"), upload_to="products/", blank=True)
    packed_picture = models.ImageField(_("So wird gepackt"), upload_to="products/", blank=True)
    replacement_value = models.DecimalField(
        _("Wiederbeschaffungswert (€)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    is_listed = models.BooleanField(_("im Katalog"), default=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        indexes = [GinIndex(name="product_by_words", fields=["sort_name"], opclasses=["gin_trgm_ops"])]
        constraints = [
            models.UniqueConstraint(name="product_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="product_name_is_used_once", fields=["center", "sort_name"]),
            models.CheckConstraint(
                name="product_value_is_not_negative",
                condition=Q(replacement_value__isnull=True) | Q(replacement_value__gte=Decimal(0)),
            ),
            CompositeForeignKey(
                name="product_category_is_of_its_center",
                fields=["center", "category"],
                to="inventory.Category",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_picture(self) -> ImageFieldFile:
        """What the catalogue shows: the picture, else the one of the packed case; may be empty."""
        return self.picture or self.packed_picture

    @property
    def is_by_the_hour(self) -> bool:
        return self.kind == ProductKind.ROOM
