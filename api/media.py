"""Media: titles that can be shown, played or run."""

import django_filters
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from api.door.filters import VisibleFilter
from api.door.resource import Resource
from licenses.models import Medium, MediumKind, Provider
from licenses.models.medium import MediumQuerySet
from licenses.search import of_word, search


class MediumSerializer(serializers.ModelSerializer[Medium]):
    provider_name = serializers.CharField(source="provider.name", read_only=True)

    class Meta:
        model = Medium
        fields = (
            "id", "number", "title", "provider", "provider_name", "kind", "year", "runtime_minutes", "subjects",
            "levels", "age_rating", "languages", "subtitles",
        )  # fmt: skip
        read_only_fields = fields


class MediumDetailSerializer(MediumSerializer):
    class Meta:
        model = Medium
        fields = (*MediumSerializer.Meta.fields, "description", "link", "product")
        read_only_fields = fields


class MediumFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        method="matching", max_length=100, label="Words of the title, provider, subjects or levels; or a number."
    )
    kind = django_filters.ChoiceFilter(choices=MediumKind.choices)
    subject = django_filters.CharFilter(method="of_subject", max_length=60, label="A subject as media tell it.")
    level = django_filters.CharFilter(method="of_level", max_length=60, label="A level as media tell it.")
    provider = VisibleFilter(queryset=Provider.objects.all())

    def matching(self, rows: MediumQuerySet, name: str, words: str) -> MediumQuerySet:
        return search(rows, words)

    def of_subject(self, rows: MediumQuerySet, name: str, word: str) -> MediumQuerySet:
        return of_word(rows, "subjects", word)

    def of_level(self, rows: MediumQuerySet, name: str, word: str) -> MediumQuerySet:
        return of_word(rows, "levels", word)


class MediumResource(ListModelMixin, RetrieveModelMixin, Resource):
    """Media that the catalogue shows."""

    queryset = Medium.objects.listed().select_related("provider")
    told = ("provider__name",)
    filterset_class = MediumFilter

    def get_serializer_class(self) -> type[MediumSerializer]:
        return MediumDetailSerializer if self.action == "retrieve" else MediumSerializer
