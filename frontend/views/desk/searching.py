"""Suchliste: what somebody says is back, and what nobody has found yet."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from frontend.paging import shown_page
from frontend.requests import MemberRequest
from lending.models import Loan
from people.permissions import require


@login_required
@require_safe
def searched(request: MemberRequest) -> HttpResponse:
    """The longest searched first."""
    require(request.user, "desk.see")
    rows = Loan.objects.visible_to(request.user).searched().order_by("said_back_at", "pk")
    shown = shown_page(request, rows.select_related("item__product", "item__location", "institution"))
    return render(request, "frontend/desk/searched.html", {"shown": shown})


urlpatterns = [path("suchliste/", searched, name="loans_searched")]
