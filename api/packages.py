"""Packages: portfolios of providers whose titles come and go."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from api.door.fields import VisibleField
from api.door.filters import VisibleFilter
from api.door.resource import Resource
from licenses import packages
from licenses.models import Medium, Package, PackageTitle, Provider


class PackageSerializer(serializers.ModelSerializer[Package]):
    provider_name = serializers.CharField(source="provider.name", read_only=True)

    class Meta:
        model = Package
        fields = ("id", "name", "provider", "provider_name")
        read_only_fields = fields


class PackageTitleSerializer(serializers.ModelSerializer[PackageTitle]):
    """A medium, and the days on which it is in the package, both included; without an end it still is."""

    title = serializers.CharField(source="medium.title", read_only=True)
    number = serializers.CharField(source="medium.number", read_only=True, allow_null=True)

    class Meta:
        model = PackageTitle
        fields = ("id", "medium", "title", "number", "starts_on", "ends_on")
        read_only_fields = fields


class ComingSerializer(serializers.Serializer[Any]):
    medium = VisibleField(queryset=Medium.objects.all())
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class GoingSerializer(serializers.Serializer[Any]):
    """``on`` is the first day on which it is no longer in the package."""

    medium = VisibleField(queryset=Medium.objects.all())
    on = serializers.DateField()


class PackageFilter(django_filters.FilterSet):
    provider = VisibleFilter(queryset=Provider.objects.all())


class PackageResource(ListModelMixin, RetrieveModelMixin, Resource):
    """Packages that the centre has, each with the titles that were, are and will be in it."""

    queryset = Package.objects.select_related("provider")
    serializer_class = PackageSerializer
    filterset_class = PackageFilter

    @extend_schema(responses=PackageTitleSerializer(many=True), description="Every title with its days.")
    @action(detail=True, methods=["get"], filterset_class=None)
    def titles(self, request: Request, pk: int) -> Response:
        titles = self.get_object().titles.select_related("medium").order_by("medium__sort_title", "pk")
        page = self.paginate_queryset(titles)
        return self.get_paginated_response(PackageTitleSerializer(page, many=True).data)

    @extend_schema(
        request=ComingSerializer, responses={201: PackageTitleSerializer}, description="A title belongs to it."
    )
    @titles.mapping.post
    def put_in(self, request: Request, pk: int) -> Response:
        package: Package = self.mine("licenses.keep")
        title = packages.put_in(package, **self.asked(ComingSerializer), by=self.caller)
        return Response(PackageTitleSerializer(title).data, HTTP_201_CREATED)

    @extend_schema(request=GoingSerializer, responses=PackageSerializer, description="A title goes out of it.")
    @action(detail=True, methods=["post"], url_path="take-out")
    def take_out(self, request: Request, pk: int) -> Response:
        package: Package = self.mine("licenses.keep")
        asked = self.asked(GoingSerializer)
        packages.take_out(package, asked["medium"], on=asked["on"], by=self.caller)
        return self.shown(package.pk)
