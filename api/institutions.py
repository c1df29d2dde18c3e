"""Institutions: those one may act for; the desk sees the centre's."""

import django_filters
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from api.door.resource import Resource
from people.models import Institution
from people.models.institution import InstitutionKind, InstitutionQuerySet


class InstitutionSerializer(serializers.ModelSerializer[Institution]):
    class Meta:
        model = Institution
        fields = (
            "id", "kind", "name", "short_name", "parent", "school_number", "school_form", "municipality", "street",
            "postal_code", "city", "phone", "email", "tour_day", "drop_place", "closed_on",
        )  # fmt: skip
        read_only_fields = fields


class InstitutionFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        method="matching", label="Words of the name, the town, the street, or the Schulnummer."
    )
    kind = django_filters.ChoiceFilter(choices=InstitutionKind.choices)

    def matching(self, rows: InstitutionQuerySet, name: str, words: str) -> InstitutionQuerySet:
        return rows.matching(words)


class InstitutionResource(ListModelMixin, RetrieveModelMixin, Resource):
    """Institutions: those one may act for; the desk sees the centre's."""

    queryset = Institution.objects.open()
    serializer_class = InstitutionSerializer
    filterset_class = InstitutionFilter
