"""What the address of the page asks for, and whose figures the person may see."""

from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, cast

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontend.context import own_center
from frontend.requests import MemberRequest
from frontend.views.usage.spans import Stretch, stretches
from licenses.models import Contract, Medium
from licenses.usage.customers import Whose
from licenses.usage.overview import Breakdown, Wanted
from people.models import Center, Institution
from people.permissions import may, require
from people.school_forms import NAMES

SEE: Final = "licenses.see_usage"


class AskingForm(forms.Form):
    """The filter above the figures. Whoever sees one institution only is not asked for which."""

    is_filter = True

    span = forms.ChoiceField(label=_("Zeitraum"), required=False)
    by = forms.ChoiceField(label=_("Aufgeteilt nach"), required=False, choices=Breakdown.choices)
    institution = forms.ModelChoiceField(
        label=_("Einrichtung"), required=False, queryset=Institution.objects.none(), empty_label=_("Alle")
    )
    school_form = forms.ChoiceField(label=_("Schulform"), required=False)
    medium = forms.ModelChoiceField(required=False, queryset=Medium.objects.none(), widget=forms.HiddenInput)
    contract = forms.ModelChoiceField(required=False, queryset=Contract.objects.none(), widget=forms.HiddenInput)

    def __init__(self, sees: "Sees", spans: list[Stretch], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("span", [(span.code, span.label) for span in spans])
        self._choose("school_form", [("", _("Alle")), *sorted(NAMES.items(), key=itemgetter(1))])
        cast("forms.ModelChoiceField[Institution]", self.fields["institution"]).queryset = sees.institutions()
        self._of("medium", Medium.objects.filter(center=sees.center))
        self._of("contract", Contract.objects.filter(center=sees.center))
        if not sees.is_whole:
            self._choose("by", [it for it in Breakdown.choices if it[0] in {Breakdown.MEDIUM, Breakdown.MONTH}])
            for name in ("institution", "school_form", "contract"):
                del self.fields[name]

    def _choose(self, name: str, choices: list[Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def _of(self, name: str, rows: Any) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows


@dataclass(frozen=True)
class Sees:
    """Whose figures somebody sees: those of a centre, or of one institution of it."""

    center: Center
    institution: Institution | None

    @property
    def is_whole(self) -> bool:
        return self.institution is None

    def institutions(self) -> Any:
        return Institution.objects.filter(center=self.center).order_by("sort_name")


@dataclass(frozen=True)
class Asked:
    """A question that can be answered, and the form that it came from."""

    sees: Sees
    form: AskingForm
    stretch: Stretch
    by: Breakdown
    wanted: Wanted

    @property
    def whose(self) -> Whose:
        return Whose(self.sees.center, self.wanted.institution)


def sees(request: MemberRequest) -> Sees:
    """Raises NotPermitted for whom figures are not."""
    require(request.user, SEE)
    center = own_center(request)
    if may(request.user, SEE, on=center):
        return Sees(center, None)
    for membership in request.user.memberships_in_force:
        if membership.institution and may(request.user, SEE, on=membership.institution):
            return Sees(membership.center, membership.institution)
    raise Http404


def asked(request: MemberRequest) -> Asked:
    """What cannot be understood is passed over, as in every filter."""
    whose = sees(request)
    spans = stretches(whose.center, timezone.localdate(timezone=whose.center.zone))
    form = AskingForm(whose, spans, request.GET)
    form.is_valid()
    said = form.cleaned_data
    stretch = next((span for span in spans if span.code == said.get("span")), spans[0])
    otherwise = Breakdown.CONTRACT if whose.is_whole else Breakdown.MEDIUM
    wanted = Wanted(
        whose.center,
        stretch.first,
        stretch.last,
        institution=whose.institution or said.get("institution"),
        school_form=said.get("school_form") or "",
        medium=said.get("medium"),
        contract=said.get("contract"),
    )
    return Asked(whose, form, stretch, Breakdown(said.get("by") or otherwise), wanted)
