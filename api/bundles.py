"""Bundles (Pakete): products that are booked together."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from api.door.resource import Resource
from lending.models import Bundle, BundleLine


class BundleLineSerializer(serializers.ModelSerializer[BundleLine]):
    product_name = serializers.CharField(source="product.name", read_only=True)
    slots = serializers.IntegerField(read_only=True, help_text="Of the medium's licence, for each unit.")

    class Meta:
        model = BundleLine
        fields = ("product", "product_name", "quantity", "medium", "slots")
        read_only_fields = fields


class BundleSerializer(serializers.ModelSerializer[Bundle]):
    lines = BundleLineSerializer(many=True, read_only=True)

    class Meta:
        model = Bundle
        fields = ("id", "name", "description", "lines")
        read_only_fields = fields


@extend_schema(description="Bundles of one's centre. A line of a reservation may name one instead of a product.")
class BundleResource(ListModelMixin, RetrieveModelMixin, Resource):
    """Bundles: products that are booked together."""

    queryset = Bundle.objects.prefetch_related("lines__product")
    serializer_class = BundleSerializer
    filterset_fields: Any = ()
