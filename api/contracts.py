"""Contracts with their periods, and the seats of what is counted."""

from typing import Any

import django_filters
from django.utils.translation import gettext as _
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
from inventory.labels import item_for
from licenses import seats
from licenses.models import Contract, Entitlement, Period, Provider, Seat
from licenses.seats import Holder
from people.models import Institution


class EntitlementSerializer(serializers.ModelSerializer[Entitlement]):
    class Meta:
        model = Entitlement
        fields = (
            "id", "period", "medium", "package", "preset", "permitted", "prohibited", "scopes", "capacity_kind",
            "capacity", "ends_with_copy",
        )  # fmt: skip
        read_only_fields = fields


class PeriodSerializer(serializers.ModelSerializer[Period]):
    class Meta:
        model = Period
        fields = ("id", "starts_on", "ends_on", "notice_until", "cost", "renewal")
        read_only_fields = fields


class ContractSerializer(serializers.ModelSerializer[Contract]):
    provider_name = serializers.CharField(source="provider.name", read_only=True)
    periods = PeriodSerializer(many=True, read_only=True)

    class Meta:
        model = Contract
        fields = (
            "id", "number", "title", "provider", "provider_name", "signed_on", "renews_itself", "renewal_months",
            "notice_months", "funding", "cost_center", "periods",
        )  # fmt: skip
        read_only_fields = fields


class ContractFilter(django_filters.FilterSet):
    provider = VisibleFilter(queryset=Provider.objects.all())


class ContractResource(ListModelMixin, RetrieveModelMixin, Resource):
    """What the centre agreed with providers, and the periods it runs in."""

    queryset = Contract.objects.select_related("provider").prefetch_related("periods")
    serializer_class = ContractSerializer
    filterset_class = ContractFilter


class SeatSerializer(serializers.ModelSerializer[Seat]):
    person = serializers.CharField(source="user.name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Seat
        fields = ("id", "slot", "person", "item", "institution", "class_name", "held_at", "expires_at")
        read_only_fields = fields


class HolderSerializer(serializers.Serializer[Any]):
    """Who gets the next slot: a person by e-mail, a thing by its code, an institution (and one of its classes)."""

    email = serializers.EmailField(required=False)
    code = serializers.CharField(required=False, max_length=300)
    institution = VisibleField(queryset=Institution.objects.open(), required=False)
    class_name = serializers.CharField(required=False, max_length=20)

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if len({"email", "code", "institution"} & asked.keys()) != 1:
            raise serializers.ValidationError(_("Bitte geben Sie genau eines an: email, code oder institution."))
        return asked


class ReleaseSerializer(serializers.Serializer[Any]):
    seat = VisibleField(queryset=Seat.objects.given())


class EntitlementFilter(django_filters.FilterSet):
    period = VisibleFilter(queryset=Period.objects.all())


class EntitlementResource(ListModelMixin, RetrieveModelMixin, Resource):
    """What a period permits with a medium or a package, where, and for how many."""

    queryset = Entitlement.objects.prefetch_related("scopes")
    serializer_class = EntitlementSerializer
    filterset_class = EntitlementFilter

    @extend_schema(responses=SeatSerializer(many=True), description="The seats that somebody has, all on one page.")
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def seats(self, request: Request, pk: int) -> Response:
        held = self.get_object().seats.given().select_related("user").order_by("slot")
        return Response(SeatSerializer(held, many=True).data)

    @extend_schema(request=HolderSerializer, responses={201: SeatSerializer}, description="Give somebody a slot.")
    @seats.mapping.post
    def assign(self, request: Request, pk: int) -> Response:
        entitlement: Entitlement = self.mine("licenses.keep")
        asked = self.asked(HolderSerializer)
        seat = seats.assign(
            entitlement, to=_holder(entitlement, asked), class_name=asked.get("class_name", ""), by=self.caller
        )
        return Response(SeatSerializer(seat).data, HTTP_201_CREATED)

    @extend_schema(request=ReleaseSerializer, responses=SeatSerializer, description="Free a slot.")
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: int) -> Response:
        entitlement: Entitlement = self.mine("licenses.keep")
        seat: Seat = self.asked(ReleaseSerializer)["seat"]
        if seat.entitlement_id != entitlement.pk:
            raise serializers.ValidationError({"seat": _("Dieser Platz gehört zu einem anderen Nutzungsrecht.")})
        return Response(SeatSerializer(seats.release(seat, by=self.caller)).data)


def _holder(entitlement: Entitlement, asked: dict[str, Any]) -> Holder:
    if "code" in asked:
        return item_for(asked["code"], entitlement.center)
    if "institution" in asked:
        institution: Institution = asked["institution"]
        return institution
    acting = seats.acting_in(entitlement.center_id).filter(user__email__iexact=asked["email"]).first()
    if acting is None:
        raise serializers.ValidationError({"email": _("Mit dieser Adresse ist hier niemand freigeschaltet.")})
    return acting.user
