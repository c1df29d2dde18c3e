"""The packing list as rows of a form; an empty name leaves a row out."""

from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from inventory.models import Part, Product
from inventory.products import PackingLine

MORE_ROWS = 4
MOST = 32_767  # what the column holds


class LineForm(forms.Form):
    is_filter = True  # no row says that it is optional

    part = forms.ModelChoiceField(queryset=Part.objects.none(), required=False, widget=forms.HiddenInput)
    quantity = forms.IntegerField(label=_("Anzahl"), min_value=1, max_value=MOST, required=False)
    name = forms.CharField(label=_("Bestandteil"), max_length=120, required=False)
    minimum = forms.IntegerField(label=_("verleihbar ab"), min_value=0, max_value=MOST, required=False)

    def __init__(self, *args: Any, product: Product | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Part.objects.filter(product=product) if product else Part.objects.none()
        cast("forms.ModelChoiceField[Part]", self.fields["part"]).queryset = known

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("minimum") or 0) > (given.get("quantity") or 1):
            self.add_error("minimum", _("Höchstens so viele, wie hineingehören."))
        return given


LineForms = formset_factory(LineForm, extra=MORE_ROWS, max_num=200, absolute_max=200)


def packing_forms(posted: Any, product: Product | None) -> "BaseFormSet[LineForm]":
    parts = product.parts.all() if product else []
    rows = [
        {"part": part.pk, "quantity": part.quantity, "name": part.name, "minimum": part.minimum or None}
        for part in parts
    ]
    return LineForms(posted or None, initial=rows, prefix="packing", form_kwargs={"product": product})


def packing_lines(rows: "BaseFormSet[LineForm]") -> list[PackingLine]:
    """What the rows say; they must be valid."""
    said = [row.cleaned_data for row in rows if row.cleaned_data.get("name")]
    return [
        PackingLine(line["name"], line.get("quantity") or 1, line.get("minimum") or 0, line.get("part"))
        for line in said
    ]
