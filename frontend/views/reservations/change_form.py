"""The form of a change: the days of the whole, and of each line how many and, if need be, days or hours of its own."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from frontend.forms import DateInput, TimeInput
from frontend.naming import NamedProductField
from inventory.models import Product
from inventory.models.product import ProductQuerySet
from lending.calendars import calendar_of, rules_for
from lending.catalogue import Period, period_of
from lending.due_dates import ZONE, at, local_day
from lending.models import Line, Reservation
from lending.reservations import LineChange, Wish

MOST: Final = 999
HOURS: Final = ("on", "opens", "closes")


def hour_fields(*, required: bool = True) -> dict[str, forms.Field]:
    """When a room is wanted."""
    return {
        "on": forms.DateField(label=_("Tag"), widget=DateInput, required=required),
        "opens": forms.TimeField(label=_("von"), widget=TimeInput, required=required),
        "closes": forms.TimeField(label=_("bis"), widget=TimeInput, required=required),
    }


class LineForm(forms.Form):
    """One line. The days are only asked for where they can differ: they are folded away."""

    quantity = forms.IntegerField(label=_("Anzahl"), min_value=0, max_value=MOST)

    def __init__(self, line: Line, data: QueryDict | None) -> None:
        self.line = line
        super().__init__(data, prefix=str(line.pk), initial=self._as_it_is())
        if line.product.is_by_the_hour:
            self.fields |= hour_fields()
        else:
            self.fields["starts_on"] = forms.DateField(label=_("Von"), widget=DateInput)
            self.fields["ends_on"] = forms.DateField(label=_("Bis"), widget=DateInput)

    @property
    def when(self) -> list[Any]:
        return [field for field in self if field.name != "quantity"]

    @property
    def has_own_days(self) -> bool:
        whole = self.line.reservation
        days = local_day(self.line.starts_at), local_day(self.line.ends_at)
        return days != (local_day(whole.starts_at), local_day(whole.ends_at))

    def as_change(self) -> LineChange:
        """The period only if it was touched: else the line goes along with the whole."""
        said = self.cleaned_data
        if all(said[name] == value for name, value in self._as_it_is().items() if name != "quantity"):
            return LineChange(said["quantity"])
        if self.line.product.is_by_the_hour:
            return LineChange(said["quantity"], *_hours(said))
        period = _days(self.line.product, self.line.reservation, said["starts_on"], said["ends_on"])
        return LineChange(said["quantity"], *period)

    def _as_it_is(self) -> dict[str, Any]:
        starts, ends = self.line.starts_at.astimezone(ZONE), self.line.ends_at.astimezone(ZONE)
        quantity = {"quantity": self.line.quantity - self.line.given_up}
        if self.line.product.is_by_the_hour:
            return quantity | {"on": starts.date(), "opens": starts.time(), "closes": ends.time()}
        return quantity | {"starts_on": starts.date(), "ends_on": ends.date()}


class ChangeForm(forms.Form):
    """The whole, and one article more. Hours are asked for, and needed, only of what goes by the hour."""

    depending = (*HOURS, "product", "more")

    starts_on = forms.DateField(label=_("Von"), widget=DateInput)
    ends_on = forms.DateField(label=_("Bis"), widget=DateInput)
    product = NamedProductField(
        label=_("Was?"), required=False, help_text=_("Der Name des Artikels oder ein Teil davon")
    )
    more = forms.IntegerField(label=_("Anzahl"), min_value=1, max_value=MOST, required=False, initial=1)

    def __init__(self, reservation: Reservation, products: ProductQuerySet, data: QueryDict | None = None) -> None:
        self.reservation = reservation
        lines = [line for line in reservation.lines.select_related("product") if line.quantity > line.given_up]
        self.lines = [LineForm(line, data) for line in lines]
        self.goes_by_days = any(not line.product.is_by_the_hour for line in lines)
        super().__init__(data, initial=self._as_it_is())
        cast("NamedProductField", self.fields["product"]).products = products
        self.fields |= hour_fields(required=False)
        if not self.goes_by_days:
            for name in ("starts_on", "ends_on"):
                del self.fields[name]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(form.is_valid() for form in self.lines)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in HOURS if self.adds_hours else ():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return said

    @property
    def adds_hours(self) -> bool:
        """What comes new goes by the hour."""
        product = self.cleaned_data.get("product")
        return product is not None and product.is_by_the_hour

    def as_change(self) -> dict[str, Any]:
        """What ``reservations.change`` takes."""
        said = self.cleaned_data
        add = [Wish(said["product"], said["more"] or 1, *self._period_of_new(said))] if said["product"] else []
        lines = {form.line.pk: form.as_change() for form in self.lines}
        return {**self._whole(said), "lines": lines, "add": add}

    def _period_of_new(self, said: Mapping[str, Any]) -> Period | tuple[()]:
        """Its hours; beside nothing but rooms its days; else nothing of its own."""
        if self.adds_hours:
            return _hours(said)
        return () if self.goes_by_days else _days(said["product"], self.reservation, *self._as_it_is().values())

    def _whole(self, said: Mapping[str, Any]) -> dict[str, datetime]:
        if all(said.get(name) == value for name, value in self._as_it_is().items()) or not self.goes_by_days:
            return {}
        first = next(form.line.product for form in self.lines if not form.line.product.is_by_the_hour)
        starts_at, ends_at = _days(first, self.reservation, said["starts_on"], said["ends_on"])
        return {"starts_at": starts_at, "ends_at": ends_at}

    def _as_it_is(self) -> dict[str, date]:
        return {"starts_on": local_day(self.reservation.starts_at), "ends_on": local_day(self.reservation.ends_at)}


def _hours(said: Mapping[str, Any]) -> Period:
    return at(said["on"], said["opens"]), at(said["on"], said["closes"])


def _days(product: Product, reservation: Reservation, starts_on: date, ends_on: date) -> Period:
    institution = reservation.institution
    return period_of(starts_on, ends_on, rules_for(product, institution), calendar_of(institution.center))
