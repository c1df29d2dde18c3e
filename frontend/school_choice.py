"""Naming one institution among thousands: type a part of its name, pick if several match. Works without scripts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.models import Institution

SHORTEST = 3
MOST = 12


class InstitutionPick(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    def label_from_instance(self, institution: Any) -> str:
        place = f"{institution.name}, {institution.street} {institution.city}".strip(" ,")
        return f"{place} · {institution.center}"


class SchoolChoice(forms.Form):
    """``cleaned_data["institution"]`` is the one that was meant; more matches than one are offered to pick from."""

    school = forms.CharField(
        label=_("Ihre Schule oder Einrichtung"),
        help_text=_("Ein Teil des Namens, der Ort oder die Schulnummer."),
        max_length=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches: list[Institution] = []
        words = (self.data.get(self.add_prefix("school")) or "").strip()
        if len(words) < SHORTEST:
            return
        joinable = Institution.objects.joinable().matching(words).select_related("center")
        self.matches = list(joinable[: MOST + 1])
        if 1 < len(self.matches) <= MOST:
            self.fields["institution"] = InstitutionPick(
                Institution.objects.joinable().filter(pk__in=[match.pk for match in self.matches]),
                label=_("Welche meinen Sie?"),
                widget=forms.RadioSelect,
                empty_label=None,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "school" not in cleaned or cleaned.get("institution"):
            return cleaned
        if len(self.matches) == 1:
            cleaned["institution"] = self.matches[0]
        elif not self.matches:
            self.add_error("school", _("So heißt keine Einrichtung bei uns. Versuchen Sie es mit dem Ort."))
        elif len(self.matches) > MOST:
            self.add_error("school", _("Das passt auf zu viele Einrichtungen. Bitte schreiben Sie etwas mehr."))
        else:
            count = len(self.matches)
            self.add_error(
                "institution",
                ngettext(
                    "{count} Einrichtung passt.", "{count} Einrichtungen passen. Bitte wählen Sie eine.", count
                ).format(count=count),
            )
        return cleaned
