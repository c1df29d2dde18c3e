"""What a program asks for: an institution, a period, and lines."""

from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.door.fields import VisibleField
from api.door.moments import MomentField, as_period, ask_for_times
from inventory.models import Product
from lending.catalogue import Period
from lending.models import Bundle, Delivery
from lending.reservations import Wish
from lending.rulebook import Rulebook
from people.models import Contact, Institution

MOST_LINES: Final = 50
MOST_UNITS: Final = 1000


class WishSerializer(serializers.Serializer[Any]):
    product = VisibleField(queryset=Product.objects.listed())
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_UNITS)
    starts_at = MomentField(required=False, help_text="Default: the reservation's.")
    ends_at = MomentField(required=False, help_text="Default: the reservation's.")
    pieces = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_UNITS,
        help_text="That many must work in each unit.",
    )


class BundledSerializer(WishSerializer):
    """So many units of a product, or so many bundles: then each product in it is a line."""

    product = VisibleField(queryset=Product.objects.listed(), required=False)
    bundle = VisibleField(queryset=Bundle.objects.prefetch_related("lines__product", "lines__medium"), required=False)

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if ("product" in asked) == ("bundle" in asked):
            raise serializers.ValidationError({"product": _("Bitte nennen Sie einen Artikel oder ein Paket.")})
        return asked


def unpacked(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines, with those of a bundle in its place."""
    found: list[dict[str, Any]] = []
    for line in lines:
        if "bundle" not in line:
            found.append(line)
            continue
        rest = {name: value for name, value in line.items() if name not in {"bundle", "quantity"}}
        found += [
            {
                **rest,
                "product": it.product,
                "quantity": it.quantity * line["quantity"],
                "licensed": {"medium": it.medium, "slots": it.slots},
            }
            for it in line["bundle"].lines.all()
        ]
    return found


class PlaceSerializer(serializers.Serializer[Any]):
    institution = VisibleField(queryset=Institution.objects.open().select_related("center"))
    contact = VisibleField(queryset=Contact.objects.filter(left_on__isnull=True), required=False, allow_null=True)
    starts_at = MomentField()
    ends_at = MomentField()
    purpose = serializers.CharField(max_length=200, required=False, allow_blank=True)
    delivery = serializers.ChoiceField(Delivery.choices, required=False)
    may_wait = serializers.BooleanField(
        required=False, default=False, help_text="Put it on the waiting list (state waitlisted) if it is not free."
    )
    lines = serializers.ListField(child=BundledSerializer(), min_length=1, max_length=MOST_LINES)
    recurrence = serializers.CharField(
        max_length=200,
        required=False,
        help_text="An RRULE of RFC 5545 with FREQ=DAILY, WEEKLY or MONTHLY and an end: every date is placed by itself.",
    )

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Days become moments, line by line, by the rules of the product; the whole spans its lines."""
        contact = asked.get("contact")
        if contact is not None and contact.institution_id != asked["institution"].pk:
            raise serializers.ValidationError({"contact": _("Dieser Kontakt gehört zu einer anderen Einrichtung.")})
        asked = asked | {"lines": unpacked(asked["lines"])}
        book = Rulebook.of(asked["institution"].center)
        periods = [self._period(number, asked, book) for number in range(len(asked["lines"]))]
        wishes = [
            Wish(line["product"], line["quantity"], *period, line.get("pieces"), **line.get("licensed", {}))
            for line, period in zip(asked["lines"], periods, strict=True)
        ]
        starts, ends = zip(*periods, strict=True)
        return asked | {"wishes": wishes, "starts_at": min(starts), "ends_at": max(ends), "book": book}

    def _period(self, number: int, asked: dict[str, Any], book: Rulebook) -> Period:
        line = asked["lines"][number]
        product: Product = line["product"]
        starts_at, ends_at = (line.get(name, asked[name]) for name in ("starts_at", "ends_at"))
        try:
            ask_for_times(product, starts_at=starts_at, ends_at=ends_at)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"lines": {str(number): error.detail}}) from error
        return as_period(starts_at, ends_at, book.rules(product, asked["institution"]), book.calendar)
