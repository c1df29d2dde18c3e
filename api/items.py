"""Items: the single units, with the short number of their label."""

import django_filters
from django.db.models import OuterRef, Subquery
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from api.door.filters import VisibleFilter
from api.door.resource import Resource
from inventory.models import Item, Label, Location, Product
from inventory.models.item import Fitness, Life


def number_of_label(item: str) -> Subquery:
    """The short number of the newest label in use; ``item`` is the path to the item's id."""
    own = Label.objects.in_use().filter(item=OuterRef(item), number__isnull=False)
    return Subquery(own.order_by("-issued_at", "-pk").values("number")[:1])


class ItemSerializer(serializers.ModelSerializer[Item]):
    code = serializers.CharField(
        read_only=True, allow_null=True, help_text="The label's short number, unique everywhere; null without a label."
    )
    product_name = serializers.CharField(source="product.name", read_only=True)
    location_name = serializers.CharField(source="location.name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Item
        fields = (
            "id", "code", "asset_number", "serial_number", "product", "product_name", "location", "location_name",
            "kit", "life", "fitness", "lendable", "owner", "bound_until",
        )  # fmt: skip
        read_only_fields = fields


class ItemFilter(django_filters.FilterSet):
    product = VisibleFilter(queryset=Product.objects.all())
    location = VisibleFilter(queryset=Location.objects.all())
    life = django_filters.ChoiceFilter(choices=Life.choices)
    fitness = django_filters.ChoiceFilter(choices=Fitness.choices)
    asset_number = django_filters.CharFilter()


class ItemResource(ListModelMixin, RetrieveModelMixin, Resource):
    """The single units of a centre, for its staff."""

    queryset = Item.objects.select_related("product", "location").annotate(code=number_of_label("pk"))
    told = ("product__name", "location__name")
    serializer_class = ItemSerializer
    filterset_class = ItemFilter
