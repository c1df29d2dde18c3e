"""Sperren: whom the rules propose to suspend, who is suspended, and what the management decides."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.context import own_center
from frontend.requests import MemberRequest
from inventory.models import Category
from lending.models import Suspension
from lending.suspending import keep_lending, lift, proposals, suspend
from people.models import Institution
from people.once import run
from people.permissions import may, require


class DecisionForm(forms.Form):
    """``category``: only of this one; ``keep``: not at all."""

    keep = forms.BooleanField(required=False)

    def __init__(self, *args: Any, categories: QuerySet[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = forms.ModelChoiceField(categories, required=False)


@login_required
@require_safe
def suspensions(request: MemberRequest) -> HttpResponse:
    require(request.user, "desk.see")
    center, now = own_center(request), timezone.now()
    rows = Suspension.objects.visible_to(request.user).filter(center=center).in_force(now)
    context = {
        "proposals": proposals(center, now=now),
        "in_force": rows.select_related("institution", "category"),
        "may_decide": may(request.user, "lending.suspend", on=center),
    }
    return render(request, "frontend/suspensions/suspensions.html", context)


@login_required
@require_POST
def suspension_decide(request: MemberRequest, pk: int) -> HttpResponse:
    """About the institution: nothing new at all, nothing of a category, or lending goes on."""
    institution = get_object_or_404(Institution.objects.visible_to(request.user), pk=pk)
    require(request.user, "lending.suspend", on=institution)
    categories = Category.objects.visible_to(request.user).filter(center=institution.center_id)
    form = DecisionForm(request.POST, categories=categories)
    if not form.is_valid():
        messages.error(request, _("Diese Kategorie gibt es nicht mehr."))
    elif form.cleaned_data["keep"]:
        run(lambda: keep_lending(institution, by=request.user))
        messages.success(request, _("{institution} kann weiter ausleihen.").format(institution=institution))
    else:
        run(lambda: suspend(institution, category=form.cleaned_data["category"], by=request.user))
        told = _("{institution} ist gesperrt, bis alles zurück ist. Ein Brief sagt es der Einrichtung.")
        messages.success(request, told.format(institution=institution))
    return see_other("suspensions")


@login_required
@require_POST
def suspension_lift(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Suspension.objects.visible_to(request.user).select_related("institution"), pk=pk)
    require(request.user, "lending.suspend", on=found)
    run(lambda: lift(found, by=request.user))
    messages.success(request, _("{institution} kann wieder ausleihen.").format(institution=found.institution))
    return see_other("suspensions")


urlpatterns = [
    path("briefe/sperren/", suspensions, name="suspensions"),
    path("briefe/sperren/<int:pk>/entscheiden/", suspension_decide, name="suspension_decide"),
    path("briefe/sperren/<int:pk>/aufheben/", suspension_lift, name="suspension_lift"),
]
