"""The forms of the inventory pages. They check; verbs write."""

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from frontend.forms import DateInput, SearchInput
from inventory.items import MOST_AT_ONCE
from inventory.label_sheets import PER_SHEET
from inventory.labels import LONGEST_CODE
from inventory.models import Category, Item, Location, Product
from lending.models import OutageReason
from people.models import Center

if TYPE_CHECKING:  # Django's forms are no generics at run time
    ItemBase: TypeAlias = forms.ModelForm[Item]
    ProductBase: TypeAlias = forms.ModelForm[Product]
else:
    ItemBase = ProductBase = forms.ModelForm

DESCRIBED = ["location", "owner", "cost_center", "invoice", "funding", "bound_until", "acquired_on", "price"]
DAYS = {"bound_until": DateInput, "acquired_on": DateInput}


NOT_NEGATIVE = MinValueValidator(0, _("Bitte geben Sie keine negative Zahl an."))


class ItemForm(ItemBase):
    class Meta:
        model = Item
        fields = ["asset_number", "serial_number", *DESCRIBED, "wear", "note"]
        localized_fields = ["price"]
        widgets = {**DAYS, "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, center: Center | int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_places(self.fields["location"], center)
        self.fields["price"].validators.append(NOT_NEGATIVE)


class AlikeForm(ItemBase):
    """How many to create, numbered from where, and what they have in common."""

    count = forms.IntegerField(label=_("Anzahl"), min_value=1, max_value=MOST_AT_ONCE, initial=1)
    first_number = forms.CharField(
        label=_("Erste Inventarnummer"),
        help_text=_("Die Ziffern am Ende zählen hoch: MZ-0101, MZ-0102 … Leer: ohne Inventarnummer."),
        max_length=36,
        required=False,
    )

    class Meta:
        model = Item
        fields = [*DESCRIBED]
        localized_fields = ["price"]
        widgets = DAYS

    field_order = ["count", "first_number"]

    def __init__(self, *args: Any, center: Center | int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_places(self.fields["location"], center)
        self.fields["price"].validators.append(NOT_NEGATIVE)


class ProductForm(ProductBase):
    """A product's facts. Pictures come as uploads of their own, so that they can be tidied first."""

    new_category = forms.CharField(label=_("oder neue Kategorie"), max_length=80, required=False)
    new_picture = forms.FileField(label=_("Bild"), required=False)
    new_packed_picture = forms.FileField(
        label=_("So wird gepackt (Foto)"), help_text=_("Ein Foto des fertig gepackten Koffers."), required=False
    )

    class Meta:
        model = Product
        fields = [
            "name", "kind", "category", "new_category", "maker", "description", "serves", "levels", "age_from",
            "is_only_complete", "weight_kg", "size", "needs_own_car", "stores_data", "quick_guide",
            "replacement_value", "is_listed",
        ]  # fmt: skip
        localized_fields = ["weight_kg", "replacement_value"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "quick_guide": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, center: Center | int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = cast("forms.ModelChoiceField[Category]", self.fields["category"])
        category.queryset, category.required = Category.objects.filter(center=center), False
        for name in ("replacement_value", "weight_kg"):
            self.fields[name].validators.append(NOT_NEGATIVE)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("category") and not given.get("new_category"):
            self.add_error("category", _("Bitte wählen Sie eine Kategorie, oder nennen Sie eine neue."))
        return given


class SearchForm(forms.Form):
    is_filter = True

    search = forms.CharField(label=_("Suche"), required=False, max_length=100, widget=SearchInput)


class AdoptForm(forms.Form):
    code = forms.CharField(
        label=_("Vorhandener Code"),
        help_text=_("Scannen Sie den Barcode oder QR-Code, der schon am Gerät klebt."),
        max_length=LONGEST_CODE,
    )


class OutageForm(forms.Form):
    reason = forms.ChoiceField(label=_("Grund"), choices=OutageReason.choices)
    expected_end_on = forms.DateField(label=_("voraussichtlich bis"), required=False, widget=DateInput)
    note = forms.CharField(label=_("Notiz"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class PlaceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)


class MoveForm(forms.Form):
    location = forms.ModelChoiceField(label=_("Neuer Standort"), queryset=Location.objects.none())

    def __init__(self, *args: Any, center: Center | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_places(self.fields["location"], center)


class SheetForm(forms.Form):
    start = forms.TypedChoiceField(
        label=_("Erstes freies Etikett"),
        coerce=int,
        initial=1,
        choices=[(place, str(place)) for place in range(1, PER_SHEET + 1)],
        widget=forms.RadioSelect,
    )


def _offer_places(field: forms.Field, center: Center | int | None) -> None:
    cast("forms.ModelChoiceField[Location]", field).queryset = Location.objects.filter(center=center)
