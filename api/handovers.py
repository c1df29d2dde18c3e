"""Handovers: a whole slip at once, by the codes on the labels."""

from collections.abc import Sequence
from typing import Any, Final

import django_filters
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.door.columns import own_and
from api.door.fields import VisibleField
from api.door.filters import VisibleFilter
from api.door.moments import ExactMomentField, MomentField, is_day
from api.door.resource import Resource
from api.loans import LoanResource, LoanSerializer
from inventory import labels
from inventory.models import Item
from leihwerk.errors import DomainError
from lending.calendars import return_moment
from lending.handovers import hand_over_together
from lending.models import Delivery, Extra, Handover, Loan, Reservation
from lending.refusals import HandoverRefused
from people.models import Center, Contact, Institution
from people.permissions import require

MOST_ITEMS: Final = 200
MOST_EXTRAS: Final = 100


class ExtraSerializer(serializers.ModelSerializer[Extra]):
    class Meta:
        model = Extra
        fields = ("id", "name", "quantity", "returned_at")
        read_only_fields = fields


class HandoverSerializer(serializers.ModelSerializer[Handover]):
    slip = serializers.CharField(source="number", read_only=True, help_text="The number of the slip.")
    loans = LoanSerializer(many=True, read_only=True)
    extras = ExtraSerializer(many=True, read_only=True)

    class Meta:
        model = Handover
        fields = (
            "id", "slip", "institution", "reservation", "contact", "collected_by", "identity_shown",
            "authority_shown", "delivery", "due_at", "happened_at", "entered_at", "finished_at", "loans", "extras",
        )  # fmt: skip
        read_only_fields = fields


class GivenAlongSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    quantity = serializers.IntegerField(min_value=1, max_value=1000, default=1)


class HandOverSerializer(serializers.Serializer[Any]):
    reservation = VisibleField(
        queryset=Reservation.objects.select_related("institution__center"), required=False, allow_null=True
    )
    institution = VisibleField(queryset=Institution.objects.all(), required=False, allow_null=True)
    contact = VisibleField(queryset=Contact.objects.filter(left_on__isnull=True), required=False, allow_null=True)
    items = serializers.ListField(
        child=serializers.CharField(max_length=labels.LONGEST_CODE),
        max_length=MOST_ITEMS,
        default=list,
        help_text="What the scanner read: label addresses, short numbers, inventory numbers, adopted codes.",
    )
    extras = serializers.ListField(
        child=GivenAlongSerializer(), default=list, max_length=MOST_EXTRAS, help_text="Things without a label."
    )
    due_at = MomentField(required=False, help_text="Without it, the reservation's end or the centre's rules decide.")
    collected_by = serializers.CharField(max_length=120, required=False, allow_blank=True)
    identity_shown = serializers.BooleanField(required=False)
    authority_shown = serializers.BooleanField(required=False)
    delivery = serializers.ChoiceField(Delivery.choices, required=False)
    happened_at = ExactMomentField(required=False, help_text="At most seven days ago.")
    add = serializers.BooleanField(default=False, help_text="Lend what is not in the reservation beside it.")
    override = serializers.BooleanField(
        default=False, help_text="It happened all the same: also what is promised to others. For the management."
    )

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Whom it is for: the institution, or that of the reservation; days become moments by the centre's rules."""
        reservation, contact = asked.get("reservation"), asked.get("contact")
        institution = asked.get("institution") or (reservation and reservation.institution)
        if institution is None:
            raise serializers.ValidationError({"institution": _("Für wen? Einrichtung oder Reservierung.")}, "required")
        if reservation is not None and reservation.institution_id != institution.pk:
            raise serializers.ValidationError({"institution": _("Die Reservierung ist für eine andere Einrichtung.")})
        if contact is not None and contact.institution_id != institution.pk:
            raise serializers.ValidationError({"contact": _("Dieser Kontakt gehört zu einer anderen Einrichtung.")})
        due_at = asked.get("due_at")
        if due_at is not None and is_day(due_at):
            asked["due_at"] = return_moment(institution, due_at)
        return asked | {"institution": institution}


class HandoverFilter(django_filters.FilterSet):
    institution = VisibleFilter(queryset=Institution.objects.all())
    reservation = VisibleFilter(queryset=Reservation.objects.all())


class HandoverResource(ListModelMixin, RetrieveModelMixin, Resource):
    """The acts at the desk in which institutions were given things; printed, the slips."""

    along = (Prefetch("loans", LoanResource.queryset.only(*own_and(Loan, *LoanResource.told))), "extras")
    queryset = Handover.objects.prefetch_related(*along)
    serializer_class = HandoverSerializer
    filterset_class = HandoverFilter

    @extend_schema(request=HandOverSerializer, responses={201: HandoverSerializer})
    def create(self, request: Request) -> Response:
        """Hand over all items and finish the slip; or nothing, with a reason for each code."""
        asked = self.asked(HandOverSerializer)
        institution, codes = asked.pop("institution"), asked.pop("items")
        extras = [(it["name"], it["quantity"]) for it in asked.pop("extras")]
        require(self.caller, "lending.hand_over", on=institution)
        if asked["override"]:
            require(self.caller, "lending.hand_over_promised", on=institution)
        items = items_for(codes, institution.center)
        code_of = {item.pk: code for code, item in zip(codes, items, strict=True)}
        try:
            handover = hand_over_together(institution, items=items, extras=extras, by=self.caller, **asked)
        except HandoverRefused as refusal:
            reasons = {code_of[pk]: reason for pk, reason in refusal.facts["reasons"].items()}
            raise HandoverRefused(reasons=reasons) from None
        return self.made(handover)


def items_for(codes: Sequence[str], center: Center) -> list[Item]:
    """The item of the centre that each code means. Raises HandoverRefused with a reason for each that means none."""
    items: list[Item] = []
    reasons: dict[str, DomainError] = {}
    for code in codes:
        try:
            items.append(labels.item_for(code, center))
        except DomainError as refusal:
            reasons[code] = refusal
    if reasons:
        raise HandoverRefused(reasons=reasons)
    return items
