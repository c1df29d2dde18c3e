"""One contract: written down, all about it, and how it goes on."""

from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other, way_back
from frontend.context import own_center
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest, sent
from frontend.views.licenses.forms import ContractForm, PeriodForm
from leihwerk.errors import DomainError
from licenses import contracts, providers, renewals
from licenses.coverage import coverages
from licenses.deadlines import standing
from licenses.models import Contract, Entitlement, Key, Period, Provider, Renewal
from people import once
from people.models import Center
from people.permissions import may, require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """Write down a contract, or describe it anew."""
    contract = get_object_or_404(Contract.objects.visible_to(request.user), pk=pk) if pk else None
    center = contract.center if contract else own_center(request)
    require(request.user, "licenses.keep", on=center)
    sellers = Provider.objects.visible_to(request.user).filter(center=center)
    named = ContractForm.base_fields.keys() - {"new_provider"}
    initial = {name: getattr(contract, name) for name in named} if contract else {}
    form = ContractForm(sellers, sent(request), initial=initial)
    context = {"form": form, "contract": contract}
    page = "frontend/licenses/contract_edit.html"
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=422)
    try:
        kept = once.run(lambda: _write(request, center, contract, form.cleaned_data))
    except DomainError as refusal:
        return refused(request, refusal, page, context)
    messages.success(request, _("Gespeichert."))
    return see_other("contract", pk=kept.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: MemberRequest, pk: int) -> HttpResponse:
    """All about one contract; the form begins a further period."""
    found = get_object_or_404(Contract.objects.visible_to(request.user).select_related("provider"), pk=pk)
    require(request.user, "licenses.keep" if request.method == "POST" else "licenses.see", on=found)
    form = PeriodForm(sent(request))
    if request.method != "POST":
        return render(request, PAGE, _all_about(request, found, form))
    if not form.is_valid():
        return render(request, PAGE, _all_about(request, found, form), status=422)
    said = form.cleaned_data
    days = {"starts_on": said["starts_on"], "ends_on": said["ends_on"]}
    try:
        once.run(lambda: contracts.begin(found, **days, cost=said["cost"] or Decimal(0), by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, _all_about(request, found, form))
    messages.success(request, _("Die Laufzeit ist angelegt."))
    return see_other("contract", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    """The days and the cost of a period, where they were written down wrongly."""
    seen = Period.objects.visible_to(request.user).select_related("contract")
    period = get_object_or_404(seen, pk=pk)
    require(request.user, "licenses.keep", on=period)
    initial = {name: getattr(period, name) for name in PeriodForm.base_fields}
    form = PeriodForm(sent(request), initial=initial)
    page, context = "frontend/licenses/period_edit.html", {"form": form, "contract": period.contract}
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=422)
    said = {**form.cleaned_data, "cost": form.cleaned_data["cost"] or Decimal(0)}
    try:
        once.run(lambda: contracts.change_period(period, **said, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, page, context)
    messages.success(request, _("Gespeichert."))
    return see_other("contract", pk=period.contract_id)


@login_required
@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """How it goes on after a period: renew it, let it end, or think again."""
    period = get_object_or_404(Period.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=period)
    said = request.POST.get("renewal", "")
    if said not in Renewal.values:
        messages.error(request, _("Bitte wählen Sie, wie es weitergehen soll."))
        return see_other("contract", pk=period.contract_id)
    try:
        once.run(lambda: contracts.decide(period, renewal=Renewal(said), by=request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ihre Entscheidung ist vermerkt."))
    return see_other(way_back(request, reverse("contract", args=[period.contract_id])))


@login_required
@require_POST
def renew(request: MemberRequest, pk: int) -> HttpResponse:
    """The next period begins with everything this one permits."""
    period = get_object_or_404(Period.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=period)
    try:
        once.run(lambda: renewals.renew(period, by=request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Die nächste Laufzeit ist angelegt, mit denselben Rechten und Plätzen."))
    return see_other(way_back(request, reverse("contract", args=[period.contract_id])))


PAGE = "frontend/licenses/contract.html"
PERIODS: Final = 5
BESIDE: Final = 8
"""Of what stands beside the periods: amendments, documents, keys."""


@transaction.atomic
def _write(request: MemberRequest, center: Center, contract: Contract | None, said: dict[str, Any]) -> Contract:
    """The contract, and its provider if that is new: both, or neither."""
    facts = {name: value for name, value in said.items() if name != "new_provider"}
    if said["new_provider"]:
        facts["provider"] = providers.add(center, name=said["new_provider"], by=request.user)
    if contract is None:
        return contracts.sign(center, by=request.user, **facts)
    return contracts.edit(contract, by=request.user, **facts)


def _all_about(request: MemberRequest, found: Contract, form: PeriodForm) -> dict[str, Any]:
    """What has been agreed for years fills pages, each kind of thing its own."""
    entitlements = Entitlement.objects.select_related("medium", "package").prefetch_related("scopes")
    rows = found.periods.prefetch_related(Prefetch("entitlements", entitlements)).order_by("-starts_on")
    periods = shown_page(request, rows, PERIODS, name="periods")
    today = timezone.localdate()
    lasting = (it for it in periods if it.ends_on is None or it.ends_on >= today)
    permitted = [entitlement for period in lasting for entitlement in period.entitlements.all()]
    keys = Key.objects.visible_to(request.user).for_contract(found)
    return {
        "contract": found,
        "standing": standing(found, today),
        "periods": periods,
        "covered": list(coverages(permitted).values()),
        "amendments": shown_page(
            request,
            found.amendments.prefetch_related("documents"),
            BESIDE,
            name="amendments",
        ),
        "documents": shown_page(request, found.documents.all(), BESIDE, name="documents"),
        "keys": shown_page(request, keys, BESIDE, name="keys"),
        "form": form,
        "may_keep": may(request.user, "licenses.keep", on=found),
    }
