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
from lending.models import Reservation
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
    reason = request.POST.get("reason", "").strip()[:200]
    words = _("{number} ist abgelehnt.")
    return _decide(request, pk, lambda wanted: reject(wanted, reason=reason, by=request.user), words)


@login_required
@require_POST
def reservation_ready(request: MemberRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, lambda wanted: make_ready(wanted, by=request.user), _("{number} ist abholbereit."))


def _decide(request: MemberRequest, pk: int, verb: Callable[[Reservation], Reservation], words: str) -> HttpResponse:
    wanted = get_object_or_404(Reservation.objects.visible_to(request.user), pk=pk)
    require(request.user, "lending.approve", on=wanted)
    decided = run(lambda: verb(wanted))
    messages.success(request, words.format(number=decided.number))
    return see_other(way_back(request, "today"))


urlpatterns = [
    path("<int:pk>/bestaetigen/", reservation_approve, name="reservation_approve"),
    path("<int:pk>/ablehnen/", reservation_reject, name="reservation_reject"),
    path("<int:pk>/abholbereit/", reservation_ready, name="reservation_ready"),
]
