"""Lists of reservations."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from frontend.context import own_center
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.states import standing, with_loans
from lending.models import Loan, Reservation, State
from lending.models.reservation import OPEN, ReservationQuerySet
from people.permissions import require

IS_OUT = Exists(Loan.objects.open().filter(allocation__line__reservation=OuterRef("pk")))
WAS_OUT = Exists(Loan.objects.filter(allocation__line__reservation=OuterRef("pk")))
IS_CURRENT = IS_OUT | (Q(state__in=OPEN) & ~WAS_OUT)

#: The desk's tabs: what waits for a decision comes first.
TABS: dict[str, tuple[Promise, Any]] = {
    "requests": (_("Anfragen"), Q(state__in=[State.REQUESTED, State.SUBMITTED])),
    "approved": (_("Bestätigt"), Q(state=State.APPROVED) & ~WAS_OUT),
    "ready": (_("Abholbereit"), Q(state=State.READY) & ~WAS_OUT),
    "out": (_("Ausgeliehen"), IS_OUT),
    "past": (_("Vergangen"), ~IS_CURRENT),
}


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """What somebody is responsible for, or booked."""
    own = Reservation.objects.visible_to(request.user).filter(
        Q(responsible=request.user) | Q(booked_by=request.user, responsible=None)
    )
    is_past = request.GET.get("show") == "past"
    rows = own.exclude(IS_CURRENT).order_by("-starts_at") if is_past else own.filter(IS_CURRENT)
    context = {"is_past": is_past, **_shown(request, rows)}
    return render(request, "frontend/reservations/mine.html", context)


@login_required
@require_safe
def of_center(request: MemberRequest) -> HttpResponse:
    """The centre's reservations, for its staff."""
    center = own_center(request)
    require(request.user, "lending.see", on=center)
    visible = Reservation.objects.visible_to(request.user).filter(center=center)
    counted = visible.aggregate(**{name: Count("pk", filter=condition) for name, (_label, condition) in TABS.items()})
    tab = request.GET.get("show", "")
    tab = tab if tab in TABS else next((name for name in TABS if counted[name]), "requests")
    rows = visible.filter(TABS[tab][1]).order_by("-starts_at" if tab == "past" else "starts_at", "pk")
    tabs = [(name, label, counted[name]) for name, (label, _condition) in TABS.items()]
    return render(request, "frontend/reservations/of_center.html", {"tabs": tabs, "tab": tab, **_shown(request, rows)})


def _shown(request: MemberRequest, rows: ReservationQuerySet) -> dict[str, object]:
    now = timezone.now()
    shown = shown_page(request, with_loans(rows))
    return {"shown": shown, "rows": [(row, standing(row, now)) for row in shown]}
