from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from inventory.models.location import Location
from inventory.models.product import Product
from leihwerk.constraints import CompositeForeignKey
from people.models import Center
from people.visibility import VisibleQuerySet


class Life(models.TextChoices):
    ACTIVE = "active", _("im Bestand")
    RETIRED = "retired", _("ausgesondert")
    LOST = "lost", _("verloren")


class Fitness(models.TextChoices):
    OK = "ok", _("in Ordnung")
    NEEDS_CHECK = "needs_check", _("zu prüfen")
    IN_REPAIR = "in_repair", _("in Reparatur")
    INCOMPLETE = "incomplete", _("unvollständig")


class ItemQuerySet(VisibleQuerySet["Item"]):
    seen_by, institution_path = "items.see", None

    def lendable(self) -> "ItemQuerySet":
        return self.filter(lendable=True)

    def lock(self) -> "ItemQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Item(models.Model):
    """One physical unit, with labels. ``lendable`` is a stored fact that plans refer to: in stock, and in no kit."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="item")
    product = models.ForeignKey(Product, models.PROTECT, related_name="items", verbose_name=_("Artikel"))
    kit = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="contents", verbose_name=_("gehört in Koffer")
    )
    asset_number = models.CharField(_("Inventarnummer"), max_length=40, null=True, blank=True)
    serial_number = models.CharField(_("Seriennummer"), max_length=80, blank=True)
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("Standort")
    )
    life = models.CharField(_("Bestand"), max_length=8, choices=Life.choices, default=Life.ACTIVE)
    fitness = models.CharField(_("Zustand"), max_length=12, choices=Fitness.choices, default=Fitness.OK)
    wear = models.CharField(_("Gebrauchsspuren"), max_length=120, blank=True)
    owner = models.CharField(_("Eigentümer"), max_length=120, blank=True)
    cost_center = models.CharField(_("Kostenstelle"), max_length=40, blank=True)
    invoice = models.CharField(_("Rechnung"), max_length=80, blank=True)
    funding = models.CharField(_("Finanzierung"), max_length=80, blank=True)
    bound_until = models.DateField(_("zweckgebunden bis"), null=True, blank=True)
    acquired_on = models.DateField(_("angeschafft"), null=True, blank=True)
    price = models.DecimalField(_("Preis (€)"), max_digits=10, decimal_places=2, null=True, blank=True)
    note = models.TextField(_("Bemerkung"), blank=True)
    retired_on = models.DateField(_("ausgesondert am"), null=True, blank=True)
    lendable = models.GeneratedField(
        expression=models.ExpressionWrapper(
            Q(life=Life.ACTIVE) & Q(kit__isnull=True), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("asset_number", "pk")
        indexes = [models.Index("center", Upper("asset_number"), name="item_by_asset_number")]
        constraints = [
            models.UniqueConstraint(name="item_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="item_of_its_product", fields=["id", "product"]),
            models.UniqueConstraint(name="item_of_its_product_and_lendable", fields=["id", "product", "lendable"]),
            models.UniqueConstraint(name="asset_number_is_used_once", fields=["center", "asset_number"]),
            models.CheckConstraint(name="item_is_not_in_itself", condition=~Q(kit=F("id"))),
            models.CheckConstraint(
                name="item_price_is_not_negative", condition=Q(price__isnull=True) | Q(price__gte=Decimal(0))
            ),
            CompositeForeignKey(
                name="item_product_is_of_its_center",
                fields=["center", "product"],
                to="inventory.Product",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="item_location_is_of_its_center",
                fields=["center", "location"],
                to="inventory.Location",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="item_kit_is_of_its_center",
                fields=["center", "kit"],
                to="inventory.Item",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.asset_number or f"{self.product} {self.pk}"
