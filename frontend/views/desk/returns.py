"""Rücknahme, after the scan: what is missing, what came along, what is checked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.requests import MemberRequest
from inventory.fitness import working_parts
from inventory.models import Part
from lending.findings import find_missing
from lending.models import Extra, Loan
from lending.models.handover import Handover
from lending.returns import check, return_extra
from people.once import run
from people.permissions import require


@login_required
@require_POST
def loan_check(request: MemberRequest, pk: int) -> HttpResponse:
    """Counted, charged, reset: it can go out again."""
    loan = _returned(request, pk)
    run(lambda: check(loan, by=request.user))
    messages.success(request, _("Geprüft: {item}.").format(item=loan.item))
    return see_other("desk")


@login_required
@require_http_methods(["GET", "POST"])
def loan_missing(request: MemberRequest, pk: int) -> HttpResponse:
    """The packing list, counted out: how many of each part did not come back."""
    loan = _returned(request, pk)
    parts = working_parts(loan.item)
    if request.method == "GET":
        return render(request, "frontend/desk/missing.html", {"loan": loan, "parts": parts})
    missing = {part: number for part in parts if (number := _number(request, part))}
    note = request.POST.get("note", "").strip()[:500]
    if not missing and not note:
        context = {"loan": loan, "parts": parts, "is_empty": True}
        return render(request, "frontend/desk/missing.html", context, status=422)
    run(lambda: find_missing(loan, missing, note=note, by=request.user))
    messages.success(request, _("Notiert: {item}.").format(item=loan.item))
    return see_other("desk")


@login_required
@require_POST
def extra_return(request: MemberRequest, pk: int) -> HttpResponse:
    slips = Handover.objects.visible_to(request.user)
    extra = get_object_or_404(Extra.objects.select_related("handover"), pk=pk, handover__in=slips)
    require(request.user, "lending.take_back", on=extra.handover)
    run(lambda: return_extra(extra, by=request.user))
    messages.success(request, _("Zurück: {extra}.").format(extra=extra))
    return see_other("handover", extra.handover_id)


def _returned(request: MemberRequest, pk: int) -> Loan:
    loans = Loan.objects.visible_to(request.user).filter(returned_at__isnull=False)
    loan = get_object_or_404(loans.select_related("item__product", "institution", "handover"), pk=pk)
    require(request.user, "lending.take_back", on=loan)
    return loan


def _number(request: MemberRequest, part: Part) -> int:
    """A count from the form, within what belongs in."""
    typed = request.POST.get(f"part_{part.pk}", "").strip()
    return min(int(typed), part.quantity) if typed.isdecimal() and len(typed) < 6 else 0


urlpatterns = [
    path("<int:pk>/geprueft/", loan_check, name="loan_check"),
    path("<int:pk>/fehlt/", loan_missing, name="loan_missing"),
    path("zubehoer/<int:pk>/", extra_return, name="extra_return"),
]
