"""The dates of a repeated reservation."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.states import standing, with_loans
from frontend.views.reserving.missing import remembered
from lending.models import Reservation


@login_required
@require_safe
def series(request: MemberRequest, series: UUID) -> HttpResponse:
    dates = with_loans(Reservation.objects.visible_to(request.user).filter(series=series)).order_by("starts_at", "pk")
    shown = shown_page(request, dates)
    rows = [(row, standing(row, timezone.now())) for row in shown]
    if not rows:
        raise Http404
    context = {"rows": rows, "shown": shown, "missed": remembered(request, series)}
    return render(request, "frontend/reservations/series.html", context)
