"""What a manager fills in about packages."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from frontend.forms import DateInput, SearchInput
from licenses.models import Medium, Provider
from licenses.titles import MOST_LINES


class PackageForm(forms.Form):
    name = forms.CharField(label=_("Bezeichnung"), max_length=160)
    provider = forms.ModelChoiceField(
        label=_("Anbieter"), queryset=Provider.objects.none(), required=False, empty_label=_("Bitte wählen")
    )
    new_provider = forms.CharField(label=_("oder neuer Anbieter"), max_length=120, required=False)
    depending = ("provider", "new_provider")

    def __init__(self, providers: "QuerySet[Provider]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Provider]", self.fields["provider"]).queryset = providers

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("provider") and not said.get("new_provider") and "provider" not in self.errors:
            self.add_error("provider", _("Bitte wählen Sie einen Anbieter, oder nennen Sie einen neuen."))
        return said


ACTS = [("put_in", _("aufnehmen")), ("take_out", _("herausnehmen"))]


class OneTitleForm(forms.Form):
    """What a button beside a title sends."""

    medium = forms.ModelChoiceField(queryset=Medium.objects.none())
    act = forms.ChoiceField(choices=ACTS)

    def __init__(self, media: "QuerySet[Medium]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Medium]", self.fields["medium"]).queryset = media


class TitlesForm(forms.Form):
    """Titles line by line, and since when or from when on."""

    lines = forms.CharField(
        label=_("Mediennummern oder Titel"),
        help_text=_("Eine Zeile je Titel. Aus einer Tabelle kopiert zählt die erste Spalte."),
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    starts_on = forms.DateField(label=_("ab"), widget=DateInput())
    ends_on = forms.DateField(label=_("bis"), required=False, widget=DateInput())
    act = forms.ChoiceField(label=_("Was soll geschehen?"), choices=ACTS)

    def clean_lines(self) -> str:
        text: str = self.cleaned_data["lines"]
        if len(text.splitlines()) > MOST_LINES:
            raise forms.ValidationError(_("Bitte höchstens %(n)s Zeilen auf einmal."), params={"n": MOST_LINES})
        return text


class TitlesSearchForm(forms.Form):
    """Which titles are shown."""

    is_filter = True

    search = forms.CharField(label=_("Titel suchen"), required=False, max_length=100, widget=SearchInput)
    show = forms.ChoiceField(
        choices=[(name, name) for name in ("now", "coming", "past", "more")],
        required=False,
        widget=forms.HiddenInput(),
    )
