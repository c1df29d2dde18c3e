"""Moments and days: for day products a day means the centre's pickup or return time."""

import re
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from inventory.models import Product
from lending.catalogue import Period, period_of
from lending.due_dates import Calendar, Rules, pickup_moment, return_moment

Moment: TypeAlias = date | datetime
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEARS: Final = range(2000, 2100)


class ExactMomentField(serializers.DateTimeField):
    """ISO 8601; without an offset, the time of day in Germany."""

    def to_internal_value(self, value: Any) -> datetime:
        moment = super().to_internal_value(value)
        if moment.year not in YEARS:
            raise serializers.ValidationError(_("Bitte geben Sie einen Tag in diesem Jahrhundert an."))
        return moment


@extend_schema_field({"oneOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]})
class MomentField(ExactMomentField):
    """A moment; or a day, which becomes one by the rules of the product and the centre."""

    def to_internal_value(self, value: Any) -> Any:
        if isinstance(value, str) and DAY.fullmatch(value):
            day = serializers.DateField().run_validation(value)
            if day.year not in YEARS:
                raise serializers.ValidationError(_("Bitte geben Sie einen Tag in diesem Jahrhundert an."))
            return day
        return super().to_internal_value(value)


def is_day(moment: Moment) -> bool:
    return not isinstance(moment, datetime)


def as_period(start: Moment, end: Moment, rules: Rules, calendar: Calendar) -> Period:
    """Two days mean what the catalogue's pages mean by them; a moment is itself."""
    if is_day(start) and is_day(end):
        return period_of(start, end, rules, calendar)
    return start if isinstance(start, datetime) else pickup_moment(start, rules), ending(end, rules)


def ending(moment: Moment, rules: Rules) -> datetime:
    return moment if isinstance(moment, datetime) else return_moment(moment, rules)


def ask_for_times(product: Product, **moments: Moment) -> None:
    """A room is booked by the hour. Raises ValidationError for each of ``moments`` that is only a day."""
    if product.is_by_the_hour:
        days = [name for name, moment in moments.items() if is_day(moment)]
        if days:
            sentence = _("{product} wird nach Stunden gebucht: Bitte geben Sie die Uhrzeit an.").format(product=product)
            raise serializers.ValidationError(dict.fromkeys(days, sentence), code="time_required")
