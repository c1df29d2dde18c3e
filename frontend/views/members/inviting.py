"""Asking somebody in, by an address."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.institutions.card import institution_of
from leihwerk.errors import DomainError
from people import memberships, once
from people.permissions import may, require
from people.roles import CENTER_ROLES, SCHOOL_ROLES, Role

PAGE = "frontend/members/invite.html"


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Vor- und Nachname"), max_length=120)
    email = forms.EmailField(label=_("E-Mail"), max_length=254, help_text=_("Dorthin schicken wir die Einladung."))
    role = forms.ChoiceField(label=_("Rolle"), choices=[(role, Role(role).label) for role in SCHOOL_ROLES])

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class StaffForm(InviteForm):
    role = forms.ChoiceField(label=_("Rolle"), choices=[(role, Role(role).label) for role in CENTER_ROLES])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite_to_school(request: MemberRequest, pk: int) -> HttpResponse:
    institution = institution_of(request, pk)
    require(request.user, "members.invite", on=institution)
    is_staff = may(request.user, "items.see", on=institution)
    back = ("institution", {"pk": pk}) if is_staff else ("my_school", {})
    form = InviteForm(sent(request))
    context = {"form": form, "place": institution, "is_staff": is_staff}
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, context, status=422 if form.errors else 200)
    try:
        once.run(lambda: memberships.invite(**form.cleaned_data, to=institution, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Die Einladung an {email} ist unterwegs.").format(email=form.cleaned_data["email"]))
    return see_other(back[0], **back[1])
