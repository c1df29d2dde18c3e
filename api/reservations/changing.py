"""What a program wants to be different about a reservation: days, quantities, lines; or a part of it by itself."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.door.fields import VisibleField
from api.door.moments import Moment, MomentField, as_period, ask_for_times
from api.reservations.placing import MOST_LINES, MOST_UNITS
from inventory.models import Product
from lending.calendars import calendar_of, rules_for
from lending.catalogue import Period
from lending.models import Line, Reservation
from lending.reservations import LineChange, Wish


class LineChangeSerializer(serializers.Serializer[Any]):
    """Either a line that is there (``line``), or one more (``product`` and ``quantity``)."""

    line = serializers.IntegerField(required=False, min_value=1, help_text="The line that changes.")
    product = VisibleField(
        queryset=Product.objects.listed(), required=False, help_text="Without ``line``: what comes along."
    )
    quantity = serializers.IntegerField(
        required=False, min_value=0, max_value=MOST_UNITS, help_text="With what is out already; 0 drops the line."
    )
    starts_at = MomentField(required=False)
    ends_at = MomentField(required=False)

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if "line" not in asked and not (asked.get("product") and asked.get("quantity")):
            raise serializers.ValidationError(
                {"line": _("Bitte nennen Sie eine Position, oder einen Artikel mit Anzahl.")}
            )
        return asked


class ChangeSerializer(serializers.Serializer[Any]):
    starts_at = MomentField(required=False, help_text="Moves every line that begins with the reservation.")
    ends_at = MomentField(required=False, help_text="Moves every line that ends with the reservation.")
    lines = serializers.ListField(child=LineChangeSerializer(), required=False, max_length=MOST_LINES)


class ExtendSerializer(serializers.Serializer[Any]):
    until = MomentField()


class PartSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1)
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_UNITS, help_text="How many of its units go.")


class SplitSerializer(serializers.Serializer[Any]):
    lines = serializers.ListField(child=PartSerializer(), min_length=1, max_length=MOST_LINES)


@dataclass
class Changes:
    """The body of a change as ``change`` takes it: days become moments by the rules of each product."""

    reservation: Reservation

    def as_asked(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError."""
        lines = {line.pk: line for line in self.reservation.lines.select_related("product")}
        changes, wishes = {}, []
        for number, said in enumerate(asked.get("lines", [])):
            if "line" in said:
                if said["line"] not in lines:
                    detail = {"line": _("Diese Position gehört nicht zu dieser Reservierung.")}
                    raise serializers.ValidationError({"lines": {str(number): detail}})
                changes[said["line"]] = self._line_change(lines[said["line"]], said, number)
            else:
                product = said["product"]
                wishes.append(Wish(product, said["quantity"], *self._period(product, said, number, asked)))
        return {**self._whole(asked, list(lines.values())), "lines": changes, "add": wishes}

    def _line_change(self, line: Line, said: dict[str, Any], number: int) -> LineChange:
        if not {"starts_at", "ends_at"} & said.keys():
            return LineChange(said.get("quantity"))
        standing = {"starts_at": line.starts_at, "ends_at": line.ends_at}
        return LineChange(said.get("quantity"), *self._period(line.product, said, number, standing))

    def _whole(self, asked: dict[str, Any], lines: list[Line]) -> dict[str, Any]:
        """Days are those of the line that ends last."""
        if not lines or not {"starts_at", "ends_at"} & asked.keys():
            return {}
        last = max(lines, key=lambda line: (not line.product.is_by_the_hour, line.ends_at))
        ask_for_times(last.product, **{name: asked[name] for name in ("starts_at", "ends_at") if name in asked})
        starts_at, ends_at = self._moments(last.product, asked, {})
        return {"starts_at": starts_at, "ends_at": ends_at}

    def _period(self, product: Product, said: dict[str, Any], number: int, otherwise: dict[str, Any]) -> Period:
        try:
            ask_for_times(product, **{name: said[name] for name in ("starts_at", "ends_at") if name in said})
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"lines": {str(number): error.detail}}) from error
        return self._moments(product, said, otherwise)

    def _moments(self, product: Product, said: dict[str, Any], otherwise: dict[str, Any]) -> Period:
        """What is said, else ``otherwise``, else as the reservation stands."""
        whole = {"starts_at": self.reservation.starts_at, "ends_at": self.reservation.ends_at}
        start, end = (self._first(name, said, otherwise, whole) for name in ("starts_at", "ends_at"))
        institution = self.reservation.institution
        return as_period(start, end, rules_for(product, institution), calendar_of(institution.center))

    def _first(self, name: str, *places: dict[str, Any]) -> Moment:
        moment: Moment = next(place[name] for place in places if name in place)
        return moment
