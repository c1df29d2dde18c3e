"""Loans: what is out, since when, until when; and keeping it longer."""

from typing import Any

import django_filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.door.filters import VisibleFilter, YesNoFilter
from api.door.moments import MomentField, ending
from api.door.resource import Resource
from api.items import number_of_label
from inventory.models import Item
from lending.calendars import rules_for
from lending.models import Loan
from lending.models.loan import LoanQuerySet
from lending.renewals import renew
from people.models import Institution


class LoanSerializer(serializers.ModelSerializer[Loan]):
    code = serializers.CharField(read_only=True, allow_null=True, help_text="The short number on the item's label.")
    asset_number = serializers.CharField(source="item.asset_number", read_only=True, allow_null=True)
    product = serializers.IntegerField(source="item.product_id", read_only=True)
    product_name = serializers.CharField(source="item.product.name", read_only=True)
    institution_name = serializers.CharField(source="institution.__str__", read_only=True)
    responsible_name = serializers.SerializerMethodField(help_text="Who answers for it: a member, or a contact.")
    slip = serializers.CharField(source="handover.number", read_only=True)
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = Loan
        fields = (
            "id", "item", "code", "asset_number", "product", "product_name", "institution", "institution_name",
            "responsible_name", "contact", "handover", "slip", "handed_over_at", "due_at", "is_overdue", "renewals",
            "expected_back_at", "dropped_off_at", "returned_at", "checked_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_responsible_name(self, loan: Loan) -> str | None:
        person = loan.responsible or loan.contact
        return person.name if person else None

    def get_is_overdue(self, loan: Loan) -> bool:
        return loan.is_overdue(timezone.now())


class RenewSerializer(serializers.Serializer[Any]):
    until = MomentField(required=False, help_text="Without it, another loan period.")


class LoanFilter(django_filters.FilterSet):
    institution = VisibleFilter(queryset=Institution.objects.all())
    item = VisibleFilter(queryset=Item.objects.all())
    overdue = YesNoFilter(method="by_overdue")
    open = YesNoFilter(field_name="returned_at", lookup_expr="isnull", label="Not yet returned.")

    def by_overdue(self, rows: LoanQuerySet, name: str, is_overdue: bool) -> LoanQuerySet:  # noqa: FBT001  django-filter calls it so
        overdue = rows.overdue(timezone.now())
        return overdue if is_overdue else rows.exclude(pk__in=overdue.values("pk"))


class LoanResource(ListModelMixin, RetrieveModelMixin, Resource):
    """One item in one institution's hands, from handover until it is back and for the record afterwards."""

    queryset = Loan.objects.select_related(
        "item__product", "institution", "handover", "responsible", "contact"
    ).annotate(code=number_of_label("item"))
    told = (
        "item__asset_number", "item__product__name", "institution__name", "institution__short_name", "handover__id",
        "responsible__name", "contact__name",
    )  # fmt: skip
    serializer_class = LoanSerializer
    filterset_class = LoanFilter

    @extend_schema(request=RenewSerializer, responses=LoanSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def renew(self, request: Request, pk: int) -> Response:
        """Keep it longer, if nobody else was promised it."""
        loan = self.mine("lending.renew")
        until = self.asked(RenewSerializer).get("until")
        if until is not None:
            until = ending(until, rules_for(loan.item.product, loan.institution))
        return self.shown(renew(loan, until=until, by=self.caller).pk)
