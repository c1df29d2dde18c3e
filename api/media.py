"""Media: titles that can be shown, played or run."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.door.fields import VisibleField
from api.door.filters import VisibleFilter
from api.door.resource import Resource
from licenses.decisions import Answer
from licenses.links import token_for
from licenses.models import Medium, MediumKind, Provider
from licenses.models.medium import MediumQuerySet
from licenses.rights import Action
from licenses.search import of_word, search
from licenses.using import use
from people.models import Institution


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
        fields = (*MediumSerializer.Meta.fields, "description", "product")
        read_only_fields = fields


class UseSerializer(serializers.Serializer[Any]):
    """Without an institution, for the one that the caller acts for."""

    action = serializers.ChoiceField(choices=Action.choices)
    institution = VisibleField(queryset=Institution.objects.select_related("center"), required=False)

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if "institution" not in asked:
            own = {it.institution for it in self.context["request"].user.memberships_in_force if it.institution}
            if len(own) != 1:
                raise serializers.ValidationError(
                    {"institution": _("Für welche Einrichtung? Bitte geben Sie sie an.")}, code="required"
                )
            asked["institution"] = own.pop()
        return asked


class DecisionSerializer(serializers.Serializer[Any]):
    """What was decided. ``reason`` is a code of licences (EXPIRED, TERRITORY …), empty if it is allowed."""

    is_allowed = serializers.BooleanField(read_only=True)
    reason = serializers.CharField(read_only=True)
    detail = serializers.CharField(source="sentence", read_only=True, help_text="Why not, in a sentence.")
    entitlement = serializers.IntegerField(read_only=True, allow_null=True, help_text="What it rests on.")
    until = serializers.DateField(read_only=True, allow_null=True, help_text="The last day; null: no end.")
    address = serializers.SerializerMethodField(
        help_text="Where to go: the provider's, or a link to a file of the centre's own that ends after some hours. "
        "Empty if it is not allowed."
    )

    def get_address(self, answer: Answer) -> str:
        if not answer.is_allowed or answer.medium is None:
            return ""
        if token := token_for(answer):
            address: str = self.context["request"].build_absolute_uri(reverse("file_link", args=[token]))
            return address
        return answer.medium.link


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
    """Media that the catalogue shows. One that it does not show is there for who knows it, as a bundle does."""

    queryset = Medium.objects.select_related("provider")
    told = ("provider__name",)
    filterset_class = MediumFilter

    @extend_schema(
        request=UseSerializer,
        responses=DecisionSerializer,
        description="May it be used like this? Where so many may at a time, a slot is taken for the caller.",
    )
    @action(detail=True, methods=["post"])
    def use(self, request: Request, pk: int) -> Response:
        medium = self.get_object()
        asked = self.asked(UseSerializer)
        answer = use(medium, institution=asked["institution"], action=Action(asked["action"]), user=self.caller)
        return Response(DecisionSerializer(answer, context={"request": request}).data)

    def get_queryset(self) -> Any:
        return super().get_queryset() if self.detail else super().get_queryset().listed()

    def get_serializer_class(self) -> type[MediumSerializer]:
        return MediumDetailSerializer if self.action == "retrieve" else MediumSerializer
