"""Products: what the catalogue shows, how many there are, and how many are free when."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, Final

import django_filters
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.door.filters import VisibleFilter
from api.door.moments import Moment, MomentField, as_period
from api.door.resource import Resource
from inventory.models import Category, Part, Product
from inventory.models.product import ProductKind, ProductQuerySet
from inventory.search import search
from lending import availability
from lending.availability import Free
from lending.calendars import calendar_of
from lending.catalogue import usual_rules
from lending.due_dates import at
from people.models import Center

A_MOMENT: Final = timedelta(seconds=1)
A_DAY: Final = timedelta(days=1)
SHOWN: Final = timedelta(days=28)
LONGEST: Final = timedelta(days=400)
MOST_UNITS: Final = 1000


class PartSerializer(serializers.ModelSerializer[Part]):
    class Meta:
        model = Part
        fields = ("id", "name", "quantity", "minimum")
        read_only_fields = fields


class ProductSerializer(serializers.ModelSerializer[Product]):
    category_name = serializers.CharField(source="category.name", read_only=True)
    capacity = serializers.SerializerMethodField(help_text="How many there are to lend.")
    available = serializers.SerializerMethodField(help_text="How many are free throughout the period.")

    class Meta:
        model = Product
        fields = (
            "id", "name", "category", "category_name", "kind", "capacity", "available", "maker", "description",
            "serves", "levels", "age_from", "is_only_complete", "needs_own_car", "stores_data", "replacement_value",
        )  # fmt: skip
        read_only_fields = fields

    def get_capacity(self, product: Product) -> int:
        return self._free(product).capacity

    def get_available(self, product: Product) -> int:
        return self._free(product).available

    def _free(self, product: Product) -> Free:
        found: Free = self.context["free"][product.pk]
        return found


COLUMNS: Final = [
    name for name in ProductSerializer.Meta.fields if name not in {"category_name", "capacity", "available"}
]


class ProductDetailSerializer(ProductSerializer):
    parts = PartSerializer(many=True, read_only=True, help_text="The packing list.")

    class Meta:
        model = Product
        fields = (*ProductSerializer.Meta.fields, "size", "weight_kg", "quick_guide", "parts")
        read_only_fields = fields


class PeriodSerializer(serializers.Serializer[Any]):
    """For when; without a period, right now."""

    starts_at = MomentField(required=False)
    ends_at = MomentField(required=False)
    quantity = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_UNITS, help_text="Only products of which so many are free."
    )

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if ("starts_at" in asked) != ("ends_at" in asked):
            missing = "ends_at" if "starts_at" in asked else "starts_at"
            raise serializers.ValidationError({missing: _("Ein Zeitraum hat Anfang und Ende.")}, code="required")
        return asked


class WindowSerializer(serializers.Serializer[Any]):
    """Which days to look at: from today, four weeks, unless asked otherwise; at most 400 days."""

    to = MomentField(required=False)

    def get_fields(self) -> Any:
        return {"from": MomentField(required=False), **super().get_fields()}


class StepSerializer(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField(source="start")
    ends_at = serializers.DateTimeField(source="end")
    available = serializers.IntegerField(source="free")


class ProductFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        method="matching", label="Words of the name, maker, description, category or packing list."
    )
    category = VisibleFilter(queryset=Category.objects.all())
    kind = django_filters.ChoiceFilter(choices=ProductKind.choices)

    def matching(self, rows: ProductQuerySet, name: str, words: str) -> ProductQuerySet:
        return search(rows, words)


class ProductResource(ListModelMixin, RetrieveModelMixin, Resource):
    """What the catalogue shows, how many there are, and how many are free in a period."""

    queryset = Product.objects.listed().select_related("category")
    serializer_class = ProductSerializer
    filterset_class = ProductFilter

    @extend_schema(parameters=[PeriodSerializer])
    def list(self, request: Request) -> Response:
        asked = self._asked(request)
        rows = self.filter_queryset(self.get_queryset())
        if quantity := asked.get("quantity"):
            found = free(rows.values_list("pk", "center"), asked)
            rows = rows.filter(pk__in=[pk for pk, it in found.items() if it.available >= quantity])
        page = self.paginate_queryset(rows.values("center", *COLUMNS, category_name=F("category__name"))) or []
        found = free(((row["id"], row["center"]) for row in page), asked)
        return self.get_paginated_response([_as_told(row, found[row["id"]]) for row in page])

    @extend_schema(parameters=[PeriodSerializer], responses=ProductDetailSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        product = self.get_object()
        context = {
            **self.get_serializer_context(),
            "free": free([(product.pk, product.center_id)], self._asked(request)),
        }
        return Response(ProductDetailSerializer(product, context=context).data)

    @extend_schema(parameters=[WindowSerializer], responses=StepSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def availability(self, request: Request, pk: int) -> Response:
        """How many are free when: steps without gaps, from now on."""
        product = self.get_object()
        window = WindowSerializer(data=request.query_params)
        window.is_valid(raise_exception=True)
        start = _midnight(window.validated_data.get("from", timezone.localdate()))
        end = _midnight(window.validated_data.get("to", start + SHOWN), after=A_DAY)
        _ask_reasonable(start, end, "to")
        return Response(StepSerializer(availability.steps(product, start, end), many=True).data)

    def _asked(self, request: Request) -> dict[str, Any]:
        asked = PeriodSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)


def free(products: Iterable[tuple[int, int]], asked: dict[str, Any]) -> dict[int, Free]:
    """What is free of each product, given with its centre; a day means the pickup and return times there."""
    by_center: dict[int, list[int]] = defaultdict(list)
    for product, center in products:
        by_center[center].append(product)
    found: dict[int, Free] = {}
    for center, ids in by_center.items():
        found |= availability.free(ids, *_period(center, asked))
    return found


def _as_told(row: dict[str, Any], found: Free) -> dict[str, Any]:
    """As ProductSerializer tells a product: a catalogue of hundreds is told without making an object of each."""
    value = row["replacement_value"]
    told = row | {"capacity": found.capacity, "available": found.available}
    told["replacement_value"] = None if value is None else str(value)
    return {name: told[name] for name in ProductSerializer.Meta.fields}


def _period(center: int, asked: dict[str, Any]) -> tuple[datetime, datetime]:
    if "starts_at" not in asked:
        now = timezone.now()
        return now, now + A_MOMENT
    at_home = Center.objects.get(pk=center)
    start, end = as_period(asked["starts_at"], asked["ends_at"], usual_rules(at_home), calendar_of(at_home))
    _ask_reasonable(start, end, "ends_at")
    return start, end


def _ask_reasonable(start: datetime, end: datetime, name: str) -> None:
    if end <= start:
        raise serializers.ValidationError(
            {name: _("Das Ende muss nach dem Anfang liegen.")}, code="ends_before_it_starts"
        )
    if end - start > LONGEST:
        sentence = _("Höchstens {days} Tage auf einmal.").format(days=LONGEST.days)
        raise serializers.ValidationError({name: sentence}, code="too_long")


def _midnight(moment: Moment, after: timedelta = timedelta()) -> datetime:
    """The beginning (or, with ``after``, the end) of a day; a moment is itself."""
    return moment if isinstance(moment, datetime) else at(moment + after, time())
