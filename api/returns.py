"""Returns: what is back, by the codes on the labels, and what is missing."""

from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.door.moments import ExactMomentField
from api.door.resource import Resource
from api.loans import LoanResource, LoanSerializer
from inventory import labels
from inventory.errors import AmbiguousCode, UnknownCode
from inventory.models import Item, Part
from lending.returns import Return, take_back_together
from people.permissions import require

MOST_ITEMS: Final = 200
MOST_PARTS: Final = 100


class PartMissingSerializer(serializers.Serializer[Any]):
    part = serializers.IntegerField(min_value=1, help_text="An id of the product's packing list.")
    quantity = serializers.IntegerField(min_value=1, max_value=1000, default=1)


class ReturnedSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=labels.LONGEST_CODE, help_text="What the scanner read.")
    parts_missing = serializers.ListField(child=PartMissingSerializer(), default=list, max_length=MOST_PARTS)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        item = self._item(asked["code"])
        parts = {part.pk: part for part in Part.objects.filter(product=item.product_id)}
        missing: dict[Part, int] = {}
        for number, it in enumerate(asked["parts_missing"]):
            part = parts.get(it["part"])
            if part is None or it["quantity"] > part.quantity:
                sentence = _("So viele davon stehen nicht auf der Packliste.")
                raise serializers.ValidationError({"parts_missing": {str(number): sentence}}, "not_listed")
            missing[part] = it["quantity"]
        return {"returned": Return(item, missing, asked["note"])}

    def _item(self, code: str) -> Item:
        meant = labels.items_meant(code, among=Item.objects.visible_to(self.context["request"].user))
        if len(meant) != 1:
            refusal = AmbiguousCode if meant else UnknownCode
            raise serializers.ValidationError({"code": str(refusal())}, refusal.code)
        return meant[0]


class TakeBackSerializer(serializers.Serializer[Any]):
    items = serializers.ListField(child=ReturnedSerializer(), min_length=1, max_length=MOST_ITEMS)
    happened_at = ExactMomentField(required=False, help_text="At most seven days ago.")


class TakenBackSerializer(serializers.Serializer[Any]):
    loans = LoanSerializer(many=True, read_only=True)


class ReturnResource(Resource):
    """Taking back, several items at once: all, or none."""

    queryset = LoanResource.queryset
    serializer_class = TakenBackSerializer

    @extend_schema(request=TakeBackSerializer, responses={200: TakenBackSerializer})
    def create(self, request: Request) -> Response:
        """Their loans end, and whoever waits may have them. Missing parts are asked for."""
        asked = self.asked(TakeBackSerializer)
        returned: list[Return] = [it["returned"] for it in asked.pop("items")]
        for it in returned:
            require(self.caller, "lending.take_back", on=it.item)
        loans = take_back_together(returned, by=self.caller, **asked)
        rows = self.get_queryset().filter(pk__in=[loan.pk for loan in loans])
        return Response({"loans": LoanSerializer(rows, many=True).data})
