"""What a manager fills in about licences."""

import re
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from frontend.forms import DateInput
from licenses.entitlements import Rights
from licenses.models import CapacityKind, Medium, Package, Provider, Scope
from licenses.rights import USUAL, Action, Preset
from people import school_forms
from people.models import Institution
from people.models.institution import InstitutionKind


class Euros(forms.DecimalField):
    """An amount as people write it, and as lists have it: 1.680,00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=10, decimal_places=2, localize=True, required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        thousands, point = get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR")
        grouped = rf"[0-9]{{1,3}}({re.escape(thousands)}[0-9]{{3}})+({re.escape(point)}[0-9]*)?"
        if re.fullmatch(grouped, str(value).strip()):
            value = str(value).replace(thousands, "")
        return super().to_python(value)


class ContractForm(forms.Form):
    provider = forms.ModelChoiceField(
        label=_("Anbieter"), queryset=Provider.objects.none(), required=False, empty_label=_("Bitte wählen")
    )
    new_provider = forms.CharField(label=_("oder neuer Anbieter"), max_length=120, required=False)
    number = forms.CharField(label=_("Vertragsnummer"), max_length=40)
    title = forms.CharField(label=_("Bezeichnung"), max_length=160)
    signed_on = forms.DateField(label=_("unterschrieben am"), required=False, widget=DateInput())
    renews_itself = forms.BooleanField(label=_("verlängert sich von selbst"), required=False)
    renewal_months = forms.IntegerField(
        label=_("verlängert sich um (Monate)"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("Nur wenn er sich von selbst verlängert."),
    )
    notice_months = forms.IntegerField(
        label=_("Kündigungsfrist (Monate)"),
        min_value=0,
        max_value=60,
        required=False,
        help_text=_("Vor dem Ende der Laufzeit."),
    )
    funding = forms.CharField(label=_("Finanzierung"), max_length=80, required=False)
    cost_center = forms.CharField(label=_("Kostenstelle"), max_length=40, required=False)
    note = forms.CharField(label=_("Bemerkung"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, providers: "QuerySet[Provider]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Provider]", self.fields["provider"]).queryset = providers

    depending = ("provider", "new_provider", "renewal_months")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("provider") and not said.get("new_provider") and "provider" not in self.errors:
            self.add_error("provider", _("Bitte wählen Sie einen Anbieter, oder nennen Sie einen neuen."))
        if said.get("renews_itself") and not said.get("renewal_months"):
            self.add_error("renewal_months", _("Um wie viele Monate verlängert er sich?"))
        return said


class PeriodForm(forms.Form):
    starts_on = forms.DateField(label=_("gilt ab"), widget=DateInput())
    ends_on = forms.DateField(
        label=_("gilt bis"),
        required=False,
        widget=DateInput(),
        help_text=_("Bleibt das Feld leer, gilt der Vertrag bis auf Weiteres."),
    )
    cost = Euros(label=_("Kosten (€)"))


class EntitlementForm(forms.Form):
    """What is permitted with a medium or a package. A preset fills in what is left empty."""

    medium = forms.CharField(
        label=_("Mediennummer"), max_length=60, required=False, help_text=_("Sie steht in der Medienliste.")
    )
    package = forms.ModelChoiceField(
        label=_("oder Titelpaket"),
        queryset=Package.objects.none(),
        required=False,
        empty_label=_("keines"),
        help_text=_("Für alle Titel, die gerade dabei sind."),
    )
    preset = forms.ChoiceField(
        label=_("Lizenzart"),
        choices=[("", _("keine, ich kreuze selbst an")), *Preset.choices],
        required=False,
        help_text=_("Sie kreuzt an, was dabei üblich ist, wenn Sie unten nichts ankreuzen."),
    )
    scopes = forms.ModelMultipleChoiceField(
        label=_("Geltungsbereiche"), queryset=Scope.objects.none(), widget=forms.CheckboxSelectMultiple()
    )
    permitted = forms.MultipleChoiceField(
        label=_("Erlaubt"), choices=Action.choices, widget=forms.CheckboxSelectMultiple(), required=False
    )
    prohibited = forms.MultipleChoiceField(
        label=_("Verboten"), choices=Action.choices, widget=forms.CheckboxSelectMultiple(), required=False
    )
    capacity_kind = forms.ChoiceField(label=_("Begrenzung"), choices=CapacityKind.choices)
    capacity = forms.IntegerField(label=_("Anzahl"), min_value=0, max_value=1_000_000, required=False)
    lease_minutes = forms.IntegerField(
        label=_("Platz wird frei nach (min)"),
        min_value=1,
        max_value=24 * 60,
        required=False,
        help_text=_("Nur wo gezählt wird, wie viele es gleichzeitig nutzen."),
    )
    ends_with_copy = forms.BooleanField(
        label=_("endet mit dem Datenträger"),
        required=False,
        help_text=_("Das Recht gilt, bis die letzte Disc unspielbar oder verloren ist."),
    )
    depending = ("medium", "package", "permitted", "prohibited", "capacity", "preset")

    def __init__(self, center_id: int, media: "QuerySet[Medium]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.media_of_center = media
        for name, rows in (("package", Package.objects), ("scopes", Scope.objects)):
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset = rows.filter(center=center_id)

    def clean_medium(self) -> Medium | None:
        number = self.cleaned_data["medium"].strip()
        if not number:
            return None
        medium = self.media_of_center.filter(number__iexact=number).first()
        if medium is None:
            raise forms.ValidationError(_("Ein Medium mit dieser Nummer gibt es nicht."), code="unknown")
        return medium

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "medium" in self.fields and not self.errors and bool(said.get("medium")) == bool(said.get("package")):
            self.add_error("medium", _("Bitte geben Sie entweder ein Medium oder ein Titelpaket an."))
        return said

    @property
    def subject(self) -> Medium | Package:
        return cast("Medium | Package", self.cleaned_data["medium"] or self.cleaned_data["package"])

    @property
    def rights(self) -> Rights:
        """What was ticked; where nothing was, what is usual."""
        said = self.cleaned_data
        usual = USUAL[Preset(said["preset"])] if said["preset"] else None
        is_ticked = bool(said["permitted"] or said["prohibited"])
        return Rights(
            permitted=usual.permitted if usual and not is_ticked else said["permitted"],
            prohibited=usual.prohibited if usual and not is_ticked else said["prohibited"],
            preset=said["preset"],
            ends_with_copy=said["ends_with_copy"] or bool(usual and not is_ticked and usual.ends_with_copy),
            capacity_kind=said["capacity_kind"],
            capacity=None if said["capacity_kind"] == CapacityKind.UNLIMITED else said["capacity"],
            lease_minutes=said["lease_minutes"] or self.initial.get("lease_minutes") or Rights.lease_minutes,
            scopes=tuple(said["scopes"]),
        )


class ScopeForm(forms.Form):
    """Where rights hold. What is left empty does not matter."""

    name = forms.CharField(label=_("Bezeichnung"), max_length=160)
    territory = forms.CharField(
        label=_("Gemeindeschlüssel"),
        max_length=400,
        required=False,
        help_text=_("Durch Kommas getrennt. Der Anfang genügt: 05 ist ganz Nordrhein-Westfalen. Leer: überall."),
    )
    school_forms = forms.MultipleChoiceField(
        label=_("Schulformen"), widget=forms.CheckboxSelectMultiple(), required=False
    )
    institution_kinds = forms.MultipleChoiceField(
        label=_("Arten von Einrichtungen"),
        choices=InstitutionKind.choices,
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    institutions = forms.ModelMultipleChoiceField(
        label=_("nur diese Einrichtungen"),
        queryset=Institution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, institutions: "QuerySet[Institution]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["institutions"]).queryset = institutions
        cast("forms.MultipleChoiceField", self.fields["school_forms"]).choices = school_forms.NAMES.items()

    def clean_territory(self) -> list[str]:
        keys = [key.strip() for key in self.cleaned_data["territory"].replace(";", ",").split(",") if key.strip()]
        if any(not (key.isascii() and key.isdigit()) or len(key) > 8 for key in keys):
            raise forms.ValidationError(_("Ein Gemeindeschlüssel hat bis zu acht Ziffern, etwa 05316000."), code="key")
        return keys
