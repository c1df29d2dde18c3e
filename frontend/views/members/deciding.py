"""The coordinator's and the desk's list of those who wait, and the answer to one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other, way_back
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from people import memberships, once
from people.models import Membership
from people.permissions import may, require


def membership_of(request: MemberRequest, pk: int) -> Membership:
    """A membership that has not ended. Raises Http404 for what somebody may not see."""
    visible = Membership.objects.visible_to(request.user).filter(ended_at__isnull=True)
    return get_object_or_404(visible.select_related("user", "institution", "center"), pk=pk)


@login_required
@require_safe
def waiting(request: MemberRequest) -> HttpResponse:
    require(request.user, "members.activate")
    rows = Membership.objects.visible_to(request.user).waiting().select_related("user", "institution__center")
    asking = [row for row in rows.order_by("requested_at") if may(request.user, "members.activate", on=row)]
    return render(request, "frontend/members/waiting.html", {"shown": shown_page(request, asking, size=30)})


@login_required
@require_POST
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    membership = membership_of(request, pk)
    require(request.user, "members.activate", on=membership)
    once.run(lambda: memberships.activate(membership, by=request.user))
    messages.success(request, _("{name} ist freigeschaltet.").format(name=membership.user))
    return _back(request)


@login_required
@require_POST
def decline(request: MemberRequest, pk: int) -> HttpResponse:
    membership = membership_of(request, pk)
    require(request.user, "members.activate", on=membership)
    once.run(lambda: memberships.reject(membership, by=request.user))
    messages.success(request, _("{name} bekommt eine Absage.").format(name=membership.user))
    return _back(request)


def _back(request: MemberRequest) -> HttpResponseRedirect:
    """To the page whose button was pressed: the school's, the institution's, or the list."""
    return see_other(way_back(request, "members_waiting"))
