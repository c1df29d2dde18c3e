"""Reservations: ask for products, decide, change, let go."""

from typing import Any, Final

import django_filters
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.door.fields import VisibleField
from api.door.filters import VisibleFilter
from api.door.moments import MomentField, as_period, ask_for_times, ending
from api.door.resource import Resource
from inventory.models import Product
from lending.calendars import calendar_of, rules_for
from lending.catalogue import Period
from lending.due_dates import Calendar
from lending.models import BookingChannel, Delivery, Line, Reservation, State
from lending.refusals import NothingWanted
from lending.reservations import Wish, approve, cancel, extend, place, reject
from people.models import Contact, Institution
from people.permissions import may, require

MOST_LINES: Final = 50
MOST_UNITS: Final = 1000


class LineSerializer(serializers.ModelSerializer[Line]):
    product_name = serializers.CharField(source="product.name", read_only=True)
    blocked_from = serializers.DateTimeField(source="blocked.lower", read_only=True)
    blocked_until = serializers.DateTimeField(source="blocked.upper", read_only=True)

    class Meta:
        model = Line
        fields = ("id", "product", "product_name", "quantity", "starts_at", "ends_at", "blocked_from", "blocked_until")
        read_only_fields = fields


class ReservationSerializer(serializers.ModelSerializer[Reservation]):
    number = serializers.CharField(read_only=True, help_text="What people read out on the phone.")
    institution_name = serializers.CharField(source="institution.__str__", read_only=True)
    responsible_name = serializers.SerializerMethodField(help_text="Who answers for it: a member, or a contact.")
    lines = LineSerializer(many=True, read_only=True)

    class Meta:
        model = Reservation
        fields = (
            "id", "number", "state", "institution", "institution_name", "responsible_name", "contact", "channel",
            "starts_at", "ends_at", "purpose", "delivery", "reason", "booked_at", "decided_at", "lines",
        )  # fmt: skip
        read_only_fields = fields

    def get_responsible_name(self, reservation: Reservation) -> str | None:
        person = reservation.responsible or reservation.contact
        return person.name if person else None


class WishSerializer(serializers.Serializer[Any]):
    product = VisibleField(queryset=Product.objects.listed())
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_UNITS)
    starts_at = MomentField(required=False, help_text="Default: the reservation's.")
    ends_at = MomentField(required=False, help_text="Default: the reservation's.")


class PlaceSerializer(serializers.Serializer[Any]):
    institution = VisibleField(queryset=Institution.objects.open())
    contact = VisibleField(queryset=Contact.objects.filter(left_on__isnull=True), required=False, allow_null=True)
    starts_at = MomentField()
    ends_at = MomentField()
    purpose = serializers.CharField(max_length=200, required=False, allow_blank=True)
    delivery = serializers.ChoiceField(Delivery.choices, required=False)
    lines = serializers.ListField(child=WishSerializer(), min_length=1, max_length=MOST_LINES)

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Days become moments, line by line, by the rules of the product; the whole spans its lines."""
        contact = asked.get("contact")
        if contact is not None and contact.institution_id != asked["institution"].pk:
            raise serializers.ValidationError({"contact": _("Dieser Kontakt gehört zu einer anderen Einrichtung.")})
        calendar = calendar_of(asked["institution"].center)
        periods = [self._period(number, asked, calendar) for number in range(len(asked["lines"]))]
        wishes = [
            Wish(line["product"], line["quantity"], *period)
            for line, period in zip(asked["lines"], periods, strict=True)
        ]
        starts, ends = zip(*periods, strict=True)
        return asked | {"wishes": wishes, "starts_at": min(starts), "ends_at": max(ends)}

    def _period(self, number: int, asked: dict[str, Any], calendar: Calendar) -> Period:
        line = asked["lines"][number]
        product: Product = line["product"]
        starts_at, ends_at = (line.get(name, asked[name]) for name in ("starts_at", "ends_at"))
        try:
            ask_for_times(product, starts_at=starts_at, ends_at=ends_at)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"lines": {str(number): error.detail}}) from error
        return as_period(starts_at, ends_at, rules_for(product, asked["institution"]), calendar)


class RejectSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200, help_text="What the school is told.")


class CancelSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ExtendSerializer(serializers.Serializer[Any]):
    until = MomentField()


class ReservationFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(choices=State.choices)
    institution = VisibleFilter(queryset=Institution.objects.all())


class ReservationResource(ListModelMixin, RetrieveModelMixin, Resource):
    """What institutions asked for: one's own, one's school's, or the centre's."""

    queryset = Reservation.objects.select_related("institution", "responsible", "contact").prefetch_related(
        "lines__product"
    )
    serializer_class = ReservationSerializer
    filterset_class = ReservationFilter

    @extend_schema(request=PlaceSerializer, responses={201: ReservationSerializer})
    def create(self, request: Request) -> Response:
        """Claim units: all of them, or a refusal that says why and what would be possible instead."""
        asked = self.asked(PlaceSerializer)
        institution = asked["institution"]
        require(self.caller, "lending.reserve", on=institution)
        is_staff = may(self.caller, "lending.approve", on=institution)
        reservation = place(
            institution,
            wishes=asked["wishes"],
            starts_at=asked["starts_at"],
            ends_at=asked["ends_at"],
            by=self.caller,
            contact=asked.get("contact"),
            responsible=None if is_staff else self.caller,
            channel=BookingChannel.API,
            purpose=asked.get("purpose", ""),
            delivery=asked.get("delivery", Delivery.PICKUP),
        )
        return self.shown(reservation.pk, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def approve(self, request: Request, pk: int) -> Response:
        """Promise what was requested."""
        return self.shown(approve(self.mine("lending.approve"), by=self.caller).pk)

    @extend_schema(request=RejectSerializer, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def reject(self, request: Request, pk: int) -> Response:
        """Say no, with a reason for the school."""
        reservation = self.mine("lending.approve")
        return self.shown(reject(reservation, reason=self.asked(RejectSerializer)["reason"], by=self.caller).pk)

    @extend_schema(request=CancelSerializer, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def cancel(self, request: Request, pk: int) -> Response:
        """Let go of everything that is not out."""
        reservation = self.mine("lending.cancel")
        return self.shown(cancel(reservation, reason=self.asked(CancelSerializer)["reason"], by=self.caller).pk)

    @extend_schema(request=ExtendSerializer, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def extend(self, request: Request, pk: int) -> Response:
        """Move the end, if nobody else is harmed. What is out already is renewed, not extended."""
        reservation = self.mine("lending.change")
        until = self.asked(ExtendSerializer)["until"]
        last = reservation.lines.select_related("product").order_by("ends_at").last()
        if last is None:
            raise NothingWanted
        ask_for_times(last.product, until=until)
        until = ending(until, rules_for(last.product, reservation.institution))
        return self.shown(extend(reservation, until=until, by=self.caller).pk)
