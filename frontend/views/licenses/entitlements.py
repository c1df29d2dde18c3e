"""What a period permits: a medium or a package, actions, places, and how many."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.licenses.forms import EntitlementForm
from leihwerk.errors import DomainError
from licenses.entitlements import Rights, change_rights, entitle, withdraw
from licenses.models import Entitlement, Medium, Period
from people import once
from people.permissions import require

PAGE = "frontend/licenses/entitlement_edit.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """To the period that the address names."""
    period = get_object_or_404(Period.objects.visible_to(request.user).select_related("contract"), pk=pk)
    require(request.user, "licenses.keep", on=period)
    form = _form(request, period, {"capacity_kind": "unlimited", "lease_minutes": Rights.lease_minutes})
    context = {"form": form, "period": period, "contract": period.contract}
    if request.method != "POST":
        return render(request, PAGE, context)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    try:
        once.run(lambda: entitle(period, to=form.subject, rights=form.rights, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Das Nutzungsrecht ist eingetragen."))
    return see_other("contract", pk=period.contract_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Its medium or package stays what it is."""
    seen = Entitlement.objects.visible_to(request.user).select_related("period__contract", "medium", "package")
    found = get_object_or_404(seen, pk=pk)
    require(request.user, "licenses.keep", on=found)
    names = ("preset", "permitted", "prohibited", "capacity_kind", "capacity", "lease_minutes", "ends_with_copy")
    initial = {name: getattr(found, name) for name in names} | {"scopes": found.scopes.all()}
    form = _form(request, found.period, initial)
    del form.fields["medium"], form.fields["package"]
    context = {"form": form, "entitlement": found, "period": found.period, "contract": found.period.contract}
    if request.method != "POST":
        return render(request, PAGE, context)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    try:
        once.run(lambda: change_rights(found, rights=form.rights, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Gespeichert."))
    return see_other("contract", pk=found.period.contract_id)


@login_required
@require_POST
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """What was entered by mistake."""
    found = get_object_or_404(Entitlement.objects.visible_to(request.user).select_related("period"), pk=pk)
    require(request.user, "licenses.keep", on=found)
    try:
        once.run(lambda: withdraw(found, by=request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Das Nutzungsrecht ist gelöscht."))
    return see_other("contract", pk=found.period.contract_id)


def _form(request: MemberRequest, period: Period, initial: dict[str, Any]) -> EntitlementForm:
    media = Medium.objects.visible_to(request.user).filter(center=period.center_id)
    return EntitlementForm(period.center_id, media, sent(request), initial=initial)
