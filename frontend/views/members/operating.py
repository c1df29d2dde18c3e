"""The operator founds centres and names who manages them. What the centres hold stays unseen."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from leihwerk.errors import DomainError
from people import centers, memberships, once
from people.models import Center
from people.permissions import require
from people.roles import Role

NEW, MANAGERS = "frontend/members/center_new.html", "frontend/members/managers.html"


class CenterForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A ModelForm for its fields and checks only; the verb writes."""

    class Meta:
        model = Center
        fields = ("name", "slug", "street", "postal_code", "city", "phone", "email")


class ManagerForm(forms.Form):
    name = forms.CharField(label=_("Vor- und Nachname"), max_length=120)
    email = forms.EmailField(label=_("E-Mail"), max_length=254, help_text=_("Dorthin schicken wir die Einladung."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def center_new(request: MemberRequest) -> HttpResponse:
    require(request.user, "centers.keep")
    form = CenterForm(sent(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, NEW, {"form": form}, status=422 if form.errors else 200)
    try:
        center = once.run(lambda: centers.found(by=request.user, **form.cleaned_data))
    except DomainError as refusal:
        return refused(request, refusal, NEW, {"form": form})
    messages.success(request, _("{center} ist angelegt. Laden Sie jetzt die Leitung ein.").format(center=center))
    return see_other("center_managers", pk=center.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def managers(request: MemberRequest, pk: int) -> HttpResponse:
    center = get_object_or_404(Center.objects.visible_to(request.user), pk=pk)
    require(request.user, "managers.appoint")
    form = ManagerForm(sent(request))
    known = center.memberships.active().filter(role=Role.MANAGER).select_related("user")
    context = {"center": center, "managers": known, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, MANAGERS, context, status=422 if form.errors else 200)
    try:
        once.run(lambda: memberships.invite(**form.cleaned_data, role=Role.MANAGER, to=center, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, MANAGERS, context)
    messages.success(request, _("Die Einladung an {email} ist unterwegs.").format(email=form.cleaned_data["email"]))
    return see_other("center_managers", pk=pk)
