"""Deletions: what institutions are asked to delete, and saying that nothing is left."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.door.filters import VisibleFilter, YesNoFilter
from api.door.resource import Resource
from licenses import deleting
from licenses.models import Deletion, DeletionTitle
from licenses.models.deletion import ConfirmedBy, DeletionQuerySet
from people.models import Institution


class DeletionTitleSerializer(serializers.ModelSerializer[DeletionTitle]):
    title = serializers.CharField(source="medium.title", read_only=True)

    class Meta:
        model = DeletionTitle
        fields = ("id", "medium", "title", "contract", "ends_on", "may_show")
        read_only_fields = fields


class DeletionSerializer(serializers.ModelSerializer[Deletion]):
    institution_name = serializers.CharField(source="institution.__str__", read_only=True)
    titles = DeletionTitleSerializer(many=True, read_only=True)
    confirmed_how = serializers.ChoiceField(ConfirmedBy.choices, read_only=True, allow_blank=True)

    class Meta:
        model = Deletion
        fields = (
            "id", "institution", "institution_name", "month_on", "titles", "asked_on", "told_on", "times_told",
            "due_on", "confirmed_at", "confirmed_how",
        )  # fmt: skip
        read_only_fields = fields


class ConfirmSerializer(serializers.Serializer[Any]):
    """With ``seen``, the last title that was looked at, nothing is confirmed that was added later."""

    seen = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class DeletionFilter(django_filters.FilterSet):
    institution = VisibleFilter(queryset=Institution.objects.all())
    open = YesNoFilter(method="by_open", label="Not yet confirmed, and with something to delete.")

    def by_open(self, rows: DeletionQuerySet, name: str, is_open: bool) -> DeletionQuerySet:  # noqa: FBT001  django-filter calls it so
        return rows.open() if is_open else rows.exclude(pk__in=rows.open().values("pk"))


class DeletionResource(ListModelMixin, RetrieveModelMixin, Resource):
    """An institution is asked to delete its copies of what ends in one month."""

    queryset = Deletion.objects.select_related("institution").prefetch_related("titles__medium")
    serializer_class = DeletionSerializer
    filterset_class = DeletionFilter

    @extend_schema(
        request=ConfirmSerializer,
        responses=DeletionSerializer,
        description="Deleted or never stored; counts for the whole institution. Once confirmed it stays so.",
    )
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: int) -> Response:
        deletion: Deletion = self.mine("licenses.confirm_deletion")
        deleting.confirm(deletion, by=self.caller, seen=self.asked(ConfirmSerializer).get("seen"))
        return self.shown(deletion.pk)
