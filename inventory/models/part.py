"""Packing lists: what belongs into a case, and how much of it works in each."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inventory.models.item import Item
from inventory.models.product import Product
from leihwerk.constraints import CompositeForeignKey
from people.models import Center


class Part(models.Model):
    """One line of a product's packing list: how many belong in, and from how many on it may be lent."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.CASCADE, related_name="parts")
    name = models.CharField(_("Bestandteil"), max_length=120)
    quantity = models.PositiveSmallIntegerField(_("Anzahl"), default=1)
    minimum = models.PositiveSmallIntegerField(_("verleihbar ab"), default=0)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(name="part_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="part_is_listed_once", fields=["product", "name"]),
            models.UniqueConstraint(name="part_of_its_product", fields=["product", "id"]),
            models.CheckConstraint(name="part_minimum_is_within_quantity", condition=Q(minimum__lte=F("quantity"))),
            models.CheckConstraint(name="part_is_at_least_one", condition=Q(quantity__gte=1)),
            CompositeForeignKey(
                name="part_product_is_of_its_center",
                fields=["center", "product"],
                to="inventory.Product",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"


class ItemPart(models.Model):
    """How many of one part work in one item now ("7 von 8"). No row means: all of them."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="parts")
    part = models.ForeignKey(Part, models.CASCADE, related_name="+", related_query_name="count")
    working = models.PositiveSmallIntegerField(_("funktionieren"))
    checked_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("part__position", "pk")
        constraints = [models.UniqueConstraint(name="item_counts_each_part_once", fields=["item", "part"])]

    def __str__(self) -> str:
        return f"{self.working} von {self.part.quantity} {self.part.name}"
