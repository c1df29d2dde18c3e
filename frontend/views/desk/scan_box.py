"""Theke: one box for whatever is scanned. What it is decides what happens."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontend.acting import act_once
from frontend.requests import MemberRequest
from frontend.views.desk.answers import Answer, answered, go, go_to, of_refusal
from inventory.models import Item
from lending.handovers import open_handover
from lending.models import Allocation, AllocationKind, Handover, Loan, Reservation
from lending.models.reservation import HOLDING
from lending.returns import take_back
from lending.scanning import Found, Kind, resolve
from people.models import Institution
from people.permissions import require


@login_required
@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    require(request.user, "desk.see")
    return render(request, "frontend/desk/desk.html", {**work(request), "key": uuid.uuid4()})


@login_required
@require_POST
def scan(request: MemberRequest) -> HttpResponse:
    """One scan without an open slip: a loan comes back, a reservation or an institution begins a slip."""
    require(request.user, "desk.see")
    code = request.POST.get("code", "")
    return act_once(
        request,
        lambda: _respond(request, resolve(code, user=request.user), code),
        refuse=lambda refusal: _told(request, of_refusal(refusal, code)),
    )


def work(request: MemberRequest) -> dict[str, Any]:
    """What lies on the desk: open slips, and what came back and nobody has looked into."""
    unchecked = Loan.objects.visible_to(request.user).unchecked().order_by("-returned_at")
    return {
        "slips": Handover.objects.visible_to(request.user).open().select_related("institution"),
        "unchecked": unchecked.select_related("item__product", "institution")[:20],
    }


def _respond(request: MemberRequest, found: Found, code: str) -> HttpResponse:
    match found.object:
        case Item() as item:
            return _take_or_tell(request, item, code)
        case Reservation() as reservation:
            return begin(request, reservation)
        case Handover() as handover:
            return go_to(request, "handover", handover.pk)
        case Institution() as institution:
            return go(request, f"{resolve_url('handover_new')}?institution={institution.pk}")
    if found.kind == Kind.PERSON:
        return _told(request, Answer(_("Ein Ausweis. Bitte die Einrichtung wählen."), "info"))
    return _told(request, Answer(str(found.sentence), "danger", code=code))


def begin(request: MemberRequest, reservation: Reservation) -> HttpResponse:
    """Open the slip of a reservation, or go to the one that is open."""
    require(request.user, "lending.hand_over", on=reservation)
    if reservation.state not in HOLDING:
        words = _("{number}: {state}").format(number=reservation.number, state=reservation.get_state_display())
        return _told(request, Answer(words, "warning"))
    return go_to(
        request, "handover", open_handover(reservation.institution, reservation=reservation, by=request.user).pk
    )


def _take_or_tell(request: MemberRequest, item: Item, code: str) -> HttpResponse:
    require(request.user, "lending.take_back", on=item)
    if Loan.objects.open().filter(item=item).exists():
        loan = take_back(item, by=request.user)
        return _told(request, Answer(_("Zurück. Vollständig?"), detail=rest_of(loan), loan=loan))
    plan = _next_plan(item).first()
    if plan is None or plan.line is None:
        return _told(request, Answer(_("Nicht ausgeliehen."), "info", detail=str(item.product), code=code))
    reservation = plan.line.reservation
    words = _("Vorgesehen für {institution}.").format(institution=reservation.institution)
    return _told(request, Answer(words, "info", detail=reservation.number, code=reservation.number))


def _next_plan(item: Item) -> "QuerySet[Allocation]":
    plans = Allocation.objects.holding().filter(item=item, kind=AllocationKind.PLAN).order_by("blocked")
    return plans.select_related("line__reservation__institution")


def rest_of(loan: Loan) -> str:
    """What the institution still has of the same slip, or that everything is back."""
    rest = [str(other.item) for other in loan.handover.loans.open().select_related("item__product")]
    rest += [str(extra) for extra in loan.handover.extras.filter(returned_at=None)]
    if not rest:
        return _("Alles zurück. Danke – von Leihschein {number} ist nichts mehr offen.").format(
            number=loan.handover.number
        )
    return _("Noch offen von {number}: {things}.").format(number=loan.handover.number, things=", ".join(rest))


def _told(request: MemberRequest, answer: Answer) -> HttpResponse:
    return answered(request, answer, "frontend/desk/_work.html", work(request), "desk")


urlpatterns = [
    path("", desk, name="desk"),
    path("scan/", scan, name="desk_scan"),
]
