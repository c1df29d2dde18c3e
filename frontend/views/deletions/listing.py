"""What is asked of whom: the centre's list, and all titles of one request."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.context import own_center
from frontend.paging import shown_page
from frontend.reading import row_id
from frontend.requests import MemberRequest
from frontend.views.deletions.titles import titles_of
from licenses.models import Contract, Deletion, DeletionTitle
from licenses.models.deletion import DeletionQuerySet
from people.models import Center
from people.permissions import may, require

NAMED = 3
"""Titles that a row names."""


@login_required
@require_safe
def deletions(request: MemberRequest) -> HttpResponse:
    """Those still open, the oldest first; or the confirmed ones, the latest first."""
    require(request.user, "licenses.see")
    center = own_center(request)
    seen = Deletion.objects.visible_to(request.user).filter(center=center)
    is_confirmed = request.GET.get("show") == "confirmed"
    chosen = _chosen(request, center)
    found = _about(seen.confirmed() if is_confirmed else seen.open(), chosen)
    order = ("-confirmed_at", "-pk") if is_confirmed else (F("asked_on").asc(nulls_last=True), "month_on", "pk")
    context = {
        "shown": shown_page(request, with_titles(found).order_by(*order)),
        "is_confirmed": is_confirmed,
        "open": _about(seen.open(), chosen).count(),
        "contracts": Contract.objects.filter(Exists(_asked(center).filter(contract=OuterRef("pk")))),
        "chosen": chosen,
        "today": timezone.localdate(),
        "may_confirm": may(request.user, "licenses.confirm_deletion", on=center),
    }
    return render(request, "frontend/deletions/deletions.html", context)


@login_required
@require_safe
def deletion(request: MemberRequest, pk: int) -> HttpResponse:
    """One request with all its titles; for the school and for the centre."""
    seen = Deletion.objects.visible_to(request.user).select_related("institution", "center", "confirmed_by")
    found = get_object_or_404(seen, pk=pk)
    context = {
        **titles_of(request, found),
        "is_staff": may(request.user, "licenses.see", on=found),
        "may_confirm": may(request.user, "licenses.confirm_deletion", on=found),
        "may_remind": may(request.user, "letters.send", on=found),
        "today": timezone.localdate(),
    }
    return render(request, "frontend/deletions/deletion.html", context)


def with_titles(rows: DeletionQuerySet) -> DeletionQuerySet:
    """With how many titles there are, the first of them, and the last that a page shows."""
    first = DeletionTitle.objects.select_related("medium").order_by("medium__sort_title", "pk")[:NAMED]
    rows = rows.select_related("institution", "confirmed_by").annotate(count=Count("titles"), last=Max("titles"))
    return rows.prefetch_related(Prefetch("titles", first, to_attr="first"))


def _chosen(request: HttpRequest, center: Center) -> Contract | None:
    pk = row_id(request.GET.get("contract", ""))
    return Contract.objects.filter(center=center, pk=pk).first() if pk else None


def _about(rows: DeletionQuerySet, contract: Contract | None) -> DeletionQuerySet:
    if contract is None:
        return rows
    return rows.filter(Exists(DeletionTitle.objects.filter(deletion=OuterRef("pk"), contract=contract)))


def _asked(center: Center) -> Any:
    return DeletionTitle.objects.filter(center=center)
