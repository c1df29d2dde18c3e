from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from inventory.models.item import Item
from leihwerk.constraints import CompositeForeignKey
from leihwerk.tokens import new_token
from people.models import Center


class LabelQuerySet(models.QuerySet["Label"]):
    def in_use(self) -> "LabelQuerySet":
        return self.filter(retired_at__isnull=True)

    def lock(self) -> "LabelQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Label(models.Model):
    """One code that stands for one item: our own (token and short number) or a foreign one that we adopted.

    A reprint is a new row; the old one stays resolvable until it is retired.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, related_name="labels")
    token = models.CharField(max_length=27, unique=True, default=new_token, editable=False)
    number = models.CharField(_("Kurznummer"), max_length=12, unique=True, null=True, editable=False)
    foreign_code = models.CharField(_("fremder Code"), max_length=200, null=True, blank=True)
    issued_at = models.DateTimeField(auto_now_add=True)
    printed_at = models.DateTimeField(_("gedruckt"), null=True, blank=True)
    retired_at = models.DateTimeField(_("ersetzt"), null=True, blank=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-pk")
        indexes = [models.Index(Upper("foreign_code"), name="label_by_foreign_code")]
        constraints = [
            models.UniqueConstraint(
                name="foreign_code_stands_for_one_item",
                fields=["center", "foreign_code"],
                condition=Q(retired_at__isnull=True),
            ),
            models.CheckConstraint(
                name="label_has_a_number_or_a_foreign_code",
                condition=Q(number__isnull=False) | Q(foreign_code__isnull=False),
            ),
            CompositeForeignKey(
                name="label_item_is_of_its_center",
                fields=["center", "item"],
                to="inventory.Item",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.foreign_code or self.token
