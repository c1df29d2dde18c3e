"""How a form looks here: ``{{ form }}`` or ``{{ form.name.as_field_group }}`` is all that a template says."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

KERN_CLASSES = {
    "checkbox": "kern-form-check__checkbox",
    "radio": "kern-form-check__radio",
    "select": "kern-form-input__select",
}
KERN_INPUT = "kern-form-input__input"


class KernField(BoundField):
    """A field whose widget carries the design system's classes and knows its hint and its error."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not widget.is_hidden:
            kern = KERN_CLASSES.get(getattr(widget, "input_type", ""), KERN_INPUT)
            given = [
                widget.attrs.get("class", ""),
                attrs.get("class", ""),
                kern,
                f"{kern}--error" if self.errors else "",
            ]
            attrs["class"] = " ".join(filter(None, given))
            attrs["placeholder"] = False  # a label that vanishes while one types helps nobody
        return attrs

    @property
    def is_check(self) -> bool:
        """A single box to tick: its label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Said beside the label. A filter is optional without a word; a field in the form's ``depending`` is wanted or
        not by what another says."""
        is_left_open = getattr(self.form, "is_filter", False) or self.name in getattr(self.form, "depending", ())
        return not self.field.required and not is_left_open

    @property
    def is_select(self) -> bool:
        return isinstance(self.field.widget, forms.Select) and not self.use_fieldset


class KernRenderer(TemplatesSetting):
    """``settings.FORM_RENDERER``: every form of every app looks like this, allauth's included."""

    form_template_name = "frontend/forms/form.html"
    field_template_name = "frontend/forms/field.html"
    bound_field_class = KernField


class DateInput(forms.DateInput):
    """The browser's own calendar; it speaks ISO whatever the language of the page is."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class SearchInput(forms.TextInput):
    input_type = "search"
