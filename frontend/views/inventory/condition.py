"""Taking a thing out of service and giving it back; settling what was reported."""

from datetime import time

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.answers import see_other
from frontend.context import center_of
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.forms import OutageForm
from inventory.models import Item
from leihwerk.errors import DomainError
from lending import due_dates, findings, outages
from lending.models import Finding, Outage
from people import once
from people.permissions import may, require

PAGE = "frontend/inventory/item_take_out.html"
ROWS = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: MemberRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).select_related("product"), pk=pk)
    require(request.user, "lending.take_out_of_service", on=item)
    form = OutageForm(sent(request))
    context = {"item": item, "form": form}
    if request.method != "POST":
        return render(request, PAGE, context)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    said = form.cleaned_data
    until = due_dates.at(said["expected_end_on"], time(8)) if said["expected_end_on"] else None
    try:
        once.run(
            lambda: outages.take_out_of_service(
                item, reason=said["reason"], expected_end_at=until, note=said["note"], by=request.user
            )
        )
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Gesperrt. Wem es zugesagt war, der bekommt ein anderes oder steht unter „Heute“."))
    return see_other("item", pk=item.pk)


@login_required
@require_POST
def give_back(request: MemberRequest, pk: int) -> HttpResponse:
    outage = get_object_or_404(Outage.objects.visible_to(request.user).select_related("item"), pk=pk)
    require(request.user, "lending.take_out_of_service", on=outage)
    once.run(lambda: outages.return_to_service(outage, by=request.user))
    messages.success(request, _("Wieder verleihbar."))
    return see_other("item", pk=outage.item_id)


@login_required
@require_safe
def problems(request: MemberRequest) -> HttpResponse:
    """Everything that somebody found wrong or reported and nobody settled yet, newest first."""
    center = center_of(request)
    require(request.user, "items.see", on=center)
    rows = Finding.objects.visible_to(request.user).filter(center=center).open()
    shown = shown_page(request, rows.select_related("item__product", "part", "loan__institution"), ROWS)
    context = {"shown": shown, "may_find": may(request.user, "lending.find", on=center)}
    return render(request, "frontend/inventory/findings.html", context)


@login_required
@require_POST
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """A missing part that turned up is counted in again; anything else is just settled."""
    finding = get_object_or_404(Finding.objects.visible_to(request.user).select_related("item", "part"), pk=pk)
    require(request.user, "lending.find", on=finding)
    once.run(lambda: (findings.bring_later if finding.part else findings.resolve)(finding, by=request.user))
    messages.success(request, _("Erledigt."))
    return see_other("findings") if "list" in request.POST else see_other("item", pk=finding.item_id)
