"""Yes, no, packed: what staff decide about a reservation."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.answers import see_other, way_back
from frontend.requests import MemberRequest
from lending.models import Reservation, State
from lending.reservations import approve, make_ready, reject
from people.once import run
from people.permissions import require


@login_required
@require_POST
def reservation_approve(request: MemberRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, lambda wanted: approve(wanted, by=request.user), _("{number} ist bestätigt."))


@login_required
@require_POST
def reservation_reject(request: MemberRequest, pk: int) -> HttpResponse:
    """Without ``lets_go`` only what was changed is rejected, and what was promised before holds again."""
    reason, lets_go = request.POST.get("reason", "").strip()[:200], "lets_go" in request.POST
    return _decide(request, pk, lambda wanted: reject(wanted, reason=reason, lets_go=lets_go, by=request.user), "")


@login_required
@require_POST
def reservation_ready(request: MemberRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, lambda wanted: make_ready(wanted, by=request.user), _("{number} ist abholbereit."))


def _decide(request: MemberRequest, pk: int, verb: Callable[[Reservation], Reservation], words: str) -> HttpResponse:
    wanted = get_object_or_404(Reservation.objects.visible_to(request.user), pk=pk)
    require(request.user, "lending.approve", on=wanted)
    decided = run(lambda: verb(wanted))
    messages.success(request, (words or _rejected(decided)).format(number=decided.number))
    return see_other(way_back(request, "today"))


def _rejected(decided: Reservation) -> str:
    if decided.state == State.APPROVED:
        return _("Die Änderung von {number} ist abgelehnt. Es gilt wieder, was vorher zugesagt war.")
    return _("{number} ist abgelehnt.")


urlpatterns = [
    path("<int:pk>/bestaetigen/", reservation_approve, name="reservation_approve"),
    path("<int:pk>/ablehnen/", reservation_reject, name="reservation_reject"),
    path("<int:pk>/abholbereit/", reservation_ready, name="reservation_ready"),
]
