"""Reservations: ask for products, decide, change, let go."""

from collections import Counter
from typing import Any, Final

import django_filters
from django.db.models import Prefetch
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.door.columns import own_and
from api.door.filters import VisibleFilter
from api.door.resource import Resource
from api.reservations.changing import Changes, ChangeSerializer, ExtendSerializer, SplitSerializer
from api.reservations.placing import PlaceSerializer
from api.reservations.showing import ReservationSerializer, SeriesSerializer
from lending.models import BookingChannel, Delivery, Line, Reservation, State
from lending.reservations import accept, approve, cancel, cancel_series, change, place, reject, repeat, split
from people.models import Institution
from people.permissions import may, require

THIS, FOLLOWING, ALL = "this", "following", "all"
PLACED: Final = PolymorphicProxySerializer("Placed", [ReservationSerializer, SeriesSerializer], None)


class RejectSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200, help_text="What the school is told.")
    lets_go = serializers.BooleanField(
        required=False, default=False, help_text="Reject what was promised before a change, too."
    )


class CancelSerializer(serializers.Serializer[Any]):
    scope = serializers.ChoiceField(
        [THIS, FOLLOWING, ALL], required=False, default=THIS, help_text="Of a repeated reservation: which dates."
    )
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ReservationFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(choices=State.choices, distinct=False)
    institution = VisibleFilter(queryset=Institution.objects.all())


class ReservationResource(ListModelMixin, RetrieveModelMixin, Resource):
    """What institutions asked for: one's own, one's school's, or the centre's."""

    along = (Prefetch("lines", Line.objects.select_related("product").only(*own_and(Line, "product__name"))),)
    queryset = Reservation.objects.select_related("institution", "responsible", "contact").prefetch_related(*along)
    told = ("institution__name", "institution__short_name", "responsible__name", "contact__name")
    serializer_class = ReservationSerializer
    filterset_class = ReservationFilter

    @extend_schema(request=PlaceSerializer, responses={201: PLACED})
    def create(self, request: Request) -> Response:
        """Claim units: all of them, or a refusal that says why and what would be possible instead.

        With ``recurrence`` every date is a reservation of its own, and those that are refused are listed.
        """
        asked = self.asked(PlaceSerializer)
        institution = asked["institution"]
        require(self.caller, "lending.reserve", on=institution)
        is_staff = may(self.caller, "lending.approve", on=institution)
        wanted = {name: asked[name] for name in ("wishes", "starts_at", "ends_at")} | {
            "by": self.caller,
            "contact": asked.get("contact"),
            "responsible": None if is_staff else self.caller,
            "channel": BookingChannel.API,
            "purpose": asked.get("purpose", ""),
            "delivery": asked.get("delivery", Delivery.PICKUP),
        }
        if rule := asked.get("recurrence"):
            made = repeat(institution, rule=rule, **wanted)
            return Response(SeriesSerializer(made).data, status.HTTP_201_CREATED)
        placed = place(institution, **wanted, may_wait=asked["may_wait"], book=asked["book"])
        return self.made(placed)

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def approve(self, request: Request, pk: int) -> Response:
        """Promise what was requested."""
        return self.shown(approve(self.mine("lending.approve"), by=self.caller).pk)

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def accept(self, request: Request, pk: int) -> Response:
        """Say yes to an offer, or take what is free again after waiting for it."""
        return self.shown(accept(self.mine("lending.change"), by=self.caller).pk)

    @extend_schema(request=RejectSerializer, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def reject(self, request: Request, pk: int) -> Response:
        """Say no, with a reason for the school. What was promised before a change is promised again, or refused with
        ``earlier_promise_is_gone``."""
        reservation, asked = self.mine("lending.approve"), self.asked(RejectSerializer)
        return self.shown(reject(reservation, reason=asked["reason"], lets_go=asked["lets_go"], by=self.caller).pk)

    @extend_schema(request=CancelSerializer, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def cancel(self, request: Request, pk: int) -> Response:
        """Let go of everything that is not out; of a repeated reservation, of other dates as well."""
        reservation, asked = self.mine("lending.cancel"), self.asked(CancelSerializer)
        if asked["scope"] == THIS or reservation.series is None:
            return self.shown(cancel(reservation, reason=asked["reason"], by=self.caller).pk)
        dates = self.get_queryset().open().filter(series=reservation.series)
        if asked["scope"] == FOLLOWING:
            dates = dates.filter(starts_at__gte=reservation.starts_at)
        mine = [date for date in dates if may(self.caller, "lending.cancel", on=date)]
        cancel_series(mine, reason=asked["reason"], by=self.caller)
        return self.shown(reservation.pk)

    @extend_schema(request=ChangeSerializer, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def change(self, request: Request, pk: int) -> Response:
        """Other days, other quantities, lines more or fewer: all of it, or a refusal with ways out that can be sent
        here again. What is out already stays as it is."""
        reservation = self.mine("lending.change")
        asked = Changes(reservation).as_asked(self.asked(ChangeSerializer))
        return self.shown(change(reservation, **asked, by=self.caller).pk)

    @extend_schema(request=ExtendSerializer, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def extend(self, request: Request, pk: int) -> Response:
        """A change of the end alone."""
        reservation = self.mine("lending.change")
        asked = Changes(reservation).as_asked({"ends_at": self.asked(ExtendSerializer)["until"]})
        return self.shown(change(reservation, **asked, by=self.caller).pk)

    @extend_schema(request=SplitSerializer, responses={201: ReservationSerializer})
    @action(detail=True, methods=["post"], filter_backends=[])
    def split(self, request: Request, pk: int) -> Response:
        """Move units into a new reservation of the same institution, with what is planned for them; the new one."""
        reservation = self.mine("lending.change")
        units = Counter[int]()
        for part in self.asked(SplitSerializer)["lines"]:
            units[part["line"]] += part["quantity"]
        return self.shown(split(reservation, units=units, by=self.caller).pk, status.HTTP_201_CREATED)
