"""Entering and describing institutions."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.institutions.card import institution_of
from leihwerk.errors import DomainError
from people import institutions, once
from people.models import Institution
from people.permissions import require
from people.school_forms import NAMES

PAGE = "frontend/institutions/edit.html"


class InstitutionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A ModelForm for its fields and checks only; the verb writes."""

    school_form = forms.ChoiceField(label=_("Schulform"), required=False)
    homepage = forms.URLField(label=_("Internetseite"), required=False, assume_scheme="https")

    class Meta:
        model = Institution
        fields = (
            *("kind", "name", "short_name", "parent", "school_number", "school_form", "pupils"),
            *("street", "postal_code", "city", "phone", "phone_2", "email", "homepage"),
            *("channel", "tour_day", "drop_place"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.school_form
        choices = {"": "–", **NAMES, **({known: known} if known and known not in NAMES else {})}
        cast("forms.ChoiceField", self.fields["school_form"]).choices = list(choices.items())
        others = Institution.objects.filter(center=self.instance.center_id).exclude(pk=self.instance.pk)
        cast("forms.ModelChoiceField[Institution]", self.fields["parent"]).queryset = others

    def clean_school_number(self) -> str | None:
        return self.cleaned_data["school_number"] or None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "institutions.keep", on=center)
    form = InstitutionForm(sent(request), instance=Institution(center=center))
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422 if form.errors else 200)
    try:
        made = once.run(lambda: institutions.add(center, by=request.user, **form.cleaned_data))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, {"form": form})
    messages.success(request, _("Gespeichert."))
    return see_other("institution", pk=made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    institution = institution_of(request, pk)
    require(request.user, "institutions.keep", on=institution)
    form = InstitutionForm(sent(request), instance=institution_of(request, pk))
    context = {"form": form, "institution": institution}
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, context, status=422 if form.errors else 200)
    try:
        once.run(lambda: institutions.edit(institution, by=request.user, **form.cleaned_data))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Gespeichert."))
    return see_other("institution", pk=pk)


@login_required
@require_POST
def close(request: MemberRequest, pk: int) -> HttpResponse:
    institution = institution_of(request, pk)
    require(request.user, "institutions.keep", on=institution)
    once.run(lambda: institutions.close(institution, by=request.user))
    messages.success(request, _("Als geschlossen vermerkt. Was noch offen ist, bleibt sichtbar."))
    return see_other("institution", pk=pk)


@login_required
@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    institution = institution_of(request, pk)
    require(request.user, "institutions.keep", on=institution)
    once.run(lambda: institutions.reopen(institution, by=request.user))
    messages.success(request, _("Wieder offen."))
    return see_other("institution", pk=pk)
