from datetime import datetime, timedelta

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from inventory.models import Item, Product
from leihwerk.constraints import CompositeForeignKey
from lending.models.outage import Outage
from lending.models.reservation import Line
from lending.models.walls import line_adds_up
from people.models import Center


class AllocationKind(models.TextChoices):
    PLAN = "plan", _("vorgesehen")
    LOAN = "loan", _("ausgeliehen")
    OUTAGE = "outage", _("gesperrt")


AN_INSTANT = timedelta(microseconds=1)
IS_PLAN, IS_LOAN, IS_OUTAGE = Q(kind="plan"), Q(kind="loan"), Q(kind="outage")


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def holding(self) -> "AllocationQuerySet":
        return self.filter(holds=True)

    def lock(self) -> "AllocationQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Allocation(models.Model):
    """One item kept for one line, or out, or out of service, over its blocked range.

    One row lives plan → loan → past. ``holds`` says whether the range counts; a row that is being moved is parked
    with ``holds=false`` in between. ``pinned`` rows (packed, promised by name) are never moved by planning.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", related_query_name="allocation")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", related_query_name="allocation")
    kind = models.CharField(max_length=6, choices=AllocationKind.choices)
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="allocations")
    outage = models.OneToOneField(Outage, models.PROTECT, null=True, blank=True, related_name="allocation")
    blocked = DateTimeRangeField()
    holds = models.BooleanField(default=True)
    pinned = models.BooleanField(default=False)
    held_product = models.GeneratedField(
        expression=Case(When(holds=True, then=F("product_id")), default=None),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    planned_lendable = models.GeneratedField(
        expression=Case(When(holds=True, kind="plan", then=Value(True)), default=None),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(
                "product",
                Upper("blocked"),
                name="allocation_holding_by_product",
                include=["item", "blocked"],
                condition=Q(holds=True),
            ),
            models.Index(Upper("blocked"), name="allocation_ending", include=["product"], condition=Q(holds=True)),
        ]
        constraints = [
            ExclusionConstraint(
                name="item_is_promised_once",
                expressions=[("item", RangeOperators.EQUAL), ("blocked", RangeOperators.OVERLAPS)],
                condition=Q(holds=True) & ~IS_OUTAGE,
            ),
            ExclusionConstraint(
                name="plan_avoids_outages",
                expressions=[
                    ("item", RangeOperators.EQUAL),
                    ("blocked", RangeOperators.OVERLAPS),
                    (
                        Case(When(IS_OUTAGE, then=Value(1)), default=Value(0), output_field=models.IntegerField()),
                        RangeOperators.NOT_EQUAL,
                    ),
                ],
                condition=Q(holds=True) & ~IS_LOAN,
            ),
            models.CheckConstraint(name="allocation_blocks_some_time", condition=Q(blocked__isempty=False)),
            models.CheckConstraint(
                name="allocation_names_what_it_is_for",
                condition=(IS_OUTAGE & Q(outage__isnull=False, line__isnull=True))
                | (IS_PLAN & Q(line__isnull=False, outage__isnull=True))
                | (IS_LOAN & Q(outage__isnull=True)),
            ),
            models.UniqueConstraint(name="allocation_of_its_item", fields=["id", "center", "item"]),
            CompositeForeignKey(
                name="allocation_item_is_of_its_center",
                fields=["center", "item"],
                to="inventory.Item",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="allocation_product_is_of_its_center",
                fields=["center", "product"],
                to="inventory.Product",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="allocation_line_is_of_its_center",
                fields=["center", "line"],
                to="lending.Line",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="allocation_line_is_of_its_product",
                fields=["line", "product"],
                to="lending.Line",
                to_fields=["id", "product"],
            ),
            CompositeForeignKey(
                name="allocation_outage_is_of_its_item",
                fields=["outage", "item"],
                to="lending.Outage",
                to_fields=["id", "item"],
            ),
            CompositeForeignKey(
                name="held_item_is_of_its_product",
                fields=["item", "held_product"],
                to="inventory.Item",
                to_fields=["id", "product"],
            ),
            CompositeForeignKey(
                name="planned_item_is_lendable",
                fields=["item", "held_product", "planned_lendable"],
                to="inventory.Item",
                to_fields=["id", "product", "lendable"],
            ),
        ]
        triggers = [
            line_adds_up("allocation", "NEW.line_id", on=pgtrigger.Insert | pgtrigger.Update),
            line_adds_up("former_allocation", "OLD.line_id", on=pgtrigger.Delete | pgtrigger.UpdateOf("line_id")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item}"

    def block(self, start: datetime, end: datetime | None) -> None:
        self.blocked = DateTimeTZRange(start, end)

    def let_go(self, moment: datetime) -> None:
        """Nothing holds the item any more: the range ends then, but never empty."""
        start = self.blocked.lower
        self.block(start, max(moment, start + AN_INSTANT))
        self.holds = False
