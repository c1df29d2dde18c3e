"""Gefährdet: what was promised and cannot be kept as things stand, and what helps, one click each. For staff only."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.context import own_center
from frontend.requests import MemberRequest
from frontend.templatetags.german import day
from lending.at_risk import AtRisk, Proposal, at_risk, help_out, prepare_letter, proposals
from lending.models import Line, Reservation
from lending.models.reservation import LineQuerySet
from lending.refusals import NoLongerPlanned
from people import once
from people.permissions import require


@dataclass(frozen=True)
class Way:
    """A proposal and the words of its button."""

    proposal: Proposal
    label: str


@login_required
@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    require(request.user, "lending.approve")
    now = timezone.now()
    risks = at_risk(_lines(request), now)
    rows = [(risk, [Way(it, _label(it)) for it in proposals(risk, now)]) for risk in risks]
    return render(request, "frontend/desk/at_risk.html", {"rows": rows})


@login_required
@require_POST
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """The proposal is worked out once more: what is not offered any more cannot be taken."""
    risk = _risk(request, pk)
    wanted = request.POST.get("proposal", "")
    found = next((it for it in proposals(risk, timezone.now()) if it.key == wanted), None)
    if found is None:
        raise NoLongerPlanned
    once.run(lambda: help_out(risk.line, found, by=request.user))
    messages.success(request, _now("{number} ist geändert.").format(number=risk.line.reservation.number))
    return see_other("at_risk")


@login_required
@require_POST
def tell(request: MemberRequest, pk: int) -> HttpResponse:
    risk = _risk(request, pk)
    later = next((it.starts_at for it in proposals(risk, timezone.now()) if it.kind == "later"), None)
    once.run(lambda: prepare_letter(risk.line, by=request.user, next_on=later))
    messages.success(request, _now("Der Brief liegt zur Freigabe bereit."))
    return see_other("letters")


def _lines(request: MemberRequest) -> LineQuerySet:
    seen = Reservation.objects.visible_to(request.user).filter(center=own_center(request))
    return Line.objects.filter(reservation__in=seen)


def _risk(request: MemberRequest, pk: int) -> AtRisk:
    """Raises Http404 for lines of others, NoLongerPlanned for one that has healed."""
    line = get_object_or_404(_lines(request).select_related("reservation"), pk=pk)
    require(request.user, "lending.approve", on=line.reservation)
    risks = at_risk(_lines(request).filter(pk=line.pk), timezone.now())
    if not risks:
        raise NoLongerPlanned
    return risks[0]


def _label(proposal: Proposal) -> str:
    if proposal.kind == "later" and proposal.starts_at and proposal.ends_at:
        return _now("{start} bis {end}").format(start=day(proposal.starts_at), end=day(proposal.ends_at))
    if proposal.kind == "fewer" and proposal.quantity:
        fewer = ngettext("nur {quantity} Gerät", "nur {quantity} Geräte", proposal.quantity)
        return fewer.format(quantity=proposal.quantity)
    return str(WORDS[proposal.kind]).format(name=proposal.name, quantity=proposal.quantity)


WORDS: dict[str, Promise] = {"swap": _("Tauschen: {name}"), "similar": _("Stattdessen: {quantity} × {name}")}

urlpatterns = [
    path("", listing, name="at_risk"),
    path("<int:pk>/helfen/", accept, name="at_risk_help"),
    path("<int:pk>/schreiben/", tell, name="at_risk_tell"),
]
