"""What a reservation looks like to a program."""

from typing import Any

from rest_framework import serializers

from api.door.errors import plain
from lending.models import Line, Reservation
from lending.reservations import Date


class LineSerializer(serializers.ModelSerializer[Line]):
    product_name = serializers.CharField(source="product.name", read_only=True)
    blocked_from = serializers.DateTimeField(source="blocked.lower", read_only=True)
    blocked_until = serializers.DateTimeField(source="blocked.upper", read_only=True)
    slots = serializers.IntegerField(read_only=True, help_text="Of the medium's licence, for each unit.")

    class Meta:
        model = Line
        fields = (
            "id", "product", "product_name", "quantity", "starts_at", "ends_at", "blocked_from", "blocked_until",
            "medium", "slots",
        )  # fmt: skip
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
            "starts_at", "ends_at", "purpose", "delivery", "reason", "series", "booked_at", "decided_at",
            "offer_ends_at", "lines",
        )  # fmt: skip
        read_only_fields = fields

    def get_responsible_name(self, reservation: Reservation) -> str | None:
        person = reservation.responsible or reservation.contact
        return person.name if person else None


class MissedSerializer(serializers.Serializer[Any]):
    """A date that did not come about."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    code = serializers.CharField(source="obstacle.code")
    detail = serializers.CharField(source="obstacle.__str__", help_text="Why, in words.")
    alternatives = serializers.SerializerMethodField(help_text="Ways out, as of a refusal.")

    def get_alternatives(self, missed: Date) -> list[dict[str, Any]]:
        return [plain(way) for way in missed.obstacle.alternatives] if missed.obstacle else []


class SeriesSerializer(serializers.Serializer[Any]):
    """What came of a repeated reservation: every date is placed, or refused with its reason."""

    series = serializers.UUIDField()
    placed = ReservationSerializer(many=True)
    refused = MissedSerializer(many=True, source="missed")
